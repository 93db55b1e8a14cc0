import type { Consumer } from "../../app/consumer.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { ownerOf } from "../appInOrg/consumer.ts";

/** Where the new pair of a rotation is, between its making and the end of the rotation. */
interface PendingPairs {
  read(): Promise<Consumer | undefined>;
  write(pair: Consumer): Promise<void>;
  erase(): Promise<void>;
}

/**
 * It is beside the pair that the app's callers use, in the store of this machine: that one must not be overwritten before
 * the new one works, and many other stores cannot be read back.
 */
export function pendingPairs(app: AppInOrg): PendingPairs {
  const store = machineStore();
  const own = ownerOf(app);
  const owner = { ...own, appName: `${own.appName} (staged)` };
  return {
    read: () => store.read(owner),
    write: async (pair) => void (await store.write(owner, pair)),
    erase: async () => void (await store.erase(owner)),
  };
}
