import type { StorePlace } from "../app/consumer.ts";
import { commandStore } from "./commandStore.ts";
import type { ConsumerStore } from "./consumerStore.ts";
import { helperStore } from "./helperStore.ts";
import { machineStore } from "./machineStore.ts";
import { noPermissions, type Permissions, requireCommandsAllowed } from "./permissions.ts";

/**
 * The store that a spec names; without a name, that of this machine. Nothing is read or run yet.
 *
 * @throws SfError `CommandsNotAllowedError` if it would run a program in the pull request of a stranger
 */
export function openStore(
  place: StorePlace = "machine",
  allowed: Permissions = noPermissions,
): ConsumerStore {
  if (place === "machine") return machineStore();
  const store = "helper" in place ? helperStore(place.helper) : commandStore(place.commands);
  requireCommandsAllowed(store.place, allowed);
  return store;
}
