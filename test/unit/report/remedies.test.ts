import { expect, test } from "vitest";
import { remediesOf } from "../../../src/report/drift/sentences.ts";
import type { Drift } from "../../../src/results/drift.ts";

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
