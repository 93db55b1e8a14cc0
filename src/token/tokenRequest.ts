import type { Consumer } from "../app/consumer.ts";
import { bodyText, isPage } from "./answerText.ts";
import { type Clock, clockOf } from "./clock.ts";
import { type HttpAnswer, request } from "./http.ts";
import type { Refusal } from "./refusals.ts";
import { isBroken, requestPatiently } from "./requestPatiently.ts";

/** A token, or the endpoint's refusal. */
export type TokenAnswer = IssuedToken | TokenRefusal;

export interface IssuedToken {
  issued: true;
  accessToken: string;
  clock: Clock;
}

export interface TokenRefusal extends Refusal {
  issued: false;
  status: number;
  /** When the request was made, by the org's clock: milliseconds since the epoch. */
  askedAt: number;
}

/**
 * Requests an access token from the org's token endpoint by the client credentials flow. The credentials are in the
 * body, and go to the My Domain host, the only one that serves this flow.
 *
 * @throws SfError `UnreachableError`
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function requestToken(myDomainUrl: string, { key, secret }: Consumer): Promise<TokenAnswer> {
  let sentAt = Date.now();
  const ask = () => {
    sentAt = Date.now();
    return request(`${myDomainUrl}/services/oauth2/token`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: key,
        client_secret: secret,
      }),
    });
  };
  const answer = await requestPatiently(ask, isAnswer);
  const receivedAt = Date.now();
  const clock = clockOf(answer.headers.get("date"), sentAt, receivedAt);
  const body = (typeof answer.json === "object" ? (answer.json ?? {}) : {}) as Record<string, unknown>;
  if (answer.status === 200 && typeof body.access_token === "string")
    return { issued: true, accessToken: body.access_token, clock };
  const error = typeof body.error === "string" ? body.error : "";
  // An answer that is not an OAuth error may be a page. Its beginning is enough to recognise a proxy or a login page.
  const description = error === "" ? bodyText(answer, 300) : String(body.error_description ?? "");
  const askedAt = clock.now * 1000 - (receivedAt - sentAt);
  return { issued: false, status: answer.status, error, description, askedAt };
}

/** Whether it is the endpoint's own. An org that limits its tokens is asked again only if it says when. */
function isAnswer(answer: HttpAnswer): boolean {
  const { status, headers } = answer;
  if (status === 429) return headers.get("retry-after") === null;
  return status < 500 && !isBroken(answer) && !(status === 200 && isPage(answer));
}
