import type { Messages } from "@salesforce/core/messages";
import { reasonOf } from "../app/reasonOf.ts";
import type { Check } from "../results/check.ts";
import { type HttpAnswer, type HttpRequest, request } from "./http.ts";
import { check } from "./jwtChecks.ts";

const withToken = (token: string): HttpRequest => ({
  headers: { authorization: `Bearer ${token}`, accept: "application/json" },
});

/** Whether the org's REST API takes the token: its list of resources, the cheapest read that needs one. */
export async function restApiCheck(
  token: string,
  instanceUrl: string,
  apiVersion: string,
  messages: Messages<string>,
): Promise<Check> {
  const path = `/services/data/v${apiVersion}/`;
  return tried("restApi", messages, async () => {
    const answer = await request(`${instanceUrl}${path}`, withToken(token));
    return answer.status === 200 && answer.json !== undefined
      ? check("restApi", true, messages.getMessage("restApi", [path]))
      : check("restApi", false, messages.getMessage("restApi.refused", [path, summary(answer)]));
  });
}

/** The paths under which the admin API's cheapest read is known; which of them takes the token is not documented. */
const knownCpqPaths = ["/api/managedTables/v1/managedTables", "/a/managedTables/v1/managedTables"];

/** Whether the CPQ admin API takes the token: 403 says that it does, and that the Run As user lacks privileges there. */
export async function cpqApiCheck(
  token: string,
  cpqUrl: string,
  path: string | undefined,
  messages: Messages<string>,
): Promise<Check> {
  const refusals: string[] = [];
  return tried("cpqApi", messages, async () => {
    for (const candidate of path === undefined ? knownCpqPaths : [path]) {
      const url = `${cpqUrl.replace(/\/+$/, "")}${candidate}`;
      const answer = await request(url, withToken(token));
      if (answer.status === 200 && answer.json !== undefined) {
        return check("cpqApi", true, messages.getMessage("cpqApi", [url]));
      }
      if (answer.status === 403) {
        const actions = messages.getMessages("cpqApi.forbidden.actions");
        return check(
          "cpqApi",
          "warning",
          messages.getMessage("cpqApi.forbidden", [url, summary(answer)]),
          actions,
        );
      }
      if (answer.status === 503)
        return check("cpqApi", false, messages.getMessage("cpqApi.maintenance", [url]));
      refusals.push(`${url}: ${summary(answer)}`);
    }
    const actions = messages.getMessages("cpqApi.refused.actions");
    return check("cpqApi", false, messages.getMessage("cpqApi.refused", [refusals.join("; ")]), actions);
  });
}

async function tried(
  id: "restApi" | "cpqApi",
  messages: Messages<string>,
  look: () => Promise<Check>,
): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    const reason = reasonOf(error);
    return check(id, false, messages.getMessage("api.failed", [reason]));
  }
}

/** Status and the beginning of the body; a page is named, not shown. */
function summary(answer: HttpAnswer): string {
  if (answer.json === undefined && /html/i.test(answer.contentType))
    return `HTTP ${answer.status}, an HTML page`;
  const body = answer.text.replace(/\s+/g, " ").trim();
  return `HTTP ${answer.status}${body === "" ? "" : ` ${body.length > 200 ? `${body.slice(0, 200)}…` : body}`}`;
}
