import { reasonOf } from "../../app/reasonOf.ts";
import { readJsonFile, writeJsonFile } from "../../files/jsonFile.ts";
import { messagesOf } from "../../messages.ts";
import { type ReadSpec, readSpecs } from "../../project/readSpec.ts";
import { type Plan, type ReviewedPlan, reviewedPlanSchema } from "../../results/plan.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { OrgReading } from "../appInOrg/readOrg.ts";
import { digestOf, digestOfFiles } from "./digest.ts";

/** A plan as it is written for review. */
export function reviewedPlan({ spec, org, reading }: AppInOrg, plan: Plan): ReviewedPlan {
  return {
    schemaVersion: 1,
    type: "plan",
    app: { kind: spec.app.kind, name: spec.app.name },
    spec: { file: spec.file, index: spec.index, digest: digestOf(spec.written) },
    ...(spec.environment === undefined ? {} : { environment: spec.environment }),
    org: { id: org.id, name: org.name },
    actual: actualDigest(reading),
    at: new Date().toISOString(),
    plan: { ...plan },
  };
}

/** Writes a plan to a file. @throws SfError `PlanNotWritableError` */
export function writePlan(file: string, plan: ReviewedPlan): void {
  try {
    writeJsonFile(file, plan);
  } catch (error) {
    throw messagesOf("planFile").createError("planNotWritable", [file, reasonOf(error)]);
  }
}

/** Reads a plan from its file. @throws SfError `PlanUnreadableError` */
export function readPlan(file: string): ReviewedPlan {
  try {
    return readJsonFile(file, reviewedPlanSchema);
  } catch (error) {
    throw messagesOf("planFile").createError("planUnreadable", [file, reasonOf(error)]);
  }
}

/** The spec of a plan. @throws SfError `SpecGoneError`, or as `readSpecs` */
export function specOfPlan({ spec, environment, app }: ReviewedPlan): ReadSpec {
  const found = readSpecs([spec.file], environment).find(({ index }) => index === spec.index);
  if (found === undefined) throw messagesOf("planFile").createError("specGone", [spec.file, app.name]);
  return found;
}

/**
 * Makes sure that what was reviewed is what is deployed: the spec, the org and its app are those of the plan.
 *
 * @throws SfError `SpecMovedOnError`, `OtherOrgError` or `OrgMovedOnError`
 */
export function requireAsReviewed(reviewed: ReviewedPlan, { spec, org, reading }: AppInOrg): void {
  const messages = messagesOf("planFile");
  if (digestOf(spec.written) !== reviewed.spec.digest)
    throw messages.createError("specMovedOn", [spec.file, reviewed.at]);
  if (org.id !== reviewed.org.id) throw messages.createError("otherOrg", [reviewed.org.name, org.name]);
  if (actualDigest(reading) !== reviewed.actual)
    throw messages.createError("orgMovedOn", [reviewed.app.name, org.name, reviewed.at]);
}

function actualDigest({ files, actual }: OrgReading): string {
  return digestOf([digestOfFiles(files), actual?.settings["oauth.accessToken.timeout"]]);
}
