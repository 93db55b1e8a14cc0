import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import type { OrgType } from "../../org/organization.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import type { AppDrift } from "../../results/drift.ts";
import { driftSentence } from "../../results/driftSentence.ts";
import type { Finding } from "../../results/finding.ts";
import type { Plan, ReviewedPlan } from "../../results/plan.ts";
import type { Gate, GateId } from "../../results/promotion.ts";
import { timeText } from "../../results/times.ts";
import { SfError } from "../../sfError.ts";
import { resolve } from "../../spec/resolve.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { deployApp } from "../deploy/deployApp.ts";
import { digestOf } from "../deploy/digest.ts";
import { requireDeployable } from "../deploy/requireDeployable.ts";
import { checkConnectedOrg, failureOf } from "../drift/checkOrg.ts";
import { checkReceipt, type Trust } from "../receipt/receipt.ts";
import { failOnOf, findingsFrom, lintSpec } from "../validate/lintSpec.ts";
import { arrivingUnchanged } from "./ownValues.ts";

const messages = messagesOf("connectedapp.promote");

/** Stops a promotion at the first gate that fails. */
export class GateFailed extends Error {
  readonly gate: Gate;

  constructor(gate: Gate) {
    super(gate.detail);
    this.gate = gate;
  }
}

function passed(id: GateId, detail: string): Gate {
  return { id, outcome: "passed", detail, actions: [] };
}

function failed(id: GateId, detail: string, actions: readonly string[] = []): Gate {
  return { id, outcome: "failed", detail, actions };
}

/** Who made the plan, and whether anybody vouches for it. Its age and signature were checked when it was read. */
export function planGate({ at, by, signature, from, org }: ReviewedPlan): Gate {
  const ids = `${from.id} → ${org.id}`;
  const detail =
    signature === undefined
      ? messages.getMessage("gate.plan.unsigned", [by, timeText(at), ids])
      : messages.getMessage("gate.plan.signed", [by, timeText(at), ids, signature.keyId]);
  return passed("plan", detail);
}

/** Whether the receipt is trusted, for this same spec, and for the way into the source. */
export function receiptGate(file: string, trust: Trust, { spec: source, org }: SpecInOrg): Gate {
  const { receipt, reason } = checkReceipt(file, trust);
  if (reason !== undefined)
    return failed(
      "receipt",
      messages.getMessage("gate.receipt.notTrusted", [file, reason]),
      messages.getMessages("gate.receipt.notTrusted.actions"),
    );
  const differs = [
    receipt.spec.digest !== digestOf(source.written) ? messages.getMessage("gate.receipt.spec") : "",
    receipt.app.name !== source.app.name || receipt.app.kind !== source.app.kind
      ? messages.getMessage("gate.receipt.app")
      : "",
    receipt.to.orgId !== org.id ? messages.getMessage("gate.receipt.org") : "",
  ].filter((what) => what !== "");
  return differs.length === 0
    ? passed("receipt", messages.getMessage("gate.receipt.passed", [receipt.by, timeText(receipt.at)]))
    : failed(
        "receipt",
        messages.getMessage("gate.receipt.failed", [file, differs.join(", ")]),
        messages.getMessages("gate.receipt.actions"),
      );
}

/** Whether the source matches its spec, and a fresh token from it is right. */
export async function sourceGates(
  { spec, org, allowed }: SpecInOrg,
  pass: (gate: Gate) => void,
): Promise<void> {
  const [app] = await checkConnectedOrg(org, [spec], { strict: false, verify: true, allowed });
  if (app === undefined) throw new Error("An app that was asked for is missing in the answer.");
  const drifts = app.drifts.filter(({ kind }) => kind !== "verification");
  const failedChecks = app.drifts.filter(({ kind }) => kind === "verification");
  const sentences = drifts.map((drift) => `${placeOf(drift.place)} ${driftSentence(drift)}`);
  // Only what was compared is in sync. If a token could not be requested, the next gate says so.
  if (app.org.id === undefined) pass(notInSync(app, [app.failure?.message ?? ""], app.failure?.actions));
  else if (drifts.length > 0)
    pass(notInSync(app, sentences, new Set(drifts.flatMap(({ remedy }) => remedy))));
  else pass(passed("sourceInSync", messages.getMessage("gate.sourceInSync.passed", [app.org.name])));
  const reasons = [
    ...failedChecks.map(({ detail = "" }) => detail),
    ...(app.failure ? [app.failure.message] : []),
  ];
  // What could not be checked is not reported as wrong, but nothing is promoted on trust.
  const words = failedChecks.length > 0 ? "failed" : "unverified";
  const actions = [...failedChecks.flatMap(({ remedy }) => remedy), ...(app.failure?.actions ?? [])];
  pass(
    reasons.length === 0
      ? passed("sourceVerified", messages.getMessage("gate.sourceVerified.passed", [app.org.name]))
      : failed(
          "sourceVerified",
          messages.getMessage(`gate.sourceVerified.${words}`, [app.org.name, inOneSentence(reasons)]),
          actions,
        ),
  );
}

/** Several sentences as parts of one. */
function inOneSentence(sentences: readonly string[]): string {
  return sentences.map((sentence) => sentence.replace(/\.$/, "")).join("; ");
}

function notInSync({ org }: AppDrift, reasons: readonly string[], actions: Iterable<string> = []): Gate {
  const detail = messages.getMessage("gate.sourceInSync.failed", [org.name, inOneSentence(reasons)]);
  return failed("sourceInSync", detail, [...actions]);
}

/** Whether the target can be reached. @param orgName username or alias */
export async function connectTarget(
  connected: Promise<SpecInOrg>,
  orgName: string | undefined,
  pass: (gate: Gate) => void,
): Promise<SpecInOrg> {
  const found = await connected.catch((error: unknown) => {
    if (SfError.wrap(error).name === "InvalidSpec") throw error;
    const { message, actions } = failureOf(error);
    const detail = messages.getMessage("gate.targetReachable.failed", [orgName ?? "", message]);
    const unreachable = failed("targetReachable", detail, actions);
    pass(unreachable);
    throw new GateFailed(unreachable);
  });
  const { name, instanceUrl } = found.org;
  pass(passed("targetReachable", messages.getMessage("gate.targetReachable.passed", [name, instanceUrl])));
  return found;
}

/** Whether the source is not a production org, and the target is another org of the type that its environment says. */
export function orgGates(
  [{ spec: source, org: from }, fromType]: [SpecInOrg, OrgType],
  [{ spec: target, org: to }, toType]: [SpecInOrg, OrgType],
  pass: (gate: Gate) => void,
): OrgType {
  pass(
    from.id === to.id
      ? failed("otherOrg", messages.getMessage("gate.otherOrg.failed", [from.name, to.name]))
      : passed("otherOrg", messages.getMessage("gate.otherOrg.passed", [from.name, to.name])),
  );
  const wrong = [[source, from, fromType] as const, [target, to, toType] as const].find(
    ([spec, , type]) => spec.orgType !== undefined && spec.orgType !== type,
  );
  if (wrong !== undefined) {
    const [spec, org, type] = wrong;
    const values = [org.name, type, spec.environment ?? "", spec.orgType ?? ""] as const;
    pass(failed("orgType", messages.getMessage("gate.orgType.failed", values)));
  }
  if (fromType === "production")
    pass(failed("orgType", messages.getMessage("gate.orgType.fromProduction", [from.name])));
  const types = [from.name, fromType, to.name, toType] as const;
  pass(passed("orgType", messages.getMessage("gate.orgType.passed", types)));
  return toType;
}

/** Whether nothing that belongs to the source would arrive in the target unchanged. */
export function ownValuesGate(source: ReadSpec, target: ReadSpec): Gate {
  const settingsOf = (spec: ReadSpec) => ({ spec, settings: resolve(spec.app).settings });
  const paths = arrivingUnchanged(settingsOf(source), settingsOf(target));
  const places = paths.map((path) => `${placeOf(target.locate(path))} ${path}`);
  const environment = target.environment ?? "";
  return paths.length === 0
    ? passed("ownValues", messages.getMessage("gate.ownValues.passed"))
    : failed(
        "ownValues",
        messages.getMessage("gate.ownValues.failed", [places.join("; "), source.environment ?? ""]),
        messages.getMessages("gate.ownValues.actions", [environment]),
      );
}

/** Whether the policy lint finds nothing at the target's level or above. */
export function lintGate(target: ReadSpec): Gate {
  const limit = failOnOf(target.app);
  const found = findingsFrom(limit, lintSpec(target));
  const texts = found.map(({ location, message, rule }) => `${placeOf(location)} ${message} (${rule})`);
  return found.length === 0
    ? passed("lint", messages.getMessage("gate.lint.passed", [limit]))
    : failed("lint", messages.getMessage("gate.lint.failed", [limit, inOneSentence(texts)]));
}

/** Whether the target has what the spec names in it, and lets the Run As user have a token, as far as it can be read. */
export function preflightGate({ org: { name }, spec }: SpecInOrg, obstacles: readonly Finding[]): Gate {
  const found = findingsFrom(failOnOf(spec.app), obstacles);
  const texts = found.map(({ location, message, rule }) => `${placeOf(location)} ${message} (${rule})`);
  return found.length === 0
    ? passed("preflight", messages.getMessage("gate.preflight.passed", [name]))
    : failed("preflight", messages.getMessage("gate.preflight.failed", [name, inOneSentence(texts)]));
}

/** The confirmation of a promotion that will change nothing: it only verifies. */
export function notAskedGate(): Gate {
  const detail = messages.getMessage("confirm.nothing");
  return { id: "confirmation", outcome: "skipped", detail, actions: [] };
}

/** Lets the target check the deploy. This changes nothing and stores nothing. */
export async function checkOnlyGate(app: AppInOrg, plan: Plan, deadline: number): Promise<Gate> {
  if (plan.action === "nothing")
    return {
      id: "checkOnly",
      outcome: "skipped",
      detail: messages.getMessage("gate.checkOnly.skipped"),
      actions: [],
    };
  try {
    requireDeployable(app);
    const consumer = await consumerBeforeDeploy(app, {
      keep: false,
      verify: false,
      access: undefined,
      deadline,
    });
    const { unchecked } = await deployApp(app, consumer, { checkOnly: true, deadline });
    const detail =
      unchecked.length === 0
        ? messages.getMessage("gate.checkOnly.passed", [app.org.name])
        : messages.getMessage("gate.checkOnly.partly", [app.org.name, unchecked.join(", ")]);
    return passed("checkOnly", detail);
  } catch (error) {
    const { message, actions } = failureOf(error);
    return failed(
      "checkOnly",
      messages.getMessage("gate.checkOnly.failed", [app.org.name, message]),
      actions,
    );
  }
}
