import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { answerText, isPage } from "./answerText.ts";
import { checkOf } from "./checks.ts";
import type { HttpAnswer } from "./http.ts";
import { isMomentary } from "./requestPatiently.ts";

const messages = messagesOf("token");

/**
 * Cheap reads of the admin API, in the order in which they are tried: those under `/a` are for Salesforce tokens, and
 * those under `/api` for the vendor's admin API keys, which some tenants may also serve for tokens.
 *
 * @see the vendor's "Intro to admin API keys"
 */
const knownPaths = [
  "/a/Admin/v3/rules?page=0&size=1",
  "/a/managed_tables/v1/managedTables",
  "/api/Admin/v3/rules?page=0&size=1",
  "/api/managedTables/v1/managedTables",
];

/** What a path of the admin API answered. */
export interface CpqAnswer {
  url: string;
  answer: HttpAnswer;
}

/** Reads one path after the other until one accepts the token or the server is in trouble. */
export async function readCpq(
  cpqUrl: string,
  path: string | undefined,
  read: (url: string) => Promise<HttpAnswer>,
): Promise<CpqAnswer[]> {
  const answers: CpqAnswer[] = [];
  for (const candidate of path === undefined ? knownPaths : [path]) {
    const url = `${cpqUrl.replace(/\/+$/, "")}${candidate}`;
    const answer = await read(url);
    answers.push({ url, answer });
    if (isTaken(answer) || isMomentary(answer)) break;
  }
  return answers;
}

/**
 * What the answers say about the token. HTTP 403 means that the token is accepted, but its user has too few privileges.
 * A redirect or a page means that it is not accepted: the admin UI sends strangers to its login.
 */
export function cpqCheck(answers: readonly CpqAnswer[]): Check {
  const taken = answers.find(({ answer }) => isTaken(answer));
  if (taken !== undefined) return checkOf("cpqApi", "passed", messages.getMessage("cpqApi", [taken.url]));
  const forbidden = answers.find(({ answer }) => answer.status === 403 && !isPage(answer));
  if (forbidden !== undefined) return tooFewPrivileges(forbidden);
  const list = answers.map(({ url, answer }) => `${url}: ${answerText(answer)}`).join("; ");
  if (answers.some(({ answer }) => answer.status === 503))
    return checkOf("cpqApi", "unverified", messages.getMessage("cpqApi.maintenance", [list]));
  if (answers.some(({ answer }) => isMomentary(answer)))
    return checkOf("cpqApi", "unverified", messages.getMessage("cpqApi.trouble", [list]));
  const actions = messages.getMessages("cpqApi.refused.actions");
  return checkOf("cpqApi", "failed", messages.getMessage("cpqApi.refused", [list]), actions);
}

function isTaken({ status, json }: HttpAnswer): boolean {
  return status === 200 && json !== undefined;
}

function tooFewPrivileges({ url, answer }: CpqAnswer): Check {
  const detail = messages.getMessage("cpqApi.forbidden", [url, answerText(answer)]);
  return checkOf("cpqApi", "warning", detail, messages.getMessages("cpqApi.forbidden.actions"));
}
