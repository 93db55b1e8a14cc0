import ansis from "ansis";
import { describe, expect, test } from "vitest";
import type { SettingValue } from "../../../src/app/settings.ts";
import { codeFrame } from "../../../src/project/problemText.ts";
import { planText } from "../../../src/report/plan.ts";
import { verificationText } from "../../../src/report/verification.ts";
import { shownValue } from "../../../src/results/shownValue.ts";

describe("a code frame", () => {
  test("points at the column, with two lines around", () => {
    expect(codeFrame("a\nb\nc: d\ne\nf\ng", 3, 4)).toBe(
      "  1 | a\n  2 | b\n> 3 | c: d\n    |    ^\n  4 | e\n  5 | f",
    );
  });
  test("cuts long lines around the place", () => {
    const frame = codeFrame(`${"x".repeat(100_000)}!${"y".repeat(100_000)}`, 1, 100_001);
    const [line, caret] = frame.split("\n");
    expect(frame.length).toBeLessThan(300);
    expect(line?.[caret?.indexOf("^") ?? -1]).toBe("!");
  });
  test("shows no control characters", () => expect(codeFrame("a\u001b[31mb", 1, 1)).not.toContain("\u001b"));
});

test.each<{ value: SettingValue | undefined; expected: string }>([
  { value: undefined, expected: "(not set)" },
  { value: false, expected: "false" },
  { value: 60, expected: "60" },
  { value: ["api", "web"], expected: "[api, web]" },
  { value: [], expected: "[]" },
  {
    value: [{ range: "10.0.0.0/8", description: "Office" }, { range: "::1" }],
    expected: "[{range: 10.0.0.0/8, description: Office}, {range: ::1}]",
  },
])("the value $value is shown in the spec's words", ({ value, expected }) =>
  expect(shownValue(value)).toBe(expected),
);

describe("a plan", () => {
  const app = { kind: "ConnectedApp", name: "App" };
  test("of an update shows old and new, aligned", () => {
    const plan = {
      action: "update" as const,
      changes: [
        { path: "label" as const, expected: "New", actual: "Old" },
        { path: "oauth.scopes" as const, expected: ["api", "web"], actual: ["api"] },
      ],
      setupOnly: [{ path: "oauth.accessToken.timeout" as const, expected: "30m", actual: "15m" }],
      keptByOrg: [{ path: "oauth.requirePkce" as const, expected: false, actual: true }],
      scopesNotInToken: ["web"],
    };
    expect(ansis.strip(planText(plan, app, "uat"))).toBe(
      [
        "ConnectedApp App in uat: 2 settings change",
        "  ~ label                      Old → New",
        "  ~ oauth.scopes               [api] → [api, web]",
        "  ! oauth.accessToken.timeout  15m → 30m           (only in Setup)",
        "  oauth.requirePkce is false in the spec, but newer orgs keep it at true, whatever is deployed.",
        "  The token will not carry web, which the client credentials flow leaves out.",
      ].join("\n"),
    );
  });
  test("of nothing says so", () => {
    const plan = {
      action: "nothing" as const,
      changes: [],
      setupOnly: [],
      keptByOrg: [],
      scopesNotInToken: [],
    };
    expect(planText(plan, app, "uat")).toBe("ConnectedApp App in uat matches the spec. Nothing to change.");
  });
});

test("a verification has one line a check, and below a failed one what to do", () => {
  const text = verificationText([
    { id: "token", outcome: "passed", detail: "fine", actions: [] },
    { id: "jwt", outcome: "failed", detail: "opaque", actions: ["Do this."] },
  ]);
  expect(ansis.strip(text)).toBe(
    "  ✓ Token issued    fine\n  ✗ Token is a JWT  opaque\n                    Do this.",
  );
});
