import { namedBy } from "../../app/namesInOrg.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import type { AppInOrg } from "./appInOrg.ts";

const path = "policy.profiles";

/**
 * A profile that the org does not have would otherwise only be found out by a failed deploy. Connected apps name profiles
 * in the org's metadata themselves, so only those of external client apps are looked for.
 *
 * @throws SfError `ProfileNotFoundError`
 */
export function requireProfiles({ spec: loaded, desired, org, reading }: AppInOrg): void {
  if (desired.kind !== "ExternalClientApp") return;
  const missing = desired.settings[path]?.find((name) => namedBy(name, reading.profiles).length === 0);
  if (missing === undefined) return;
  const place = placeOf(loaded.locate(path));
  throw messagesOf("deploy").createError("profileNotFound", [place, missing, org.name], [org.name]);
}
