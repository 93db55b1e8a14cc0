import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { answerText, isPage } from "./answerText.ts";
import { checkOf } from "./checks.ts";
import type { HttpAnswer } from "./http.ts";
import { isMomentary } from "./requestPatiently.ts";

const messages = messagesOf("token");

/** With what a caller proves who it is: an access token of the org, or an admin API key of the vendor. */
export type CpqBearer = "token" | "key";

/**
 * Cheap reads of the admin API. Those under `/a` are for Salesforce tokens, and those under `/api` for the vendor's admin
 * API keys, which some tenants may also serve for tokens.
 *
 * @see the vendor's "Intro to admin API keys"
 */
const paths = {
  rules: { "/a": "/a/Admin/v3/rules?page=0&size=1", "/api": "/api/Admin/v3/rules?page=0&size=1" },
  managedTables: {
    "/a": "/a/managed_tables/v1/managedTables",
    "/api": "/api/managedTables/v1/managedTables",
  },
  blueprints: {
    "/a": "/a/admin/v2/blueprints?page=0&size=1",
    "/api": "/api/admin/v2/blueprints?page=0&size=1",
  },
} as const;
type CpqResource = keyof typeof paths;

const bases = { token: ["/a", "/api"], key: ["/api"] } as const satisfies Record<CpqBearer, unknown>;
/** What is tried if nobody says what is to be read. */
const usual = ["rules", "managedTables"] as const;

/** What is to be read of a tenant. */
export interface CpqProbe {
  /** Base URL of the tenant. */
  url: string;
  /** The spec's own path, for a probe without rights; without it, the known paths are tried. */
  path?: string | undefined;
  /** What the caller must be allowed to read, and what it must not. */
  rights?: Readonly<Partial<Record<CpqResource, "read" | "none">>> | undefined;
}

/** What a path of the admin API answered. */
export interface CpqAnswer {
  url: string;
  /** Known if the probe names what is to be read. */
  resource?: CpqResource;
  answer: HttpAnswer;
}

/**
 * Reads one path after the other until one accepts the caller or the server is in trouble. If the probe names rights, all
 * that it names is read, by the first way that lets the caller in.
 */
export async function readCpq(
  { url, path, rights }: CpqProbe,
  bearer: CpqBearer,
  read: (url: string) => Promise<HttpAnswer>,
): Promise<CpqAnswer[]> {
  const ask = async (candidate: string, resource?: CpqResource): Promise<CpqAnswer> => {
    const address = `${url.replace(/\/+$/, "")}${candidate}`;
    const answer = await read(address);
    return { url: address, ...(resource === undefined ? {} : { resource }), answer };
  };
  if (rights !== undefined) {
    const answers: CpqAnswer[] = [];
    for (const base of bases[bearer]) {
      answers.splice(0);
      for (const resource of Object.keys(rights) as CpqResource[])
        answers.push(await ask(paths[resource][base], resource));
      if (answers.some(({ answer }) => isTaken(answer) || isForbidden(answer) || isMomentary(answer))) break;
    }
    return answers;
  }
  const answers: CpqAnswer[] = [];
  const known = bases[bearer].flatMap((base) => usual.map((resource) => paths[resource][base]));
  for (const candidate of path === undefined ? known : [path]) {
    const one = await ask(candidate);
    answers.push(one);
    if (isTaken(one.answer) || isMomentary(one.answer)) break;
  }
  return answers;
}

/**
 * What the answers say about the caller. HTTP 403 means that the token or key is accepted, but has too few privileges. HTTP
 * 401, a redirect or a page means that it is not accepted: the admin UI sends strangers to its login. All of these are the
 * tenant's own words, and none is of Salesforce.
 */
export function cpqCheck(
  answers: readonly CpqAnswer[],
  bearer: CpqBearer,
  rights?: CpqProbe["rights"],
): Check {
  const id = bearer === "token" ? "cpqApi" : "cpqApiKey";
  const caller = messages.getMessage(`cpqApi.the.${bearer}`);
  const user = messages.getMessage(`cpqApi.user.${bearer}`);
  const list = answers.map(({ url, answer }) => `${url}: ${answerText(answer)}`).join("; ");
  const has = (test: (answer: HttpAnswer) => boolean) => answers.some(({ answer }) => test(answer));
  if (rights !== undefined && answers.every(({ answer }) => isTaken(answer) || isForbidden(answer)))
    return rightsCheck(id, answers, rights, caller, user);
  const taken = rights === undefined && answers.find(({ answer }) => isTaken(answer));
  if (taken) return checkOf(id, "passed", messages.getMessage("cpqApi", [caller, taken.url]));
  const forbidden = rights === undefined && answers.find(({ answer }) => isForbidden(answer));
  if (forbidden) {
    const values = [caller, user, forbidden.url, answerText(forbidden.answer)] as const;
    const actions = messages.getMessages("cpqApi.forbidden.actions", [user]);
    return checkOf(id, "warning", messages.getMessage("cpqApi.forbidden", values), actions);
  }
  if (has(({ status }) => status === 503))
    return checkOf(id, "unverified", messages.getMessage("cpqApi.maintenance", [list]));
  if (has(isMomentary)) return checkOf(id, "unverified", messages.getMessage("cpqApi.trouble", [list]));
  const cause = causeOf(answers);
  const actions = [
    ...messages.getMessages(`cpqApi.${cause}.actions`),
    ...(cause === "refused" ? [messages.getMessage(`cpqApi.refused.${bearer}`)] : []),
  ];
  return checkOf(id, "failed", messages.getMessage(`cpqApi.${cause}`, [caller, list]), actions);
}

/** All that was to be read is compared with what may be read. */
function rightsCheck(
  id: Check["id"],
  answers: readonly CpqAnswer[],
  rights: NonNullable<CpqProbe["rights"]>,
  caller: string,
  user: string,
): Check {
  const named = (wanted: "read" | "none", may: boolean) =>
    answers.flatMap(({ resource, answer }) =>
      resource !== undefined && rights[resource] === wanted && isTaken(answer) === may
        ? [messages.getMessage(`cpqApi.resource.${resource}`)]
        : [],
    );
  const [lacks, exceeds] = [named("read", false), named("none", true)];
  const findings = [
    ...(lacks.length === 0 ? [] : [messages.getMessage("cpqApi.lacks", [user, lacks.join(", ")])]),
    ...(exceeds.length === 0 ? [] : [messages.getMessage("cpqApi.exceeds", [user, exceeds.join(", ")])]),
  ];
  if (findings.length === 0) {
    const may = named("read", true).join(", ") || messages.getMessage("cpqApi.nothing");
    return checkOf(id, "passed", messages.getMessage("cpqApi.rights", [caller, may]));
  }
  return checkOf(id, "failed", findings.join(" "), messages.getMessages("cpqApi.forbidden.actions", [user]));
}

/** Why the caller was not let in: refused in words, sent to a login, shown a page, or nothing was there. */
function causeOf(answers: readonly CpqAnswer[]): "refused" | "redirected" | "page" | "missing" {
  const has = (test: (answer: HttpAnswer) => boolean) => answers.some(({ answer }) => test(answer));
  if (has(({ status, ...answer }) => status === 401 && !isPage({ status, ...answer }))) return "refused";
  if (has(({ headers }) => headers.get("location") !== null)) return "redirected";
  if (has(isPage)) return "page";
  return has(({ status }) => status === 404) ? "missing" : "refused";
}

function isTaken({ status, json }: HttpAnswer): boolean {
  return status === 200 && json !== undefined;
}

function isForbidden(answer: HttpAnswer): boolean {
  return answer.status === 403 && !isPage(answer);
}
