import { messagesOf } from "../../messages.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { AppDrift, Drift } from "../../results/drift.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { silentProgress } from "../appInOrg/progress.ts";
import { verifyApp } from "../appInOrg/verifyApp.ts";
import type { KnownApp } from "./findDrifts.ts";

/** What a fresh token shows: the checks that it fails, or why there was none. */
export interface Verified {
  drifts?: Drift[];
  failure?: AppDrift["failure"];
}

/** Asks for a token as a caller would, and gives each failed check as a drift. No deploy precedes it, so nothing is waited for. */
export async function verificationDrifts(app: KnownApp, org: TargetOrg): Promise<Verified> {
  const { spec, desired, reading } = app;
  const about = { loaded: spec, desired, reading, org };
  const use = { keep: false, verify: true, enableAccess: false };
  const consumer = await consumerBeforeDeploy(about, use);
  if (consumer.secret === undefined) {
    const messages = messagesOf("token");
    const actions = messages.getMessages("noSecret.actions", [desired.settings.label ?? desired.name]);
    return { failure: { message: messages.getMessage("noSecret"), actions } };
  }
  const { checks } = await verifyApp(about, consumer, 0, silentProgress);
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  return {
    drifts: failed.map(({ id, detail, actions }) => ({
      kind: "verification",
      path: id,
      severity: "function",
      expected: undefined,
      actual: undefined,
      detail,
      place: spec.locate(placeOfCheck[id] ?? "name"),
      remedy: actions,
    })),
  };
}

/** Where a spec says what a check looks at. */
const placeOfCheck: Readonly<Record<string, string>> = {
  jwt: "oauth.accessToken.format",
  subject: "oauth.clientCredentials.runAs",
  scopes: "oauth.scopes",
  lifetime: "oauth.accessToken.timeout",
  cpqApi: "cpq.url",
};
