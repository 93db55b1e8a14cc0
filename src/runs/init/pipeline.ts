import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { asVariable } from "../../app/consumer.ts";
import { placeOf } from "../../app/place.ts";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { packageFile } from "../../packageFile.ts";
import type { PipelineSecret } from "../../results/initialized.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import { fillTemplate } from "./fillTemplate.ts";
import { type PipelineSystem, type StepSecret, type System, systems } from "./pipelineSystems.ts";
import { isPublished, packedFile, pluginFor } from "./pluginSource.ts";

const messages = messagesOf("connectedapp.init");

/** What the programs of stores log in with. `az` is logged in by the task that runs the step. */
const logins = {
  gh: [{ variable: "GH_TOKEN", secret: "CPQ_SECRETS_TOKEN" }],
  glab: [{ variable: "GITLAB_TOKEN", secret: "CPQ_SECRETS_TOKEN" }],
  aws: [sameName("AWS_ACCESS_KEY_ID"), sameName("AWS_SECRET_ACCESS_KEY"), sameName("AWS_REGION")],
  vault: [sameName("VAULT_ADDR"), sameName("VAULT_TOKEN")],
  op: [sameName("OP_SERVICE_ACCOUNT_TOKEN")],
} as const satisfies Readonly<Record<string, readonly StepSecret[]>>;
type LoginVariable = (typeof logins)[keyof typeof logins][number]["variable"];

/** The same by the name of any program. */
const loginsOfPrograms: Readonly<Record<string, readonly StepSecret[]>> = logins;

/** The programs that are installed by a template, or whose steps differ. */
const factsOfPrograms: Readonly<Record<string, string>> = {
  gh: "github",
  glab: "gitlab",
  az: "azure",
  aws: "aws",
  vault: "vault",
};

function sameName<Name extends string>(name: Name): { variable: Name; secret: Name } {
  return { variable: name, secret: name };
}

/** One spec in the two environments of a pipeline. */
export interface SpecOfPipeline {
  from: LoadedSpec;
  to: LoadedSpec;
}

/** A pipeline that fits its specs. */
export interface Pipeline {
  files: [file: string, text: string][];
  /** The secrets that a person creates for it. */
  secrets: PipelineSecret[];
  /** What a person sets up besides, and who sets the pairs. */
  notes: string[];
}

/**
 * The pipeline of a system for some specs: names of environments and orgs, kinds, and the secrets of each step come from
 * the specs themselves.
 *
 * @param folder of the specs
 */
export function pipelineFor(
  name: PipelineSystem,
  specs: readonly SpecOfPipeline[],
  { from, to, folder }: { from: string; to: string; folder: string },
): Pipeline {
  const system: System = systems[name];
  const all = specs.flatMap((spec) => [spec.from, spec.to]);
  const store = unique(all.flatMap(programsOf).flatMap((program) => loginsOfPrograms[program] ?? []));
  const secrets: Readonly<Record<string, readonly StepSecret[]>> = {
    "from.login": [sameName(`SFDX_AUTH_URL_${asVariable(from)}`)],
    "to.login": [sameName(`SFDX_AUTH_URL_${asVariable(to)}`)],
    receipt: [sameName("CPQ_RECEIPT_KEY")],
    store,
    "store.read": unique(
      all
        .filter(isReadable)
        .flatMap(programsOf)
        .flatMap((program) => loginsOfPrograms[program] ?? []),
    ),
    "from.pair": unique(specs.flatMap((spec) => pairOf(spec.from))),
    "to.pair": unique(specs.flatMap((spec) => pairOf(spec.to))),
  };
  const hasExternal = all.some(({ app }) => app.kind === "ExternalClientApp");
  const programs = all.flatMap(programsOf).flatMap((program) => factsOfPrograms[program] ?? []);
  const isAzure = programs.includes("azure");
  const used = new Set<string>();
  const isOwn = all.every((spec) => isSetBy(system, spec));
  const filling = {
    values: {
      from,
      to,
      FROM: asVariable(from),
      TO: asVariable(to),
      fromOrg: orgOf(specs.map((spec) => spec.from)),
      toOrg: orgOf(specs.map((spec) => spec.to)),
      specs: folder,
      plugin: pluginFor(name),
      packed: basename(packedFile(name)),
      access: hasExternal ? " --enable-credential-access" : "",
      task: isAzure ? "AzureCLI@2" : "Bash@3",
      script: isAzure ? "inlineScript" : "script",
    },
    facts: new Set([
      ...programs,
      isPublished ? "published" : "packed",
      isAzure ? "azure" : "bash",
      hasExternal ? "ExternalClientApp" : "ConnectedAppsOnly",
    ]),
    env: (words: readonly string[]) => {
      for (const word of words) if (!(word.endsWith(".pair") && isOwn)) used.add(word);
      return system.env(unique(words.flatMap((word) => secrets[word] ?? [])));
    },
  };
  const files = Object.entries(system.files).map(([file, template]): [string, string] => {
    const text = readFileSync(packageFile(`templates/ci/${template}`), "utf8");
    return [file, fillTemplate(text, filling)];
  });
  const words = Object.keys(secrets).filter((word) => used.has(word));
  const orgs = { from: [from, filling.values.fromOrg], to: [to, filling.values.toOrg] } as const;
  const asked = words.flatMap((word) =>
    (secrets[word] ?? []).map((secret) => secretOf(name, word, secret, orgs)),
  );
  const isSetByPerson = words.some((word) => word.endsWith(".pair") && secrets[word]?.length !== 0);
  return {
    files,
    secrets: [...new Map(asked.map((secret) => [secret.name, secret])).values()],
    notes: [
      messages.getMessage(`also.${name}`, [to]),
      ...(isPublished ? [] : [messages.getMessage("packed", [packedFile(name)])]),
      ...(isSetByPerson || name === "kubernetes" ? [] : [messages.getMessage("pairsOfPipeline")]),
    ],
  };
}

/** A secret of the pipeline, in words. */
function secretOf(
  name: PipelineSystem,
  word: string,
  { variable, secret }: StepSecret,
  orgs: Readonly<Record<"from" | "to", readonly [environment: string, org: string]>>,
): PipelineSecret {
  const what = () => {
    if (word === "from.login" || word === "to.login")
      return messages.getMessage("secret.login", orgs[word === "to.login" ? "to" : "from"]);
    if (word === "receipt") return messages.getMessage("secret.receipt");
    return isOfProgram(variable)
      ? messages.getMessage(`secret.${variable}`)
      : messages.getMessage("secret.pair", [variable]);
  };
  // Pull requests need this one for their plan, and get no secrets of an environment.
  const isOfRepository = name === "github" && word === "from.login";
  const place = messages.getMessage(isOfRepository ? "place.github.repository" : `place.${name}`);
  return { name: systems[name].nameOf(secret), what: what(), place };
}

function isOfProgram(variable: string): variable is LoginVariable {
  return Object.values(logins).some((some) => some.some((login) => login.variable === variable));
}

/** Whether a spec's store writes the pair into the secrets of this system: then nobody else does. */
function isSetBy(system: System, spec: LoadedSpec): boolean {
  return system.writer !== undefined && programsOf(spec).includes(system.writer);
}

/** @throws SfError `OrgUnsaidError` or `SeveralOrgsError`: a job logs in to one org for each environment */
function orgOf(specs: readonly LoadedSpec[]): string {
  const [org, another] = new Set(
    specs.map((spec) => {
      if (spec.targetOrg !== undefined) return spec.targetOrg;
      throw messages.createError("orgUnsaid", [placeOf(spec.locate("name")), spec.environment ?? ""]);
    }),
  );
  if (another !== undefined)
    throw messages.createError("severalOrgs", [specs[0]?.environment ?? "", org ?? "", another]);
  return shellWord(org ?? "");
}

/** The variables from which a spec takes key and secret. */
function pairOf({ app }: LoadedSpec): StepSecret[] {
  return [app.consumer.key, app.consumer.secret].flatMap((text = "") => {
    const name = /^\$\{env:([A-Za-z_]\w*)\}$/.exec(text)?.[1];
    return name === undefined ? [] : [sameName(name)];
  });
}

function commandsOf({ app }: LoadedSpec) {
  const { store } = app.consumer;
  return typeof store === "object" && "commands" in store ? store.commands : undefined;
}

function programsOf(spec: LoadedSpec): string[] {
  const { store = [], read = [] } = commandsOf(spec) ?? {};
  return [...new Set([...store, ...read].flatMap(({ run }) => run[0] ?? []))];
}

function isReadable(spec: LoadedSpec): boolean {
  return commandsOf(spec)?.read !== undefined;
}

function unique(secrets: readonly StepSecret[]): StepSecret[] {
  return [...new Map(secrets.map((one) => [one.variable, one])).values()];
}
