import type { KindName } from "../../app/desiredApp.ts";
import { kindNames, kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { listApps } from "../../org/listApps.ts";
import { retrieveApps } from "../../org/retrieve.ts";
import type { UnclaimedApp } from "../../results/drift.ts";

/** The apps of an org that issue tokens to machines, or JWTs, and that no spec claims. Apps of packages are not among them. */
export async function findUnclaimed(
  org: TargetOrg,
  claimed: readonly { kind: KindName; name: string }[],
): Promise<UnclaimedApp[]> {
  const listed = await listApps(org, kindNames);
  const found = listed.filter(
    ({ kind, name, namespace }) =>
      namespace === undefined && !claimed.some((app) => app.kind === kind && app.name === name),
  );
  const wanted = found.map(({ kind, name }) => ({ components: kinds[kind].components, name }));
  const retrieved = await retrieveApps(org, wanted);
  return found.flatMap(({ kind, name }, index): UnclaimedApp[] => {
    const { settings } = readApp(kind, retrieved[index]?.files ?? []);
    const why = [
      ...(settings["oauth.clientCredentials.enabled"] === true ? (["clientCredentials"] as const) : []),
      ...(settings["oauth.accessToken.format"] === "jwt" ? (["jwt"] as const) : []),
    ];
    if (why.length === 0) return [];
    const about = { name: org.name, id: org.id, instanceUrl: org.instanceUrl };
    return [{ kind, name, label: settings.label ?? name, org: about, why }];
  });
}
