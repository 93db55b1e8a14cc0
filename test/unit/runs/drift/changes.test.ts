import { describe, expect, test } from "vitest";
import type { AuditRow } from "../../../../src/org/auditTrail.ts";
import { changesOf } from "../../../../src/runs/drift/changes.ts";

const rowOf = (what: string, more: Partial<AuditRow> = {}): AuditRow => ({
  at: "2026-11-24T02:30:00.000Z",
  by: "admin@example.com",
  delegate: "",
  subject: "Connected Apps updateConnectedApplication",
  what,
  ...more,
});

const app = { label: "CPQ Admin API", labelInOrg: "CPQ Admin API" };
const labels = ["CPQ Admin API", "CPQ Admin API Backup", "Dataloader"];

const rows = [
  { what: "Created Connected App CPQ Admin API", isAboutApp: true },
  { what: "Updated External Client App CPQ Admin API", isAboutApp: true },
  {
    what: 'Changed the callback URL of connected app "CPQ Admin API" to https://example.com',
    isAboutApp: true,
  },
  { what: "For connected app CPQ Admin API, Run As was changed", isAboutApp: true },
  { what: "CPQ Admin API: OAuth scopes changed", isAboutApp: true },
  { what: "CPQ Admin API was blocked (connected app)", isAboutApp: true },
  { what: "Updated Connected App CPQ Admin API Backup", isAboutApp: false, why: "another app's label" },
  {
    what: "Deleted Connected App CPQ Admin API 2",
    isAboutApp: false,
    why: "perhaps that of an app that is gone",
  },
  { what: "Deleted Connected App Old CPQ Admin API", isAboutApp: false, why: "the same" },
  { what: "Updated Connected App CPQ Admin APIs", isAboutApp: false, why: "a longer word" },
  { what: "Updated Connected App XCPQ Admin API", isAboutApp: false, why: "a longer word" },
  { what: "Updated Connected App CPQ Admin API-2", isAboutApp: false, why: "a longer word" },
  {
    what: "Updated Connected App cpq admin api",
    isAboutApp: false,
    why: "another case, perhaps another app",
  },
  { what: "Updated Connected App Dataloader", isAboutApp: false, why: "another app" },
  {
    what: "Created permission set CPQ Admin API",
    subject: "Manage Users PermSetCreate",
    isAboutApp: false,
    why: "no app at all",
  },
  {
    what: "CPQ Admin API Backup was made from CPQ Admin API (connected app)",
    isAboutApp: true,
    why: "both are named",
  },
];

describe("a row of the audit trail", () => {
  test.each(rows)('"$what": about the app: $isAboutApp', ({ what, subject, isAboutApp }) => {
    const row = subject === undefined ? rowOf(what) : rowOf(what, { subject });
    expect(changesOf(app, undefined, [row], labels)).toHaveLength(isAboutApp ? 1 : 0);
  });

  const row = rowOf("Updated Connected App CPQ Admin API");

  test("says nothing when two apps have the label, be they of two kinds", () => {
    expect(changesOf(app, undefined, [row], [...labels, "CPQ Admin API"])).toEqual([]);
  });

  test("says nothing when the org's labels are not known", () => {
    expect(changesOf(app, undefined, [row], undefined)).toEqual([]);
  });

  test("counts by the label in the org too, and by that in the spec only if no other app has it", () => {
    const renamed = { label: "CPQ Admin API", labelInOrg: "Eve" };
    const renaming = rowOf("Updated Connected App Eve");
    expect(changesOf(renamed, undefined, [renaming, row], ["Eve"])).toHaveLength(2);
    expect(changesOf(renamed, undefined, [renaming, row], ["Eve", "CPQ Admin API"])).toEqual([
      { at: renaming.at, by: renaming.by, what: renaming.what },
    ]);
  });

  test("of an app that is gone counts if no other app has its label", () => {
    const gone = { label: "CPQ Admin API", labelInOrg: undefined };
    expect(changesOf(gone, undefined, [row], ["Dataloader"])).toHaveLength(1);
    expect(changesOf(gone, undefined, [row], [])).toHaveLength(1);
    expect(changesOf(gone, undefined, [row], ["CPQ Admin API"])).toEqual([]);
  });

  test("tells who was logged in as somebody", () => {
    const delegated = rowOf("Updated Connected App CPQ Admin API", { delegate: "eve@example.com" });
    expect(changesOf(app, undefined, [delegated], labels)).toMatchObject([
      { by: "admin@example.com", delegate: "eve@example.com" },
    ]);
  });
});

test("the last change of the metadata is told once, the newest change first, five at most", () => {
  const at = (second: number) => `2026-11-24T02:30:0${second}.000Z`;
  const trail = [6, 5, 4, 3, 2].map((second) =>
    rowOf("Updated Connected App CPQ Admin API", { at: at(second) }),
  );
  const metadata = (second: number) => ({ at: at(second).replace(".000", ".417"), by: "Priya Raman" });
  const seconds = (found: { at: string }[]) => found.map((change) => Number(change.at.slice(18, 19)));
  expect(seconds(changesOf(app, metadata(4), trail, labels))).toEqual([6, 5, 4, 3, 2]);
  expect(changesOf(app, metadata(7), trail, labels)[0]).toEqual(metadata(7));
  expect(seconds(changesOf(app, metadata(7), trail, labels))).toEqual([7, 6, 5, 4, 3]);
});
