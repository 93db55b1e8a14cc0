import {
  type LocalOrg,
  type LocalOrgsOptions,
  type RunningOrg,
  startLocalOrg,
} from "../../src/localorg/start.ts";
import { consumerKey, consumerSecret } from "./connectedApp.ts";

/** Starts one sandbox. */
export function startSandbox(options: Omit<LocalOrgsOptions, "orgs"> = {}): Promise<LocalOrg> {
  return startLocalOrg({ name: "sandbox", isSandbox: true }, options);
}

export const credentials = {
  grant_type: "client_credentials",
  client_id: consumerKey,
  client_secret: consumerSecret,
};

/** Posts a form. */
export function postForm(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
}

/** Asks for a token with the right credentials, and gives it back. */
export async function requestToken({ org }: RunningOrg): Promise<string> {
  const response = await postForm(`${org.myDomainUrl}/services/oauth2/token`, credentials);
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (answer.access_token === undefined) throw new Error(`No token: ${answer.error_description}`);
  return answer.access_token;
}

/** GET with a bearer token. */
export function getWithToken(url: string, token: string, headers: Record<string, string> = {}) {
  return fetch(url, { headers: { ...headers, Authorization: `Bearer ${token}` }, redirect: "manual" });
}

/** The user of an org with this username. */
export function userOf({ org }: RunningOrg, username: string) {
  const user = org.users.find((found) => found.username === username);
  if (!user) throw new Error(`There is no user ${username}.`);
  return user;
}
