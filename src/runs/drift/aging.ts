import { usesOAuth } from "../../app/desiredApp.ts";
import { millisecondsOf } from "../../app/durations.ts";
import { messagesOf } from "../../messages.ts";
import type { AppDrift, Drift } from "../../results/drift.ts";
import { isOlderThan, type SecretAge, secretAgeText } from "../../results/secretAge.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { askedAge, knownAge } from "../appInOrg/secretAge.ts";
import { drift, flagsOf } from "./findDrifts.ts";

/** How old a secret is, and what is wrong about it. */
interface Aging {
  secretAge?: SecretAge;
  drifts: Drift[];
  failure?: AppDrift["failure"];
}

/**
 * Whether the secret of an app is older than it may be. Only then are the org and the spec's store asked for its age.
 *
 * @param longest such as `90d`; without it, what the spec says
 */
export async function agingOf(app: AppInOrg, longest: string | undefined): Promise<Aging> {
  const { spec, desired, reading } = app;
  if (reading.actual?.consumerKey === undefined || !usesOAuth(desired)) return { drifts: [] };
  const most = longest ?? spec.app.consumer.maxSecretAge;
  if (most === undefined) return { secretAge: knownAge(app), drifts: [] };
  const messages = messagesOf("secretAge");
  const secretAge = await askedAge(app);
  const isOlder = isOlderThan(secretAge, millisecondsOf(most) ?? 0, Date.now());
  if (isOlder === undefined)
    return {
      secretAge,
      drifts: [],
      failure: {
        message: messages.getMessage("notKnown", [most, secretAge.unknown ?? ""]),
        actions: messages.getMessages("notKnown.actions"),
      },
    };
  if (!isOlder) return { secretAge, drifts: [] };
  const tooOld = drift(app, "secretAge", "consumer", {
    severity: "security",
    detail: messages.getMessage("tooOld", [secretAgeText(secretAge, Date.now()), most]),
    remedy: messages.getMessages("tooOld.remedy", [flagsOf(app)]),
  });
  return { secretAge, drifts: [tooOld] };
}
