import type { KindName } from "../../app/kindName.ts";
import { patternOf } from "../../app/namePattern.ts";
import { kindNames, kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { type ListedApp, listApps } from "../../org/listApps.ts";
import { retrieveApps } from "../../org/retrieve.ts";
import type { DriftReport, PassedOverApp, UnclaimedApp } from "../../results/drift.ts";

/** The apps of an org that no spec claims: those that matter, and those that nobody looked at. */
export type Unclaimed = Required<Pick<DriftReport, "unclaimed" | "passedOver">>;

/**
 * Looks for the apps of an org that issue tokens to machines, or JWTs, and that no spec claims. Apps of packages, which only
 * the package can change, and excluded ones are passed over.
 *
 * @param exclude patterns of API names
 */
export async function findUnclaimed(
  org: TargetOrg,
  claimed: readonly { kind: KindName; name: string; formerApp?: string | undefined }[],
  exclude: readonly string[],
): Promise<Unclaimed> {
  const about = { name: org.name, id: org.id, instanceUrl: org.instanceUrl };
  const listed = await listApps(org, kindNames);
  const others = listed.filter(
    ({ kind, name }) =>
      !claimed.some((app) => app.kind === kind && (app.name === name || app.formerApp === name)),
  );
  const found = others.filter((app) => whyPassedOver(app, exclude) === undefined);
  const wanted = found.map(({ kind, name }) => ({ components: kinds[kind].components, name }));
  const retrieved = await retrieveApps(org, wanted);
  return {
    unclaimed: found.flatMap(({ kind, name }, index): UnclaimedApp[] => {
      const { settings } = readApp(kind, retrieved[index]?.files ?? []);
      const why = [
        ...(settings["oauth.clientCredentials.enabled"] === true ? (["clientCredentials"] as const) : []),
        ...(settings["oauth.accessToken.format"] === "jwt" ? (["jwt"] as const) : []),
      ];
      return why.length === 0 ? [] : [{ kind, name, label: settings.label ?? name, org: about, why }];
    }),
    passedOver: others.flatMap((app) => {
      const why = whyPassedOver(app, exclude);
      return why === undefined ? [] : [{ kind: app.kind, name: app.name, org: about, why }];
    }),
  };
}

function whyPassedOver(
  { name, namespace }: ListedApp,
  exclude: readonly string[],
): PassedOverApp["why"] | undefined {
  if (patternOf(name, exclude) !== undefined) return "excluded";
  return namespace === undefined ? undefined : "package";
}
