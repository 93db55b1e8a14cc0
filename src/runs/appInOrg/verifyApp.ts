import { minutesOf } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import { asLongAsSession } from "../../metadata/codecs.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { Verification } from "../../results/check.ts";
import { unverifiable, verify } from "../../token/verify.ts";
import type { AppInOrg } from "./appInOrg.ts";
import type { KnownConsumer } from "./consumer.ts";
import type { Progress } from "./progress.ts";
import { runAsUser } from "./runAsUser.ts";

/** Verifies the app by a token that its spec describes. */
export async function verifyApp(
  { org, loaded, desired, reading }: AppInOrg,
  consumer: KnownConsumer,
  deadline: number,
  progress: Progress,
): Promise<Verification> {
  const { settings } = desired;
  const { key, secret } = consumer;
  const appLabel = settings.label ?? desired.name;
  if (key === undefined || secret === undefined) return unverifiable(appLabel, consumer.unreadable);
  const runAs = settings["oauth.clientCredentials.runAs"];
  const timeout = settings["oauth.accessToken.timeout"];
  return verify({
    expected: {
      myDomainUrl: org.instanceUrl,
      consumerKey: key,
      runAs,
      runAsUserId: runAsUser(desired, reading)?.id,
      scopes: settings["oauth.scopes"] ?? [],
      timeoutMinutes: timeout === undefined || timeout === asLongAsSession ? undefined : minutesOf(timeout),
      timeoutIsSetupOnly: kinds[desired.kind].setupOnly.includes("oauth.accessToken.timeout"),
      appLabel,
    },
    consumer: { key, secret },
    apiVersion: org.connection.version,
    cpq: loaded.spec.cpq === undefined ? undefined : { url: loaded.spec.cpq.url, path: loaded.spec.cpq.path },
    jwtWanted: settings["oauth.accessToken.format"] !== "opaque",
    deadline,
    onWait: (refusal, seconds) =>
      progress.wait(
        messagesOf("token").getMessage("waiting", [refusal.error || String(refusal.status), String(seconds)]),
      ),
  });
}
