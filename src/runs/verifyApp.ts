import type { DesiredApp } from "../app/desiredApp.ts";
import { messagesOf } from "../messages.ts";
import { minutesOf } from "../metadata/codecs.ts";
import { kinds } from "../metadata/kinds.ts";
import type { TargetOrg } from "../org/connect.ts";
import type { LoadedSpec } from "../spec/load.ts";
import { unverifiable, type Verification, verify } from "../token/verify.ts";
import type { KnownConsumer } from "./consumer.ts";
import type { Progress } from "./progress.ts";
import type { OrgReading } from "./readOrg.ts";
import { runAsUser } from "./runAsUser.ts";

/** Verifies the app by a token that its spec describes. */
export async function verifyApp(
  org: TargetOrg,
  loaded: LoadedSpec,
  desired: DesiredApp,
  consumer: KnownConsumer,
  reading: OrgReading,
  deadline: number,
  progress: Progress,
): Promise<Verification> {
  const { settings } = desired;
  const { key, secret } = consumer;
  const appLabel = settings.label ?? desired.name;
  if (secret === undefined) return unverifiable(appLabel);
  const runAs = settings["oauth.clientCredentials.runAs"];
  const timeout = settings["oauth.accessToken.timeout"];
  return verify({
    expected: {
      myDomainUrl: org.instanceUrl,
      consumerKey: key,
      runAs,
      runAsUserId: runAsUser(desired, reading)?.id,
      scopes: settings["oauth.scopes"] ?? [],
      timeoutMinutes: timeout === undefined ? undefined : minutesOf(timeout),
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
