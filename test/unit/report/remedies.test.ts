import { expect, test } from "vitest";
import { changeText, remediesOf } from "../../../src/report/drift/sentences.ts";
import type { AppDrift, Drift, DriftKind } from "../../../src/results/drift.ts";

const drift = (...remedy: string[]): Drift => ({
  ...{ kind: "setting", path: "label", severity: "appearance", remedy },
  place: { file: "a.yaml", line: 1, column: 1 },
});
const repair = "Repair it: sf cpq connectedapp deploy --spec a.yaml";
const accept = (path: string) => `Or accept it: sf cpq connectedapp drift --spec a.yaml --accept ${path}`;

const cases = [
  { title: "no drift", drifts: [], remedies: [] },
  { title: "one drift", drifts: [drift(repair, accept("label"))], remedies: [repair, accept("label")] },
  {
    title: "what several have in common, once, and one command that accepts all of them",
    drifts: [drift(repair, accept("label")), drift(repair, accept("oauth.scopes"))],
    remedies: [repair, `${accept("label")} --accept oauth.scopes`],
  },
  {
    title: "a path once, though two drifts have it",
    drifts: [drift(accept("label")), drift(accept("label"))],
    remedies: [accept("label")],
  },
  {
    title: "what differs, in the order of the drifts",
    drifts: [drift("Unfreeze the user."), drift(repair), drift("Unfreeze the user.")],
    remedies: ["Unfreeze the user.", repair],
  },
  {
    title: "commands for other specs apart",
    drifts: [drift(accept("label")), drift(accept("label").replace("a.yaml", "b.yaml"))],
    remedies: [accept("label"), accept("label").replace("a.yaml", "b.yaml")],
  },
];

test.each(cases)("$title", ({ drifts, remedies }) => expect(remediesOf(drifts)).toEqual(remedies));

const changes: { title: string; kinds: DriftKind[]; text: RegExp }[] = [
  { title: "a setting that differs was changed", kinds: ["setting"], text: /^Changed by somebody/ },
  { title: "a blocked app was changed", kinds: ["appBlocked"], text: /^Changed by somebody/ },
  {
    title: "an app that is not there may never have been",
    kinds: ["appMissing"],
    text: /^Whether the app was ever/,
  },
  { title: "a secret gets older by itself", kinds: ["secretAge"], text: /^$/ },
  { title: "a setting of which only the spec says nothing", kinds: ["unmentioned"], text: /^$/ },
  { title: "a token that fails its checks", kinds: ["verification"], text: /^$/ },
  { title: "one change among others", kinds: ["secretAge", "setting"], text: /^Changed by somebody/ },
  { title: "no drift", kinds: [], text: /^$/ },
];
test.each(changes)("who changed what, where no change is known: $title", ({ kinds, text }) => {
  const drifts = kinds.map((kind) => ({ ...drift(), kind }));
  const org = { name: "uat", id: "00D000000000001AAA", instanceUrl: "https://uat.example.com" };
  const app: AppDrift = {
    ...{ kind: "ConnectedApp", name: "App", label: "App", specFile: "a.yaml", state: "drifted" },
    ...{ org, drifts, changes: [] },
  };
  expect(changeText(app, { checkedAt: "2026-11-24T05:30:12.418Z" })).toMatch(text);
});
