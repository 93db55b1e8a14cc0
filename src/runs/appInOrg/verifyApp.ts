import { namespaceOf } from "../../app/apiName.ts";
import type { Consumer } from "../../app/consumer.ts";
import { usesOAuth } from "../../app/desiredApp.ts";
import { minutesOf } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readLogins } from "../../org/loginHistory.ts";
import type { Verification } from "../../results/check.ts";
import { saysNothing } from "../../token/refusals.ts";
import type { TokenRefusal } from "../../token/tokenRequest.ts";
import { unverifiable, type VerificationRequest, verify } from "../../token/verify.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { type KnownConsumer, secretMissing } from "./consumer.ts";
import type { Progress } from "./progress.ts";
import { runAsUser } from "./runAsUser.ts";

/**
 * Whether a token can be requested at all. The consumer of a packaged app belongs to its vendor, and is known here only
 * if the spec names it.
 */
export function isVerifiable({ spec, desired }: Pick<AppInOrg, "spec" | "desired">): boolean {
  const isVendors = namespaceOf(desired.name) !== undefined && spec.app.consumer.key === undefined;
  return usesOAuth(desired) && !isVendors;
}

/** Verifies the app with a token, against its spec. If the verification cannot be made, the result says why. */
export async function verifyApp(
  app: AppInOrg,
  consumer: KnownConsumer,
  deadline: number,
  progress: Progress,
): Promise<Verification> {
  const { key, secret } = consumer;
  if (key === undefined || secret === undefined)
    return unverifiable(consumer.unreadable ?? secretMissing(app));
  const onWait = (refusal: TokenRefusal, seconds: number) => progress.wait(waitText(refusal, seconds));
  return verify({ ...requestOf(app, { key, secret }), deadline, onWait });
}

/** What is said before a further try. */
export function waitText(refusal: TokenRefusal, seconds: number): string {
  const values: [string, string] = [refusal.error || `HTTP ${refusal.status}`, String(seconds)];
  return messagesOf("token").getMessage(saysNothing(refusal) ? "waitingForOrg" : "waiting", values);
}

function requestOf(
  { org, spec, desired, reading, keys }: AppInOrg,
  consumer: Consumer,
): Omit<VerificationRequest, "deadline" | "onWait"> {
  const { kind, settings } = desired;
  const appLabel = settings.label ?? desired.name;
  const user = runAsUser(desired, reading);
  // A timeout that is a word, such as that of the session, has no length.
  const timeout = minutesOf(settings["oauth.accessToken.timeout"] ?? "");
  return {
    expected: {
      myDomainUrl: org.instanceUrl,
      kind,
      appLabel,
      consumerKey: consumer.key,
      runAs: settings["oauth.clientCredentials.runAs"],
      runAsUserId: user?.id,
      scopes: settings["oauth.scopes"] ?? [],
      customScopes: settings["oauth.customScopes"] ?? [],
      timeoutMinutes: Number.isNaN(timeout) ? undefined : timeout,
      timeoutIsSetupOnly: kinds[kind].setupOnly.includes("oauth.accessToken.timeout"),
    },
    consumer,
    apiVersion: org.connection.version,
    cpq: spec.app.cpq && { ...spec.app.cpq, rights: spec.app.cpq.probe },
    keys,
    jwtWanted: settings["oauth.accessToken.format"] !== "opaque",
    ...(user === undefined
      ? {}
      : { readLogins: (since: number) => readLogins(org, user, [appLabel, desired.name], since) }),
  };
}
