import { namedBy } from "../../app/namesInOrg.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import type { AppInOrg } from "./appInOrg.ts";

const path = "policy.profiles";

/**
 * Without this, only a failed deploy would show that the org does not have a profile. Connected apps use the metadata
 * names of profiles, so only those of external client apps are looked for.
 *
 * @throws SfError `ProfileNotFoundError`
 */
export function requireProfiles({ spec, desired, org, reading }: AppInOrg): void {
  if (desired.kind !== "ExternalClientApp") return;
  const missing = desired.settings[path]?.find((name) => namedBy(name, reading.profiles).length === 0);
  if (missing === undefined) return;
  const place = placeOf(spec.locate(path));
  throw messagesOf("deploy").createError("profileNotFound", [place, missing, org.name], [org.name]);
}
