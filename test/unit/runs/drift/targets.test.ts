import { describe, expect, test } from "vitest";
import { type DriftSelection, driftTargets } from "../../../../src/runs/drift/targets.ts";
import { folderWith } from "../../../temporaryFolders.ts";

const app = (name: string) =>
  `apiVersion: cpq/v1\nkind: ConnectedApp\nname: ${name}\nlabel: ${name}\ncontactEmail: a@example.com\n`;
const inOrgs = (...orgs: string[]) =>
  `environments:\n${orgs.map((org) => `  env-${org}: {targetOrg: ${org}}\n`).join("")}`;

const nothing: Omit<DriftSelection, "specs"> = {
  environments: [],
  allEnvironments: false,
  targetOrg: undefined,
  shard: undefined,
};

/** Which apps, in which environment, are checked against which org. */
function targetsOf(files: Readonly<Record<string, string>>, selection: Partial<DriftSelection> = {}) {
  const targets = driftTargets({ ...nothing, specs: [folderWith(files)], ...selection });
  return targets.map(({ orgName, specs }) => ({
    orgName,
    apps: specs.map(({ app: spec, environment = "" }) => `${spec.name} ${environment}`.trim()),
  }));
}

const fleet = {
  "a.yaml": app("A") + inOrgs("north", "south", "east"),
  "b.yaml": app("B") + inOrgs("west", "south"),
};
const wholeFleet = [
  { orgName: "east", apps: ["A env-east"] },
  { orgName: "north", apps: ["A env-north"] },
  { orgName: "south", apps: ["A env-south", "B env-south"] },
  { orgName: "west", apps: ["B env-west"] },
];
const all = { allEnvironments: true };

test("all environments are grouped by their orgs, in the order of the orgs' names", () =>
  expect(targetsOf(fleet, all)).toEqual(wholeFleet));

describe.each([1, 2, 3, 4, 5, 8])("%i shards", (count) => {
  const parts = Array.from({ length: count }, (_, index) => ({ index: index + 1, count }));

  test("take each org once, with all of its apps", () => {
    const taken = parts.map((shard) => targetsOf(fleet, { ...all, shard }));
    const sorted = taken.flat().sort((a, b) => ((a.orgName ?? "") < (b.orgName ?? "") ? -1 : 1));
    expect(sorted).toEqual(wholeFleet);
  });

  test("share the orgs as evenly as it goes", () => {
    const sizes = parts.map((shard) => targetsOf(fleet, { ...all, shard }).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
});

const selections: {
  title: string;
  files: Record<string, string>;
  chosen: Partial<DriftSelection>;
  targets: unknown;
}[] = [
  {
    title: "specs without environments are for the configured org",
    files: { "a.yaml": app("A"), "b.yaml": app("B") },
    chosen: {},
    targets: [{ orgName: undefined, apps: ["A", "B"] }],
  },
  {
    title: "all environments of specs without any are those specs",
    files: { "a.yaml": app("A") },
    chosen: all,
    targets: [{ orgName: undefined, apps: ["A"] }],
  },
  {
    title: "--target-org wins over the environment's own org",
    files: { "a.yaml": app("A") + inOrgs("north", "south") },
    chosen: { environments: ["env-north"], targetOrg: "elsewhere" },
    targets: [{ orgName: "elsewhere", apps: ["A env-north"] }],
  },
  {
    title: "several environments can be of one org, with other apps",
    files: { "a.yaml": app("A") + inOrgs("one"), "b.yaml": app("B") + inOrgs("one") },
    chosen: all,
    targets: [{ orgName: "one", apps: ["A env-one", "B env-one"] }],
  },
];

test.each(selections)("$title", ({ files, chosen, targets }) =>
  expect(targetsOf(files, chosen)).toEqual(targets),
);

const refusals: {
  title: string;
  files: Record<string, string>;
  chosen: Partial<DriftSelection>;
  error: object;
}[] = [
  {
    title: "none of several environments",
    files: fleet,
    chosen: {},
    error: { name: "EnvironmentNeededError", message: expect.stringContaining("env-north, env-south") },
  },
  {
    title: "one org for several environments",
    files: fleet,
    chosen: { ...all, targetOrg: "north" },
    error: { name: "OneOrgForSeveralError" },
  },
  {
    title: "environments without an org, of which only one could mean the configured org",
    files: { "a.yaml": `${app("A")}environments: {one: , two: }\n` },
    chosen: all,
    error: { name: "NoOrgOfEnvironmentError", message: expect.stringContaining("one") },
  },
  {
    title: "one app of one org in two specs",
    files: { "a.yaml": app("A"), "b.yaml": app("A") },
    chosen: {},
    error: { name: "SameAppError", message: expect.stringMatching(/b\.yaml:3:1.*a\.yaml:3:1/) },
  },
  {
    title: "one app of one org in two environments",
    files: { "a.yaml": `${app("A")}environments: {one: {targetOrg: same}, two: {targetOrg: same}}\n` },
    chosen: all,
    error: { name: "SameAppError" },
  },
  {
    title: "an environment that specs lack",
    files: { ...fleet, "c.yaml": "apiVersion: cpq/v1\nkind: Nothing\n" },
    chosen: { environments: ["env-north"] },
    error: { name: "WrongUsage", message: expect.stringMatching(/b\.yaml[\s\S]*env-north[\s\S]*c\.yaml/) },
  },
];

test.each(refusals)("$title: an error", ({ files, chosen, error }) => {
  let thrown: unknown;
  try {
    targetsOf(files, chosen);
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toMatchObject(error);
});
