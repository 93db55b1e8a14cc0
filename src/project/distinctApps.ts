import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import type { ReadSpec } from "./readSpec.ts";

/**
 * Two specs of one app would undo each other's changes.
 *
 * @param orgOf the org that a spec is for
 * @throws SfError `SameAppError` if two specs describe the same app of the same org
 */
export function requireDistinctApps(
  specs: readonly ReadSpec[],
  orgOf: (spec: ReadSpec) => string | undefined,
): void {
  const seen = new Map<string, ReadSpec>();
  for (const spec of specs) {
    const { kind, name } = spec.app;
    const key = JSON.stringify([orgOf(spec), kind, name]);
    const former = seen.get(key);
    if (former !== undefined) {
      const places = [spec, former].map(({ locate }) => placeOf(locate("name")));
      throw messagesOf("spec").createError("sameApp", [places[0] ?? "", kind, name, places[1] ?? ""]);
    }
    seen.set(key, spec);
  }
}
