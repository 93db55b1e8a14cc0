import { minutesOf } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readLogins } from "../../org/loginHistory.ts";
import { findUsers } from "../../org/users.ts";
import type { LoginLog } from "../../results/check.ts";
import type { VerifiedApp } from "../../results/verified.ts";
import { hideFromNowOn } from "../../secrets/redaction.ts";
import { resolve } from "../../spec/resolve.ts";
import type { Expectation } from "../../token/expectation.ts";
import { verify } from "../../token/verify.ts";
import { waitText } from "../appInOrg/verifyApp.ts";
import { type AppChoice, appOfToken, type TokenApp } from "../token/appOfToken.ts";

/** The version of the REST API for the one read that proves a token, if no login has said which is newest; every org has it. */
const anyApiVersion = "65.0";

/**
 * Verifies any app by a token, as a caller would get it: against its spec if there is one. Four calls to the org at most,
 * none of them with an org login unless a token is refused.
 *
 * @param deadline milliseconds since the epoch until which a refusal that may pass is not final
 * @param apiKeyVariable environment variable with an admin API key of the CPQ tenant, which is tried in the same way
 * @throws SfError `ApiKeyUnsetError`, `ApiKeyWithoutCpqError`, or as `appOfToken`
 */
export async function verifyToken(
  choice: AppChoice,
  deadline: number,
  onWait: (text: string) => void,
  apiKeyVariable?: string,
): Promise<VerifiedApp> {
  const apiKey = apiKeyVariable === undefined ? undefined : apiKeyIn(apiKeyVariable);
  const app = await appOfToken(choice);
  const { spec } = app;
  const cpq = spec?.app.cpq && { ...spec.app.cpq, rights: spec.app.cpq.probe };
  if (apiKey !== undefined && cpq === undefined)
    throw messagesOf("connectedapp.verify").createError("apiKeyWithoutCpq", [], [], 2);
  const logins = loginReader(app);
  const verification = await verify({
    expected: expectationOf(app),
    consumer: app.consumer,
    apiVersion: app.org?.connection.version ?? anyApiVersion,
    cpq,
    cpqApiKey: apiKey,
    jwtWanted: spec?.app.oauth?.accessToken?.format !== "opaque",
    deadline,
    onWait: (refusal, seconds) => onWait(waitText(refusal, seconds)),
    ...(logins === undefined ? {} : { readLogins: logins }),
  });
  return {
    app: {
      label: app.label ?? app.consumer.key,
      ...(spec === undefined ? {} : { kind: app.kind, specFile: spec.file }),
      ...(spec?.environment === undefined ? {} : { environment: spec.environment }),
      instanceUrl: app.instanceUrl,
    },
    verification,
  };
}

function apiKeyIn(variable: string): string {
  const key = (process.env[variable] ?? "").trim();
  if (key === "") throw messagesOf("connectedapp.verify").createError("apiKeyUnset", [variable], [], 2);
  hideFromNowOn(key);
  return key;
}

function expectationOf({ instanceUrl, consumer, kind, label, spec }: TokenApp): Expectation {
  const appLabel = label ?? messagesOf("token").getMessage("theApp");
  const known = { myDomainUrl: instanceUrl, kind, appLabel, consumerKey: consumer.key };
  const settings = spec === undefined ? undefined : resolve(spec.app).settings;
  // A timeout that is a word, such as that of the session, has no length.
  const timeout = minutesOf(settings?.["oauth.accessToken.timeout"] ?? "");
  return {
    ...known,
    runAs: settings?.["oauth.clientCredentials.runAs"],
    // The token itself is used to ask the org for the name of its user.
    runAsUserId: undefined,
    scopes: settings === undefined ? undefined : (settings["oauth.scopes"] ?? []),
    customScopes: settings?.["oauth.customScopes"] ?? [],
    timeoutMinutes: Number.isNaN(timeout) ? undefined : timeout,
    timeoutIsSetupOnly: kinds[kind].setupOnly.includes("oauth.accessToken.timeout"),
  };
}

/** Reads why the org refused a token; undefined if nobody is logged in, or the Run As user is not known. */
function loginReader({ org, spec }: TokenApp): ((since: number) => Promise<LoginLog>) | undefined {
  const runAs = spec === undefined ? undefined : resolve(spec.app).settings["oauth.clientCredentials.runAs"];
  if (org === undefined || spec === undefined || runAs === undefined) return undefined;
  const names = [spec.app.label ?? spec.app.name, spec.app.name];
  return async (since) => {
    const users = await findUsers(org, [runAs]);
    const user = users.find(({ username }) => username.toLowerCase() === runAs.toLowerCase());
    if (user === undefined) return { username: runAs, since: new Date(since).toISOString(), entries: [] };
    return readLogins(org, user, names, since);
  };
}
