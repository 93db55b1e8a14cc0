import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Org } from "../../src/localorg/org.ts";
import type { CommandResult } from "./commandLine.ts";

/** Looks for the secrets of orgs in all that commands print and write. */
export interface LeakSearch {
  /** Takes in what a command printed, and the secrets that the orgs hold by now. */
  seen(args: readonly string[], result: CommandResult): void;
  /** Each place at which a secret or a token stands, without the secret itself. */
  leaks(): string[];
  /** How many secrets were searched for, and in how many outputs and files. */
  counts(): { secrets: number; outputs: number; files: number };
}

/** A JWT of three parts, wherever it comes from. */
const jwt = /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/;

/** Where the Salesforce CLI and the plugin keep logins and pairs, which is their purpose. */
const keepers = /^\.(sf|sfdx|cache)[\\/](?!.*\.log$)/;

/** Commands whose own purpose is to print a secret or a token, and that were asked for it by name. */
function printsSecrets(args: readonly string[]): boolean {
  const [, , command, sub] = args;
  return (
    args.includes("--show-secret") || command === "token" || (command === "credentials" && sub === "export")
  );
}

/**
 * @param home the user's folder, in which files are searched too
 * @param written names of the files in it that the test wrote itself
 */
export function leakSearch(orgs: readonly Org[], home: string, written: ReadonlySet<string>): LeakSearch {
  const secrets = new Set<string>();
  const outputs: { title: string; text: string }[] = [];
  let files = 0;
  const collect = () => {
    for (const org of orgs) for (const secret of secretsOf(org)) secrets.add(secret);
  };
  const findings = (title: string, text: string) => {
    const found = [...secrets].some((secret) => formsOf(secret).some((form) => text.includes(form)));
    return found || jwt.test(text) || isSplit(text, secrets) ? [title] : [];
  };
  return {
    seen(args, { stdout, stderr }) {
      collect();
      const title = args.join(" ");
      if (!printsSecrets(args)) outputs.push({ title: `output of ${title}`, text: stdout });
      outputs.push({ title: `errors of ${title}`, text: stderr });
    },
    leaks() {
      collect();
      const names = filesBelow(home).filter((name) => !keepers.test(name) && !written.has(name));
      files = names.length;
      return [
        ...outputs.flatMap(({ title, text }) => findings(title, text)),
        ...names.flatMap((name) => findings(`file ${name}`, readFileSync(join(home, name), "utf8"))),
      ];
    },
    counts: () => ({ secrets: secrets.size, outputs: outputs.length, files }),
  };
}

const knownForms = new Map<string, string[]>();

/** A secret as it may stand in a text: plain, as in an address, in hexadecimal, and within anything in base64. */
function formsOf(secret: string): string[] {
  const known = knownForms.get(secret);
  if (known !== undefined) return known;
  const base64 = [0, 1, 2].map((before) => {
    // What stands before and after it shares the characters at both ends.
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString("base64");
    return text.slice(
      before === 0 ? 0 : before + 1,
      text.includes("=") ? text.indexOf("=") - 1 : text.length,
    );
  });
  const urlSafe = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const hexadecimal = Buffer.from(secret).toString("hex");
  const forms = [...new Set([secret, encodeURIComponent(secret), hexadecimal, ...base64, ...urlSafe])];
  knownForms.set(secret, forms);
  return forms;
}

/** Whether a secret stands in a text over several lines, as wrapped tables and logs have it. */
function isSplit(text: string, secrets: ReadonlySet<string>): boolean {
  const joined = text.replace(/\s+/g, "");
  return [...secrets].some((secret) => joined.includes(secret.replace(/\s+/g, "")));
}

function secretsOf({ connectedApps, components, sessions }: Org): string[] {
  const consumers = [...components.values()].flatMap((byName) =>
    [...byName.values()].flatMap(({ consumer }) => consumer ?? []),
  );
  const staged = consumers.flatMap((consumer) => consumer.staged ?? []);
  const pairs = [...connectedApps.values(), ...consumers, ...staged];
  return [...pairs.map(({ consumerSecret }) => consumerSecret), ...sessions.keys()];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
