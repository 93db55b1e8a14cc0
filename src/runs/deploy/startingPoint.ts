import { kinds } from "../../metadata/kinds.ts";
import type { DeployRequest } from "../../org/deployFiles.ts";
import type { Refresh } from "../../results/deploy.ts";
import type { Plan } from "../../results/plan.ts";
import { openConsumerStore } from "../../secrets/consumerStore.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { type ConsumerUse, consumerBeforeDeploy, type KnownConsumer, ownerOf } from "../appInOrg/consumer.ts";
import { deployApp } from "./deployApp.ts";
import { copiedByRefresh, goneByRefresh } from "./refreshedSandbox.ts";

/** What a deploy starts from, and how it gets from there to the app that the spec describes. */
export interface StartingPoint {
  /** The app and its org as the deploy takes them: a copy that a sandbox's refresh left counts as no app. */
  app: AppInOrg;
  /** Deploys what the plan says. In a dry run the org checks it, and nothing is changed or stored. */
  deploy(plan: Plan, run: DeployRun): Promise<Deployed>;
  /** What a sandbox's refresh did to the app, by the consumer key that it has now. */
  refresh(key: string | undefined): Refresh | undefined;
}

/** How a deploy is made. */
export interface DeployRun {
  use: ConsumerUse;
  request: DeployRequest;
}

/** What was deployed, and the consumer as far as it is known by then. */
export interface Deployed {
  consumer: KnownConsumer;
  /** Undefined if nothing was to deploy. */
  deployId?: string;
}

/**
 * Tells what a deploy starts from: an app or none, as usual; or a sandbox that was refreshed since the app was deployed to
 * it (same My Domain, another org Id), in which the app is gone, or is the copy of production's.
 *
 * @param recreate whether the user lets the copy be deleted
 */
export async function startingPointOf(app: AppInOrg, recreate: boolean): Promise<StartingPoint> {
  if (app.loaded.spec.consumer !== "generated") return asUsual(app);
  const store = await openConsumerStore();
  const owner = ownerOf(app);
  const former = await store.readFormer(owner);
  if (former === undefined) return asUsual(app);
  const stored = await store.read(owner);
  const { actual } = app.reading;
  // An attempt that came to nothing may have stored a new pair.
  if (actual === undefined) return goneByRefresh(app, former, stored ?? former);
  const madeByTool = kinds[app.desired.kind].consumer.madeBy === "tool";
  const isCopy = madeByTool && stored === undefined && actual.consumerKey !== former.key;
  return isCopy ? copiedByRefresh(app, former, recreate) : asUsual(app);
}

function asUsual(app: AppInOrg): StartingPoint {
  return {
    app,
    deploy: async ({ action }, { use, request }) => {
      const consumer = await consumerBeforeDeploy(app, use);
      if (action === "nothing") return { consumer };
      return { consumer, deployId: await deployApp(app, consumer, request) };
    },
    refresh: () => undefined,
  };
}
