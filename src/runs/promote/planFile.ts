import type { KeyObject } from "node:crypto";
import { reasonOf } from "../../app/reasonOf.ts";
import { readExactJsonFile, writeJsonFile } from "../../files/jsonFile.ts";
import { messagesOf } from "../../messages.ts";
import { notWritable } from "../../project/fileFailure.ts";
import { type ReadSpec, readSpecs } from "../../project/readSpec.ts";
import { type Plan, type ReviewedPlan, reviewedPlanSchema } from "../../results/plan.ts";
import { timeText } from "../../results/times.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import type { OrgReading } from "../appInOrg/readOrg.ts";
import { digestOf, digestOfFiles } from "../deploy/digest.ts";
import { ageProblem, signatureProblem, type Trust, whoAmI } from "../receipt/receipt.ts";
import { signatureState, withSignature } from "../receipt/signature.ts";

/** A plan as it is written for review. */
export function reviewedPlan(
  { spec, org, reading }: AppInOrg,
  from: SpecInOrg,
  plan: Plan,
  options: ReviewedPlan["options"],
): ReviewedPlan {
  return {
    schemaVersion: 1,
    type: "plan",
    app: { kind: spec.app.kind, name: spec.app.name },
    spec: { file: spec.file, index: spec.index, digest: digestOf(spec.written) },
    from: { id: from.org.id, name: from.org.name, environment: from.spec.environment ?? "" },
    environment: spec.environment ?? "",
    org: { id: org.id, name: org.name },
    actual: actualDigest(reading),
    by: whoAmI(),
    at: new Date().toISOString(),
    options,
    plan: { ...plan },
  };
}

/** Writes a plan to a file, signed if there is a key. @throws SfError `NotWritableError` */
export function writePlan(file: string, plan: ReviewedPlan, key: KeyObject | undefined): ReviewedPlan {
  try {
    const signed = withSignature(plan, key);
    writeJsonFile(file, signed);
    return signed;
  } catch (error) {
    throw notWritable(file, error);
  }
}

/**
 * What to know of a plan that was just written, a sentence each: whether it counts here, what its deploy needs besides,
 * and the command that carries it out. Pure.
 *
 * @param isReadFromOrg whether the app's key and secret are made by the org, and read from there
 */
export function notesOfPlan(
  plan: ReviewedPlan,
  { file, keys, isReadFromOrg }: { file: string; keys: readonly KeyObject[]; isReadFromOrg: boolean },
): string[] {
  const messages = messagesOf("planFile");
  const problem = signatureProblem(signatureState(plan, keys));
  if (keys.length > 0 && problem !== undefined) return messages.getMessages("written.refused", [problem]);
  const mayNotRead = isReadFromOrg && plan.plan.action === "create" && !plan.options.enableCredentialAccess;
  return [
    ...(plan.signature === undefined ? messages.getMessages("written.unsigned") : []),
    ...(mayNotRead ? messages.getMessages("written.access", [plan.app.name, plan.org.name]) : []),
    messages.getMessage("written.deploy", [file]),
  ];
}

/**
 * Reads a plan from its file, if it still counts: its age is right, and a signature holds. As soon as there are trusted
 * keys, it must have one.
 *
 * @throws SfError `NoPlanFileError`, `PlanUnreadableError`, `PlanOutdatedError`, `PlanAheadError` or
 *   `PlanNotTrustedError`
 */
export function readPlan(file: string, trust: Trust): ReviewedPlan {
  const messages = messagesOf("planFile");
  const plan = readPlanFile(file);
  const found = signatureState(plan, trust.keys);
  const problem = signatureProblem(found);
  const mayBeUnsigned = trust.keys.length === 0 && found.state === "unsigned";
  if (problem !== undefined && !mayBeUnsigned) throw messages.createError("planNotTrusted", [file, problem]);
  const age = ageProblem(plan.at, trust.maxAgeMinutes);
  if (age !== undefined)
    throw messages.createError(age.isAhead ? "planAhead" : "planOutdated", [file, age.text]);
  return plan;
}

function readPlanFile(file: string): ReviewedPlan {
  try {
    return readExactJsonFile(file, reviewedPlanSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw messagesOf("planFile").createError("noPlanFile", [file], [], 2);
    throw messagesOf("planFile").createError("planUnreadable", [file, reasonOf(error)], [], 2);
  }
}

/** The spec of a plan in both of its environments. @throws SfError `SpecGoneError`, or as `readSpecs` */
export function specsOfPlan({ spec, from, environment, app }: ReviewedPlan): {
  source: ReadSpec;
  target: ReadSpec;
} {
  const specIn = (name: string) => {
    const found = readSpecs([spec.file], name).find(({ index }) => index === spec.index);
    if (found === undefined) throw messagesOf("planFile").createError("specGone", [spec.file, app.name]);
    return found;
  };
  return { source: specIn(from.environment), target: specIn(environment) };
}

/**
 * Makes sure that the orgs and the spec are those of the plan.
 *
 * @throws SfError `SpecMovedOnError` or `OtherOrgError`
 */
export function requireSameOrgs(reviewed: ReviewedPlan, from: SpecInOrg, { spec, org }: SpecInOrg): void {
  const messages = messagesOf("planFile");
  if (digestOf(spec.written) !== reviewed.spec.digest)
    throw messages.createError("specMovedOn", [spec.file, timeText(reviewed.at)]);
  for (const [meant, { org: found }] of [
    [reviewed.from, from],
    [reviewed.org, { org }],
  ] as const) {
    if (found.id === meant.id) continue;
    throw messages.createError("otherOrg", [meant.name, meant.id, found.name, found.id]);
  }
}

/**
 * Makes sure that the app is still as the plan found it, and that the plan shows what a deploy would do: a file without a
 * signature may have been edited. An app that is already as its spec says may have come there by an earlier run of this
 * plan, which could not verify it: then nothing is deployed that nobody reviewed.
 *
 * @param plan what a deploy would do now
 * @throws SfError `OrgMovedOnError` or `PlanEditedError`
 */
export function requireAsReviewed(
  reviewed: ReviewedPlan,
  { org, reading, spec }: AppInOrg,
  plan: Plan,
): void {
  const messages = messagesOf("planFile");
  const { kind, name } = spec.app;
  const hasMoved = actualDigest(reading) !== reviewed.actual;
  if (hasMoved && plan.action !== "nothing")
    throw messages.createError("orgMovedOn", [reviewed.app.name, org.name, timeText(reviewed.at)]);
  const shown = { app: reviewed.app, plan: hasMoved ? plan : reviewed.plan };
  if (digestOf(shown) !== digestOf({ app: { kind, name }, plan }))
    throw messages.createError("planEdited", [name, org.name]);
}

function actualDigest({ files, actual }: OrgReading): string {
  return digestOf([digestOfFiles(files), actual?.settings["oauth.accessToken.timeout"]]);
}
