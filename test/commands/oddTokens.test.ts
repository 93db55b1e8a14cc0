import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Verification } from "../../src/results/check.ts";
import type { DeployResult } from "../../src/results/promotion.ts";
import type { VerifiedApp } from "../../src/results/verified.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { sfJson, sandbox, write } = await startTestOrgs();
const { org, faults } = sandbox;
const { now } = org.behaviour;
const own = org.signingKey;
const hour = 60 * 60_000;
const app = ["--spec", "app.yaml", "--target-org", sandbox.alias];

const commands = [
  { command: "verify", found: (result: unknown) => (result as VerifiedApp).verification },
  { command: "deploy", found: (result: unknown) => (result as DeployResult).apps[0]?.verification },
] as const;

beforeAll(async () => {
  write("app.yaml", specText("App"));
  expect(await sfJson("cpq", "connectedapp", "deploy", ...app)).toMatchObject({ status: 0 });
});

afterEach(() => {
  org.behaviour.now = now;
  faults.set([]);
  Object.defineProperty(org, "signingKey", { value: own, writable: true, configurable: true });
});

/** The Date header of the answer to a token request, so many milliseconds from what it is. */
function dateOff(milliseconds: number): void {
  faults.set([{ fault: "clock", seconds: milliseconds / 1000, path: "/services/oauth2/token" }]);
}

const cases: {
  what: string;
  odd(): void;
  status: number;
  check: Verification["checks"][number]["id"];
  outcome: string;
  words: RegExp;
}[] = [
  {
    what: "names a key that the org does not publish",
    odd: () =>
      Object.defineProperty(org, "signingKey", {
        configurable: true,
        get: () => (faults.seen.at(-1)?.path === "/id/keys" ? { ...own, keyId: "CORE_ATJWT.other" } : own),
      }),
    status: 4,
    check: "signature",
    outcome: "unverified",
    words: /CORE_ATJWT/,
  },
  {
    what: "was issued in five minutes",
    odd: () => {
      org.behaviour.now = () => now() + hour / 12;
    },
    status: 4,
    check: "validity",
    outcome: "failed",
    words: /issued (5 minutes|29\d seconds|30\d seconds) after|becomes valid only/,
  },
  {
    what: "comes from an org whose clock is two hours ahead of this machine's",
    odd: () => {
      org.behaviour.now = () => now() + 2 * hour;
      dateOff(2 * hour);
    },
    status: 0,
    check: "validity",
    outcome: "warning",
    words: /this machine's clock is (120 minutes|7\d{3} seconds) behind/,
  },
  {
    what: "comes with a Date that is two hours off",
    odd: () => dateOff(-2 * hour),
    status: 4,
    check: "validity",
    outcome: "unverified",
    words: /by this machine's clock the token is valid.*two clocks differ by/,
  },
];

describe.each(commands)("$command", ({ command, found }) => {
  test.each(cases)("a token that $what", async ({ odd, status, check, outcome, words }) => {
    odd();
    const { json, ...ended } = await sfJson("cpq", "connectedapp", command, ...app);
    const checks = found(json.result)?.checks ?? [];
    expect({ ...ended, check: checks.find(({ id }) => id === check) }).toMatchObject({
      status,
      check: { outcome, detail: expect.stringMatching(words) },
    });
  });
});
