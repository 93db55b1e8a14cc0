import { messagesOf } from "../messages.ts";
import type { Check, CheckId } from "../results/check.ts";
import { SfError } from "../sfError.ts";
import { answerText, isPage } from "./answerText.ts";
import { checkOf } from "./checks.ts";
import { type CpqBearer, type CpqProbe, cpqCheck, readCpq } from "./cpqApi.ts";
import { type HttpRequest, request } from "./http.ts";
import { isMomentary, requestPatiently } from "./requestPatiently.ts";

const messages = messagesOf("token");

const withToken = (token: string): HttpRequest => ({
  headers: { authorization: `Bearer ${token}`, accept: "application/json" },
});

/** What the org's REST API made of a token. */
export interface RestApiAnswer {
  check: Check;
  /** Undefined if it did not take the token. */
  json: unknown;
}

/**
 * Whether the org's REST API takes the token.
 *
 * @param path of a cheap read, from `/` on
 */
export async function restApiCheck(token: string, instanceUrl: string, path: string): Promise<RestApiAnswer> {
  let json: unknown;
  const shown = path.split("?")[0] ?? path;
  const check = await ifReached("restApi", async () => {
    const answer = await requestPatiently(
      () => request(`${instanceUrl}${path}`, withToken(token)),
      (one) => !isMomentary(one) && !(one.status === 200 && isPage(one)),
    );
    if (answer.status === 200 && answer.json !== undefined) {
      json = answer.json;
      return checkOf("restApi", "passed", messages.getMessage("restApi", [shown]));
    }
    const isOfApi = !isMomentary(answer) && !isPage(answer) && answer.headers.get("location") === null;
    return isOfApi
      ? checkOf(
          "restApi",
          "failed",
          messages.getMessage("restApi.refused", [shown, answerText(answer)]),
          messages.getMessages("restApi.refused.actions"),
        )
      : checkOf(
          "restApi",
          "unverified",
          messages.getMessage("restApi.unverified", [shown, answerText(answer)]),
        );
  });
  return { check, json };
}

/**
 * Whether the CPQ admin API takes a token of the org or an admin API key, and whether the caller may read what the probe
 * names.
 */
export function cpqApiCheck(secret: string, bearer: CpqBearer, probe: CpqProbe): Promise<Check> {
  return ifReached(bearer === "token" ? "cpqApi" : "cpqApiKey", async () => {
    const read = (url: string) => requestPatiently(() => request(url, withToken(secret)));
    return cpqCheck(
      await readCpq(probe, bearer, read),
      bearer,
      probe.path === undefined ? probe.rights : undefined,
    );
  });
}

/** If a server cannot be reached, this says nothing about the token. */
async function ifReached(id: CheckId, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    const { message, actions = [] } = SfError.wrap(error);
    return checkOf(id, "unverified", messages.getMessage("api.unreachable", [message]), actions);
  }
}
