import type { KindName } from "../../../app/desiredApp.ts";
import type { Severity } from "../../../app/severity.ts";
import type { AppDrift, Drift, DriftReport } from "../../../results/drift.ts";
import { orgText, secretAgeFacts } from "../sentences.ts";

/** Worst first. */
export const severities = ["security", "function", "appearance"] as const satisfies readonly Severity[];

export const states = ["drifted", "unchecked", "inSync"] as const satisfies readonly AppDrift["state"][];

/** An app of the matrix, whatever the environment. */
export interface App {
  kind: KindName;
  name: string;
  label: string;
}

/** An environment of the matrix, or an org if the spec has no environments. */
export interface Place {
  /** Such as `e3`; the filter uses it. */
  id: string;
  environment: string | undefined;
  org: string;
}

/** A difference with its number on the page, from 1. Its anchor is `d` and the number. */
export interface Difference {
  number: number;
  drift: Drift;
}

/** One app in one environment. Its anchors are `c` and the number (the cell), and `a` (its section, if it has one). */
export interface Entry {
  number: number;
  result: AppDrift;
  place: Place;
  /** Worst first. */
  differences: readonly Difference[];
  /** What is known besides: names and what they are. */
  facts: readonly (readonly [name: string, text: string])[];
}

/** What the page is made of, in its order. */
export interface Contents {
  report: DriftReport;
  apps: readonly App[];
  places: readonly Place[];
  /** Those with differences, worst first. */
  drifted: readonly Entry[];
  unchecked: readonly Entry[];
  /** Mostly one or none; several if several specs name the same app and environment. */
  entriesOf(app: App, place: Place): readonly Entry[];
}

/** Puts a report into the order of the page: numbers its differences, and finds the rows and columns of the matrix. */
export function contentsOf(report: DriftReport): Contents {
  const apps = new Map<string, App>();
  const places = new Map<string, Place>();
  const cells = new Map<string, Entry[]>();
  for (const [index, result] of report.apps.entries()) {
    const app = getOrAdd(apps, appKey(result), () => result);
    const place = getOrAdd(places, placeKey(result.environment, result.org.name), () => ({
      id: `e${places.size}`,
      environment: result.environment,
      org: orgText(result.org),
    }));
    const differences = [...result.drifts]
      .sort((one, other) => rank(one) - rank(other))
      .map((drift) => ({ number: 0, drift }));
    const facts = secretAgeFacts(result, report);
    getOrAdd(cells, cellKey(app, place), () => []).push({
      number: index + 1,
      result,
      place,
      differences,
      facts,
    });
  }
  const entries = [...cells.values()].flat().sort((one, other) => one.number - other.number);
  const drifted = entries
    .filter(({ differences }) => differences.length > 0)
    .sort((one, other) => worstRank(one) - worstRank(other));
  for (const [index, difference] of drifted.flatMap(({ differences }) => differences).entries())
    difference.number = index + 1;
  return {
    report,
    apps: [...apps.values()],
    places: [...places.values()],
    drifted,
    unchecked: entries.filter(({ result }) => result.state === "unchecked"),
    entriesOf: (app, place) => cells.get(cellKey(app, place)) ?? [],
  };
}

/** The severities of some differences, each with its count, worst first. */
export function severityCounts(differences: readonly { drift: Drift }[]): [Severity, number][] {
  return severities
    .map((severity): [Severity, number] => [
      severity,
      differences.filter(({ drift }) => drift.severity === severity).length,
    ])
    .filter(([, count]) => count > 0);
}

const rank = (drift: Drift) => severities.indexOf(drift.severity);
const worstRank = ({ differences: [worst] }: Entry) =>
  worst === undefined ? severities.length : rank(worst.drift);

const appKey = ({ kind, name }: App) => JSON.stringify([kind, name]);
const placeKey = (environment: string | undefined, org: string) => JSON.stringify([environment, org]);
const cellKey = (app: App, place: Place) => `${place.id} ${appKey(app)}`;

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
