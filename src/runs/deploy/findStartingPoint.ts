import { kinds } from "../../metadata/kinds.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { consumerBeforeDeploy, ownerOf } from "../appInOrg/consumer.ts";
import { deployApp } from "./deployApp.ts";
import { copiedByRefresh, goneByRefresh } from "./refreshedSandbox.ts";
import type { StartingPoint } from "./startingPoint.ts";

/**
 * Finds out what a deploy starts from: an app or none, as usual; or a sandbox that was refreshed after the app was
 * deployed to it (same My Domain, another org Id), in which the app is gone or is a copy of production's.
 *
 * @param recreate whether the user allows deleting the copy
 */
export async function startingPointOf(app: AppInOrg, recreate: boolean): Promise<StartingPoint> {
  const { key, store: place = "machine" } = app.spec.app.consumer;
  if (key !== undefined || place !== "machine") return asUsual(app);
  const store = machineStore();
  const owner = ownerOf(app);
  const former = await store.readFormer(owner);
  if (former === undefined) return asUsual(app);
  const stored = await store.read(owner);
  const { actual } = app.reading;
  // A failed attempt may have stored a new pair.
  if (actual === undefined) return goneByRefresh(app, former, stored ?? former);
  const madeByTool = kinds[app.desired.kind].consumer.madeBy === "tool";
  const isCopy = madeByTool && stored === undefined && actual.consumerKey !== former.key;
  return isCopy ? copiedByRefresh(app, former, recreate) : asUsual(app);
}

function asUsual(app: AppInOrg): StartingPoint {
  return {
    app,
    deploy: async ({ action }, { use, request, journal }) => {
      const consumer = await consumerBeforeDeploy(app, use);
      journal.stored(consumer.stored?.place);
      if (action === "nothing") return { consumer };
      return { consumer, ...(await deployApp(app, consumer, request)) };
    },
    refresh: () => undefined,
  };
}
