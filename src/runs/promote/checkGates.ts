import { SfError } from "@salesforce/core/sfError";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { type OrgType, readOrgType } from "../../org/organization.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { driftSentence } from "../../results/driftSentence.ts";
import type { Plan } from "../../results/plan.ts";
import type { Gate, GateId } from "../../results/promotion.ts";
import { resolve } from "../../spec/resolve.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { connectOrgOf, type SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { consumerBeforeDeploy } from "../appInOrg/consumer.ts";
import { requirePermissionSets } from "../appInOrg/permissionSets.ts";
import { requireRunAsUser } from "../appInOrg/runAsUser.ts";
import { deployApp } from "../deploy/deployApp.ts";
import { digestOf } from "../deploy/digest.ts";
import { checkConnectedOrg, failureOf } from "../drift/checkOrg.ts";
import { failOnOf, findingsFrom, lintSpec } from "../validate/lintSpec.ts";
import { arrivingUnchanged } from "./ownValues.ts";
import { readReceipt } from "./receipt.ts";

const messages = messagesOf("connectedapp.promote");

/** Stops a promotion at the first gate that fails. */
export class GateFailed extends Error {
  readonly gate: Gate;

  constructor(gate: Gate) {
    super(gate.detail);
    this.gate = gate;
  }
}

/** A gate with its text; `words` names it where it is not that of the outcome. */
function gate(
  id: GateId,
  outcome: Gate["outcome"],
  values: string[] = [],
  actions: readonly string[] = [],
  words: string = outcome,
): Gate {
  return { id, outcome, detail: messages.getMessage(`gate.${id}.${words}`, values), actions };
}

function passedIf(condition: boolean): "passed" | "failed" {
  return condition ? "passed" : "failed";
}

/** The receipt is of this very spec, and of the way into the source. */
export async function receiptGate(file: string, { spec: source, org }: SpecInOrg): Promise<Gate> {
  const receipt = await readReceipt(file);
  const differs = [
    receipt.spec.digest !== digestOf(source.written) ? "spec" : "",
    receipt.app.name !== source.spec.name || receipt.app.kind !== source.spec.kind ? "app" : "",
    receipt.to.orgId !== org.id ? "org" : "",
  ].filter((what) => what !== "");
  return differs.length === 0
    ? gate("receipt", "passed", [receipt.at, receipt.by])
    : gate("receipt", "failed", [file, differs.join(", ")], messages.getMessages("gate.receipt.actions"));
}

/** The source is as its spec says, and a fresh token of it is right. */
export async function sourceGates({ spec, org }: SpecInOrg, pass: (gate: Gate) => void): Promise<void> {
  const [app] = await checkConnectedOrg(org, [spec], { strict: false, verify: true });
  if (app === undefined) throw new Error("An app that was asked for is missing in the answer.");
  const texts = messagesOf("drift");
  const drifts = app.drifts.filter(({ kind }) => kind !== "verification");
  const failed = app.drifts.filter(({ kind }) => kind === "verification");
  const sentences = drifts.map((drift) => `${placeOf(drift.place)} ${driftSentence(drift, texts)}`);
  // Only what was compared is in sync; a token that could not be asked for is the next gate's matter.
  const unreachable = app.org.id === undefined;
  pass(
    unreachable
      ? gate("sourceInSync", "failed", [app.org.name, app.failure?.message ?? ""], app.failure?.actions)
      : gate(
          "sourceInSync",
          passedIf(drifts.length === 0),
          [app.org.name, sentences.join("; ")],
          [...new Set(drifts.flatMap(({ remedy }) => remedy))],
        ),
  );
  const reasons = [...failed.map(({ detail = "" }) => detail), ...(app.failure ? [app.failure.message] : [])];
  const actions = [...failed.flatMap(({ remedy }) => remedy), ...(app.failure?.actions ?? [])];
  pass(gate("sourceVerified", passedIf(reasons.length === 0), [app.org.name, reasons.join("; ")], actions));
}

/** The target can be reached. */
export async function connectTarget(target: ReadSpec, pass: (gate: Gate) => void): Promise<SpecInOrg> {
  const found = await connectOrgOf(target, undefined).catch((error: unknown) => {
    if (SfError.wrap(error).name === "InvalidSpec") throw error;
    const { message, actions } = failureOf(error);
    const failed = gate("targetReachable", "failed", [target.targetOrg ?? "", message], actions);
    pass(failed);
    throw new GateFailed(failed);
  });
  pass(gate("targetReachable", "passed", [found.org.name, found.org.instanceUrl]));
  return found;
}

/** The source is no production org, the target another org, and of the type that its environment says. */
export async function orgGates(
  { spec: source, org: from }: SpecInOrg,
  { spec: target, org: to }: SpecInOrg,
  pass: (gate: Gate) => void,
): Promise<OrgType> {
  pass(gate("otherOrg", passedIf(from.id !== to.id), [from.name, to.name]));
  const [fromType, toType] = await Promise.all([readOrgType(from), readOrgType(to)]);
  const wrong = [[source, from, fromType] as const, [target, to, toType] as const].find(
    ([spec, , type]) => spec.orgType !== undefined && spec.orgType !== type,
  );
  if (wrong !== undefined) {
    const [spec, org, type] = wrong;
    pass(gate("orgType", "failed", [org.name, type, spec.environment ?? "", spec.orgType ?? ""]));
  }
  if (fromType === "production") pass(gate("orgType", "failed", [from.name], [], "fromProduction"));
  pass(gate("orgType", "passed", [from.name, fromType, to.name, toType]));
  return toType;
}

/** Nothing that belongs to the source arrives in the target as it is. */
export function ownValuesGate(source: ReadSpec, target: ReadSpec): Gate {
  const settingsOf = (spec: ReadSpec) => ({ spec, settings: resolve(spec.spec).settings });
  const paths = arrivingUnchanged(settingsOf(source), settingsOf(target));
  const places = paths.map((path) => `${placeOf(target.locate(path))} ${path}`);
  const environment = target.environment ?? "";
  return paths.length === 0
    ? gate("ownValues", "passed")
    : gate(
        "ownValues",
        "failed",
        [places.join("; "), source.environment ?? ""],
        messages.getMessages("gate.ownValues.actions", [environment]),
      );
}

/** The policy lint finds nothing from the level on that the target sets. */
export function lintGate(target: ReadSpec): Gate {
  const limit = failOnOf(target.spec);
  const found = findingsFrom(limit, lintSpec(target));
  const texts = found.map(({ location, message, rule }) => `${placeOf(location)} ${message} (${rule})`);
  return gate("lint", passedIf(found.length === 0), [limit, texts.join("; ")]);
}

/** Lets the target check the deploy; it changes nothing and stores nothing. */
export async function checkOnlyGate(app: AppInOrg, plan: Plan, deadline: number): Promise<Gate> {
  if (plan.action === "nothing") return gate("checkOnly", "skipped");
  try {
    requireRunAsUser(app);
    requirePermissionSets(app);
    const consumer = await consumerBeforeDeploy(app, { keep: false, verify: false, enableAccess: false });
    await deployApp(app, consumer, { checkOnly: true, deadline });
    return gate("checkOnly", "passed", [app.org.name]);
  } catch (error) {
    const { message, actions } = failureOf(error);
    return gate("checkOnly", "failed", [app.org.name, message], actions);
  }
}
