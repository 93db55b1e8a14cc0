import type { KeyObject } from "node:crypto";
import { userInfo } from "node:os";
import { durationOfMinutes } from "../../app/durations.ts";
import { reasonOf } from "../../app/reasonOf.ts";
import { readExactJsonFile, writeJsonFile } from "../../files/jsonFile.ts";
import { messagesOf } from "../../messages.ts";
import { render } from "../../metadata/render.ts";
import { notWritable } from "../../project/fileFailure.ts";
import type { DeployReport } from "../../results/deploy.ts";
import type { Gate } from "../../results/promotion.ts";
import { type CheckedReceipt, type Receipt, receiptSchema } from "../../results/receipt.ts";
import { timeText, utcText } from "../../results/times.ts";
import { resolve } from "../../spec/resolve.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { digestOf, digestOfFiles } from "../deploy/digest.ts";
import { type SignatureState, signatureState, withSignature } from "./signature.ts";

/** What a receipt tells of. */
export interface Receipted {
  to: SpecInOrg;
  /** Of a promotion. */
  from?: SpecInOrg;
  gates: readonly Gate[];
  deployed: DeployReport;
}

/** What makes a receipt, or a plan, count. */
export interface Trust {
  keys: readonly KeyObject[];
  maxAgeMinutes: number;
}

/** A receipt of what was just deployed and verified. */
export function receiptOf({ to, from, gates, deployed }: Receipted): Receipt {
  return {
    schemaVersion: 1,
    type: from === undefined ? "deploy" : "promotion",
    app: { kind: to.spec.app.kind, name: to.spec.app.name },
    spec: { file: to.spec.file, digest: digestOf(to.spec.written) },
    metadata: { digest: digestOfFiles(render(resolve(to.spec.app))) },
    ...(from === undefined ? {} : { from: placeOf(from) }),
    to: placeOf(to),
    by: whoAmI(),
    at: new Date().toISOString(),
    ...(deployed.deployId === undefined ? {} : { deployId: deployed.deployId }),
    gates: gates.map(({ id, outcome, detail }) => ({ id, outcome, detail })),
    checks: (deployed.verification?.checks ?? []).map(({ id, outcome, detail }) => ({ id, outcome, detail })),
  };
}

/** Writes a receipt, signed if there is a key. @throws SfError `ReceiptNotWritableError` */
export function writeReceipt(file: string, receipt: Receipt, key: KeyObject | undefined): void {
  try {
    writeJsonFile(file, withSignature(receipt, key));
  } catch (error) {
    throw notWritable(file, error, { isDone: true });
  }
}

/**
 * Reads a receipt, and says whether somebody who is trusted signed it within the time that is allowed.
 *
 * @throws SfError `ReceiptUnreadableError`
 */
export function checkReceipt(file: string, trust: Trust): CheckedReceipt {
  const receipt = readReceipt(file);
  const reason =
    signatureProblem(signatureState(receipt, trust.keys)) ??
    ageProblem(receipt.at, trust.maxAgeMinutes)?.text;
  return { file, valid: reason === undefined, ...(reason === undefined ? {} : { reason }), receipt };
}

/** Why nobody can rely on a signature; undefined if it holds. */
export function signatureProblem(found: SignatureState): string | undefined {
  const messages = messagesOf("receipt");
  if (found.state === "valid") return undefined;
  if (found.state === "unsigned") return messages.getMessage("unsigned");
  return messages.getMessage(found.state, [found.keyId]);
}

/** Why a file does not count by its time: it is longer ago than allowed, or lies ahead by more than clocks differ. */
export function ageProblem(
  at: string,
  maxAgeMinutes: number,
  now = Date.now(),
): { isAhead: boolean; text: string } | undefined {
  const messages = messagesOf("receipt");
  const minutes = (now - Date.parse(at)) / 60_000;
  if (minutes < -clockDifference)
    return {
      isAhead: true,
      text: messages.getMessage("ahead", [timeText(at, now), utcText(new Date(now).toISOString())]),
    };
  if (minutes <= maxAgeMinutes) return undefined;
  return {
    isAhead: false,
    text: messages.getMessage("outdated", [timeText(at, now), durationOfMinutes(maxAgeMinutes)]),
  };
}

/** Minutes by which the clocks of two machines may differ. */
const clockDifference = 10;

/** The login of this machine. A container may have a user without a name. */
export function whoAmI(): string {
  const { USER, USERNAME } = process.env;
  try {
    return userInfo().username || "?";
  } catch {
    return USER || USERNAME || "?";
  }
}

function readReceipt(file: string) {
  try {
    return readExactJsonFile(file, receiptSchema);
  } catch (error) {
    throw messagesOf("receipt").createError("receiptUnreadable", [file, reasonOf(error)], [], 2);
  }
}

function placeOf({ spec, org }: SpecInOrg): Receipt["to"] {
  const { id: orgId, instanceUrl, username } = org;
  return { environment: spec.environment ?? "", orgId, instanceUrl, username };
}
