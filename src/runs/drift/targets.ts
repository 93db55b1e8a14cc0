import { messagesOf } from "../../messages.ts";
import { requireDistinctApps } from "../../project/distinctApps.ts";
import {
  environmentNeeded,
  type InvalidSpec,
  invalidSpecs,
  loadOpenSpec,
  type OpenSpec,
  openSpecs,
  type ReadSpec,
  readSpecOf,
} from "../../project/readSpec.ts";
import type { Shard } from "./shard.ts";

/** Which specs are checked against which orgs. */
export interface DriftSelection {
  /** Files, folders and globs. */
  specs: readonly string[];
  /** Names of environments; none for specs without environments. */
  environments: readonly string[];
  allEnvironments: boolean;
  /** Username or alias; without it, each environment's own org, or the configured one. */
  targetOrg: string | undefined;
  /** The part of the orgs that this job checks. */
  shard: Shard | undefined;
}

/** All specs that are checked against one org. */
export interface OrgTargets {
  /** Undefined for the configured org. */
  orgName: string | undefined;
  specs: ReadSpec[];
}

/**
 * The specs by org, in the order of the orgs' names. A shard has every n-th org, so that all shards together have each
 * org once, and only one job asks an org.
 *
 * @throws SfError `InvalidSpec`, `EnvironmentNeededError`, `SameAppError`, `OneOrgForSeveralError` or
 *   `NoOrgOfEnvironmentError`
 */
export function driftTargets(selection: DriftSelection): OrgTargets[] {
  const specs = selectedSpecs(selection);
  const orgOf = (spec: ReadSpec) => selection.targetOrg ?? spec.targetOrg;
  requireDistinctApps(specs, orgOf);
  const byOrg = Map.groupBy(specs, (spec) => orgOf(spec) ?? "");
  const { shard } = selection;
  return [...byOrg]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter((_, position) => shard === undefined || position % shard.count === shard.index - 1)
    .map(([orgName, ofOrg]) => ({ orgName: orgName || undefined, specs: ofOrg }));
}

function selectedSpecs({
  specs: patterns,
  environments,
  allEnvironments,
  targetOrg,
}: DriftSelection): ReadSpec[] {
  const good: ReadSpec[] = [];
  const bad: InvalidSpec[] = [];
  for (const open of openSpecs(patterns)) {
    const wanted = allEnvironments ? open.environments : environments;
    if (wanted.length === 0 && open.environments.length > 0) throw environmentNeeded(open);
    if (wanted.length > 1 && targetOrg !== undefined)
      throw messagesOf("connectedapp.drift").createError("oneOrgForSeveral", [targetOrg, wanted.join(", ")]);
    for (const environment of wanted.length === 0 ? [undefined] : wanted) {
      const result = loadOpenSpec(open, { environment });
      if ("problems" in result) bad.push({ ...open, problems: result.problems });
      else good.push(withOrg(open, readSpecOf(open, result.loaded), targetOrg, wanted.length));
    }
  }
  if (bad.length > 0) throw invalidSpecs(bad);
  return good;
}

/** Several environments of one spec cannot all mean the configured org. */
function withOrg(open: OpenSpec, spec: ReadSpec, targetOrg: string | undefined, count: number): ReadSpec {
  if (count > 1 && targetOrg === undefined && spec.targetOrg === undefined)
    throw messagesOf("connectedapp.drift").createError("noOrgOfEnvironment", [
      open.file,
      spec.environment ?? "",
    ]);
  return spec;
}
