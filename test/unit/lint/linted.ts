import { readFileSync } from "node:fs";
import type { OrgFacts, RunAsFacts } from "../../../src/app/orgFacts.ts";
import type { LintedApp } from "../../../src/lint/rule.ts";
import { loadSpec } from "../../../src/spec/load.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

/** The app of a spec in plain YAML. */
export function appOf(source: string): LintedApp {
  const [document] = parseSpecFile(source, "spec.yaml").documents;
  if (!document) throw new Error("There is no spec.");
  const result = loadSpec(document, {});
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { app: spec } = result.loaded;
  return { ...resolve(spec), cpqUrl: spec.cpq?.url };
}

/** The starter spec, of an external client app. */
export const starter = readFileSync(new URL("../../../templates/minimal.yaml", import.meta.url), "utf8");

/** A Run As user as it should be. */
export const goodUser: RunAsFacts = {
  username: "cpq.integration@example.com",
  isActive: true,
  isFrozen: false,
  apiOnly: true,
  profileName: "Minimum Access - API Only Integrations",
  permissions: ["ApiEnabled", "ApiUserOnly"],
};

/** How a case differs from the starter spec; a setting of null is not set. */
export interface Change {
  settings?: Record<string, unknown>;
  app?: Partial<Omit<LintedApp, "settings">>;
  user?: Partial<RunAsFacts>;
  askedAt?: string;
  /** What else the org says. */
  facts?: OrgFacts;
}

/** The same of a connected app. */
export const starterOfConnectedApp = starter.replace(/^kind: .*/m, "kind: ConnectedApp");

/** The starter spec's connected app with a change, and what the org says where the case is about that. */
export function changed({
  settings = {},
  app = {},
  user,
  askedAt,
  facts = {},
}: Change): [LintedApp, OrgFacts] {
  const base = appOf(starterOfConnectedApp);
  const all = Object.entries({ ...base.settings, ...settings }).filter(([, value]) => value !== null);
  const linted = { ...base, ...app, settings: Object.fromEntries(all) };
  return [
    linted,
    { ...facts, ...(user === undefined ? {} : { runAsUser: { ...goodUser, ...user }, askedAt }) },
  ];
}

/** Where a rule finds something: the change, the path, the values of the message. */
export interface Found {
  change: Change;
  path: string;
  values?: string[];
}

/** By rule: what it finds, and what is close to that and fine. */
export type Cases = Record<string, { found: Found[]; clean: Change[] }>;
