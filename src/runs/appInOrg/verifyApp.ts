import { SfError } from "@salesforce/core/sfError";
import type { Consumer } from "../../app/consumer.ts";
import { minutesOf } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import { asLongAsSession } from "../../metadata/codecs.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { Verification } from "../../results/check.ts";
import type { TokenRefusal } from "../../token/tokenRequest.ts";
import { unverifiable, type VerificationRequest, verify } from "../../token/verify.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { type KnownConsumer, secretMissing } from "./consumer.ts";
import type { Progress } from "./progress.ts";
import { runAsUser } from "./runAsUser.ts";

/** Verifies the app by a token that its spec describes. A verification that cannot be made says why. */
export async function verifyApp(
  app: AppInOrg,
  consumer: KnownConsumer,
  deadline: number,
  progress: Progress,
): Promise<Verification> {
  const { key, secret } = consumer;
  const appLabel = app.desired.settings.label ?? app.desired.name;
  if (key === undefined || secret === undefined)
    return unverifiable(consumer.unreadable ?? secretMissing(app));
  const onWait = ({ error, status }: TokenRefusal, seconds: number) =>
    progress.wait(messagesOf("token").getMessage("waiting", [error || String(status), String(seconds)]));
  try {
    return await verify({ ...requestOf(app, appLabel, { key, secret }), deadline, onWait });
  } catch (error) {
    const { name, message, actions } = SfError.wrap(error);
    if (name !== "UnreachableError") throw error;
    return unverifiable({ reason: message, actions: actions ?? [] });
  }
}

function requestOf(
  { org, loaded, desired, reading }: AppInOrg,
  appLabel: string,
  consumer: Consumer,
): Omit<VerificationRequest, "deadline" | "onWait"> {
  const { settings } = desired;
  const runAs = settings["oauth.clientCredentials.runAs"];
  const timeout = settings["oauth.accessToken.timeout"];
  return {
    expected: {
      myDomainUrl: org.instanceUrl,
      consumerKey: consumer.key,
      runAs,
      runAsUserId: runAsUser(desired, reading)?.id,
      scopes: settings["oauth.scopes"] ?? [],
      timeoutMinutes: timeout === undefined || timeout === asLongAsSession ? undefined : minutesOf(timeout),
      timeoutIsSetupOnly: kinds[desired.kind].setupOnly.includes("oauth.accessToken.timeout"),
      appLabel,
    },
    consumer,
    apiVersion: org.connection.version,
    cpq: loaded.spec.cpq === undefined ? undefined : { url: loaded.spec.cpq.url, path: loaded.spec.cpq.path },
    jwtWanted: settings["oauth.accessToken.format"] !== "opaque",
  };
}
