import type { Consumer } from "../app/consumer.ts";
import { request } from "./http.ts";

/** A token, or the endpoint's refusal. */
export type TokenAnswer = IssuedToken | TokenRefusal;

export interface IssuedToken {
  issued: true;
  accessToken: string;
}

/** The endpoint's own words; `error` is empty where the answer was no OAuth error at all. */
export interface TokenRefusal {
  issued: false;
  status: number;
  error: string;
  description: string;
}

/**
 * Asks the org's token endpoint for an access token by the client credentials flow. The credentials go in the body, over
 * the My Domain host, the only one that serves this flow.
 *
 * @throws SfError `UnreachableError`
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function requestToken(myDomainUrl: string, consumer: Consumer): Promise<TokenAnswer> {
  const answer = await request(`${myDomainUrl}/services/oauth2/token`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: consumer.key,
      client_secret: consumer.secret,
    }),
  });
  const body = (typeof answer.json === "object" && answer.json !== null ? answer.json : {}) as Record<
    string,
    unknown
  >;
  if (answer.status === 200 && typeof body.access_token === "string") {
    return { issued: true, accessToken: body.access_token };
  }
  const error = typeof body.error === "string" ? body.error : "";
  // What is no OAuth error may be a page; its beginning is enough to recognise a proxy or a login page.
  const description = error === "" ? answer.text.slice(0, 300) : String(body.error_description ?? "");
  return { issued: false, status: answer.status, error, description };
}
