import type { Check } from "../../results/check.ts";
import type { AppDrift, Drift } from "../../results/drift.ts";
import { loginLines } from "../../results/loginLines.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { silentProgress } from "../appInOrg/progress.ts";
import { isVerifiable, verifyApp } from "../appInOrg/verifyApp.ts";

/** What a fresh token shows: the checks that fail, and why others could not be made. */
export interface Verified {
  drifts?: Drift[];
  failure?: AppDrift["failure"];
}

/**
 * Requests a token as a caller would, and returns each failed check as a drift; nothing of an app that issues none. No
 * deploy precedes it, so there is nothing to wait for.
 */
export async function verificationDrifts(app: AppInOrg): Promise<Verified> {
  if (app.reading.actual === undefined || !isVerifiable(app)) return {};
  const use = { keep: false, verify: true, access: undefined, deadline: 0 };
  const consumer = await consumerBeforeDeploy(app, use);
  const { checks } = await verifyApp(app, consumer, 0, silentProgress);
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  const unverified = checks.filter(({ outcome }) => outcome === "unverified");
  return {
    drifts: failed.map((check) => driftOf(check, app)),
    ...(unverified.length === 0 ? {} : { failure: failureOf(unverified) }),
  };
}

function driftOf({ id, detail, logins, actions }: Check, { spec }: AppInOrg): Drift {
  return {
    kind: "verification",
    path: id,
    severity: "function",
    expected: undefined,
    actual: undefined,
    detail: [detail, ...(logins === undefined ? [] : loginLines(logins))].join(" "),
    place: spec.locate(placeOfCheck[id] ?? "name"),
    remedy: actions,
  };
}

function failureOf(unverified: readonly Check[]): NonNullable<AppDrift["failure"]> {
  const message = unverified.map(({ detail }) => detail).join(" ");
  return { message, actions: [...new Set(unverified.flatMap(({ actions }) => actions))] };
}

/** The path in a spec of what a check looks at. */
const placeOfCheck: Readonly<Record<string, string>> = {
  jwt: "oauth.accessToken.format",
  subject: "oauth.clientCredentials.runAs",
  scopes: "oauth.scopes",
  lifetime: "oauth.accessToken.timeout",
  cpqApi: "cpq.url",
};
