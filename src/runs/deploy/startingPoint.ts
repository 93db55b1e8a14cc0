import type { DeployRequest } from "../../org/deployFiles.ts";
import type { DeletedCopy, Refresh } from "../../results/deploy.ts";
import type { Plan } from "../../results/plan.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { ConsumerOfDeploy, ConsumerUse } from "../appInOrg/consumer.ts";
import type { Journal } from "../appInOrg/journal.ts";

/** What a deploy starts from, and how it gets from there to the app that the spec describes. */
export interface StartingPoint {
  /** The app and its org as the deploy sees them: a copy that a sandbox's refresh left counts as no app. */
  app: AppInOrg;
  /** Deploys what the plan says. In a dry run, the org only checks it, and nothing is changed or stored. */
  deploy(plan: Plan, run: DeployRun): Promise<Deployed>;
  /** What a sandbox's refresh did to the app, by the consumer key that it has now, and the copy that gave way to it. */
  refresh(key: string | undefined, deletedCopy: DeletedCopy | undefined): Refresh | undefined;
}

/** How a deploy is made. */
export interface DeployRun {
  use: ConsumerUse;
  request: DeployRequest;
  journal: Journal;
}

/** What was deployed, and the consumer as far as it is known by then. */
export interface Deployed extends ConsumerOfDeploy {
  /** Undefined if there was nothing to deploy. */
  deployId?: string;
  /** What a dry run could not check. */
  unchecked?: string[];
  /** Production's copy, which the deploy deleted. */
  deletedCopy?: DeletedCopy;
}
