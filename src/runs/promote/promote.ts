import type { KeyObject } from "node:crypto";
import { shellWord } from "../../app/shellWord.ts";
import { kinds } from "../../metadata/kinds.ts";
import { withinDeadline } from "../../network/retries.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { type OrgType, readOrgType } from "../../org/organization.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { isVerified } from "../../results/check.ts";
import type { DeployReport } from "../../results/deploy.ts";
import type { Plan, ReviewedPlan } from "../../results/plan.ts";
import type { Gate, Promotion } from "../../results/promotion.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { beginReadingKeys } from "../../token/publishedKeys.ts";
import { readAppInOrg } from "../appInOrg/appInOrg.ts";
import { changeApp, requireFormerOf } from "../appInOrg/changeApp.ts";
import { connectOrgOf, type SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { type ChangedApp, type Ending, endingsOf, type Journal } from "../appInOrg/journal.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { type DeployChoices, deployReadApp } from "../deploy/deploy.ts";
import { makePlan } from "../deploy/plan.ts";
import { receiptOf, type Trust, writeReceipt } from "../receipt/receipt.ts";
import { asBefore } from "../undo/before.ts";
import { restoreApp } from "../undo/restoreApp.ts";
import { undoDeploy } from "../undo/undo.ts";
import { preflight } from "../validate/preflight.ts";
import {
  checkOnlyGate,
  connectTarget,
  GateFailed,
  lintGate,
  notAskedGate,
  orgGates,
  ownValuesGate,
  planGate,
  preflightGate,
  receiptGate,
  sourceGates,
} from "./checkGates.ts";
import { notesOfPlan, requireAsReviewed, requireSameOrgs, reviewedPlan, writePlan } from "./planFile.ts";

/** What the user asked for. */
export interface PromoteOptions {
  /** Username or alias of the target; without it, the environment's org. */
  targetOrg?: string | undefined;
  allowed: Permissions;
  /** Where to write the receipt. */
  receipt: string;
  /** A receipt that must be for this same spec, and for the way into the source. */
  receiptFrom: string | undefined;
  /** Whose receipts count, and for how long. */
  trust: Trust;
  /** Signs the receipt, or the plan. */
  signingKey: KeyObject | undefined;
  /** The plan that somebody reviewed: nothing else is deployed. */
  plan?: ReviewedPlan | undefined;
  /** Write the plan there for review, and deploy nothing. */
  planOut: string | undefined;
  assignRunAs: boolean;
  enableCredentialAccess: boolean;
  waitMinutes: number;
  /** The other flags that change what the command means, as words of a command line. */
  flags: string;
  ending: Ending | undefined;
}

/** What a promotion shows and asks as it goes. */
export interface PromotionDialog {
  gate(gate: Gate): void;
  plan(plan: Plan, app: DeployReport["app"], org: string): void;
  /** Whether to go on. A production org needs a stronger confirmation. */
  confirm(org: TargetOrg, type: OrgType): Promise<Gate>;
  progress(): Promise<Progress>;
  /** What is done after a failed verification, and why it takes time. */
  restoring(text: string): void;
}

/**
 * Takes an app from one environment to the next: checks all gates, deploys, verifies, and writes a receipt. If the
 * verification fails, the target gets its former metadata back. If it could not be made, the target keeps what was
 * deployed, and there is no receipt. With a reviewed plan, the same happens, since the world may have moved: the plan
 * only says what must come out.
 *
 * @param source the spec in the environment from which the app comes
 * @param target the same spec in the environment to which the app goes
 * @throws SfError if something fails that is not a gate
 */
export async function promote(
  source: ReadSpec,
  target: ReadSpec,
  options: PromoteOptions,
  dialog: PromotionDialog,
): Promise<Promotion> {
  const gates: Gate[] = [];
  const pass = (gate: Gate) => {
    gates.push(gate);
    dialog.gate(gate);
    if (gate.outcome === "failed") throw new GateFailed(gate);
  };
  const about = {
    app: { kind: target.app.kind, name: target.app.name },
    from: source.environment ?? "",
    to: target.environment ?? "",
  };
  const stopped = { ...about, gates, deploy: undefined, restored: false };
  const wait = options.waitMinutes * 60_000;
  let end = Date.now() + wait;
  if (options.ending === "abort") return abort(target, options, stopped, { deadline: end, dialog });
  try {
    if (options.plan !== undefined) pass(planGate(options.plan));
    const { targetOrg, allowed } = options;
    const from = await connectOrgOf(source, { allowed });
    if (options.receiptFrom !== undefined) pass(receiptGate(options.receiptFrom, options.trust, from));
    // The target is read while the source is checked.
    const fromType = begun(readOrgType(from.org));
    const connected = begun(connectOrgOf(target, { targetOrg, allowed }));
    const toType = begun(connected.then(({ org }) => readOrgType(org)));
    const obstacles = begun(connected.then((to) => preflight(to, options.assignRunAs)));
    const reading = begun(connected.then(readAppInOrg));
    await withinDeadline(end, () => sourceGates(from, pass));
    const to = await connectTarget(connected, targetOrg ?? target.targetOrg, pass);
    if (options.plan !== undefined) requireSameOrgs(options.plan, from, to);
    const changed = { ...changedApp(about, to, options.flags), ending: options.ending };
    requireFormerOf(changed);
    const type = orgGates([from, await fromType], [to, await toType], pass);
    pass(ownValuesGate(from.spec, to.spec));
    pass(lintGate(to.spec));
    pass(preflightGate(to, await obstacles));

    const app = await reading;
    const plan = makePlan(app.desired, app.reading);
    if (options.plan !== undefined) requireAsReviewed(options.plan, app, plan);
    const { kind, name, settings } = app.desired;
    dialog.plan(plan, { kind, name, label: settings.label ?? name }, to.org.name);
    pass(await withinDeadline(end, () => checkOnlyGate(app, plan, end)));
    const { assignRunAs, enableCredentialAccess, receiptFrom, signingKey } = options;
    const promised = { assignRunAs, enableCredentialAccess, ...(receiptFrom ? { receiptFrom } : {}) };
    const reviewed = options.plan ?? reviewedPlan(app, from, plan, promised);
    if (options.planOut !== undefined) {
      const file = options.planOut;
      const { consumer } = to.spec.app;
      const isReadFromOrg = kinds[kind].consumer.madeBy === "org" && consumer.secret === undefined;
      const about = { file, keys: options.trust.keys, isReadFromOrg };
      const planNotes = notesOfPlan(writePlan(file, reviewed, signingKey), about);
      return { ...stopped, planFile: file, planNotes };
    }
    const changesNothing = plan.action === "nothing" && !assignRunAs && !enableCredentialAccess;
    const asked = Date.now();
    pass(changesNothing ? notAskedGate() : await dialog.confirm(to.org, type));
    // Nobody has to hurry to read the plan.
    end += Date.now() - asked;

    const choices = { dryRun: false, verify: true, recreate: false, assignRunAs, enableCredentialAccess };
    const progress = await dialog.progress();
    const deadline = end - wait * shareOfRestore;
    const { deployed, restored } = await changeApp(
      changed,
      { deadline, onWait: (text) => progress.wait(text) },
      async (journal) => {
        const deployed = await deployAsReviewed(to, reviewed, { ...choices, deadline }, progress, journal);
        const { before, assigned } = journal.kept;
        // The run before this one may have deployed it, and this one found nothing more to do.
        const isOurs = deployed.deployId !== undefined || before?.ownChangeAt !== undefined;
        if (deployed.verification?.outcome !== "failed" || !isOurs || before === undefined)
          return { deployed };
        const restoring = {
          assigned,
          deadline: end,
          journal,
          why: "failed" as const,
          onStep: dialog.restoring,
        };
        const restored = await withinDeadline(end, () => restoreApp(asBefore(app, before), restoring));
        return { deployed, restored };
      },
    );
    if (restored !== undefined) {
      const { notRestored, verification } = restored;
      const isRestored = notRestored.length === 0;
      return { ...stopped, deploy: deployed, restored: isRestored, notRestored, formerApp: verification };
    }
    const promotion = { ...stopped, deploy: deployed };
    if (!isVerified(deployed.verification)) return promotion;
    writeReceipt(options.receipt, receiptOf({ from, to, gates, deployed }), signingKey);
    return { ...promotion, receiptFile: options.receipt };
  } catch (error) {
    if (error instanceof GateFailed) return stopped;
    throw error;
  }
}

/** Work that has begun. What goes wrong with it is told where somebody waits for it. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {});
  return work;
}

/** A verification that waits until --wait runs out leaves this much of it for giving the target its former app back. */
const shareOfRestore = 0.2;

function changedApp(
  { app, from, to }: Pick<Promotion, "app" | "from" | "to">,
  { org, spec }: SpecInOrg,
  flags: string,
): ChangedApp {
  const way = `--from ${shellWord(from)} --to ${shellWord(to)}`;
  return {
    org,
    app,
    ...endingsOf(`sf cpq connectedapp promote --spec ${shellWord(spec.file)} ${way}${flags}`),
  };
}

/** Undoes the last promotion, which did not end well. No gate keeps anybody from that. */
async function abort(
  target: ReadSpec,
  { targetOrg, allowed, flags }: PromoteOptions,
  about: Promotion,
  { deadline, dialog }: { deadline: number; dialog: PromotionDialog },
): Promise<Promotion> {
  const to = await connectOrgOf(target, { targetOrg, allowed });
  const changed = { ...changedApp(about, to, flags), ending: "abort" as const };
  const undone = await changeApp(changed, { deadline, onWait: dialog.restoring }, (journal) =>
    undoDeploy(to, { journal, deadline, onStep: dialog.restoring }),
  );
  return { ...about, undone, restored: undone.outcome === "restored" || undone.outcome === "removed" };
}

/**
 * Deploys over the connection that the gates used. The org is read once more, because somebody took time to read the
 * plan.
 */
async function deployAsReviewed(
  to: SpecInOrg,
  reviewed: ReviewedPlan,
  choices: DeployChoices,
  progress: Progress,
  journal: Journal,
): Promise<DeployReport> {
  try {
    progress.start("read");
    progress.detail(to.org.name);
    const keys = beginReadingKeys(to.org.instanceUrl);
    const app = { ...(await readAppInOrg(to)), keys };
    requireAsReviewed(reviewed, app, makePlan(app.desired, app.reading));
    return await deployReadApp(app, choices, progress, journal);
  } catch (error) {
    progress.end("failed");
    throw error;
  }
}
