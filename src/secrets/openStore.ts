import type { StorePlace } from "../app/consumer.ts";
import { commandStore } from "./commandStore.ts";
import type { ConsumerStore } from "./consumerStore.ts";
import { helperStore } from "./helperStore.ts";
import { machineStore } from "./machineStore.ts";

/** The store that a spec names; without a name, that of this machine. Nothing is read or run yet. */
export function openStore(place: StorePlace = "machine"): ConsumerStore {
  if (place === "machine") return machineStore();
  return "helper" in place ? helperStore(place.helper) : commandStore(place.commands);
}
