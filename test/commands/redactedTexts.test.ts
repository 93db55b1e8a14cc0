import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { driftFormats } from "../../src/report/drift/formats.ts";
import { deployToSandbox } from "./deployReports.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, home, sf, write } = orgs;

test("an org that repeats the session Id of an expired session: no report, error or JSON answer shows it", async () => {
  const file = write("expired.yaml", specText("Expired"));
  await deployToSandbox(orgs, file, "--no-verify");
  const sessionIds = [...sandbox.org.sessions.keys()];
  expect(sessionIds.length).toBeGreaterThan(0);
  sandbox.org.sessions.clear();

  const reports = driftFormats.flatMap((format) => ["--format", format, "--output", `drift.${format}`]);
  const ofApp = ["--spec", file, "--target-org", "local-sandbox"];
  const ends = [
    await sf("cpq", "connectedapp", "drift", ...ofApp, ...reports),
    await sf("cpq", "connectedapp", "drift", ...ofApp),
    await sf("cpq", "connectedapp", "drift", ...ofApp, "--json"),
    await sf("cpq", "connectedapp", "deploy", ...ofApp),
    await sf("cpq", "connectedapp", "deploy", ...ofApp, "--json"),
    await sf("cpq", "connectedapp", "import", "--name", "Expired", "--target-org", "local-sandbox"),
    await sf("cpq", "connectedapp", "import", "--name", "Expired", "--target-org", "local-sandbox", "--json"),
  ];
  expect(ends.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  const texts = [
    ...ends.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...driftFormats.map((format) => readFileSync(join(home, `drift.${format}`), "utf8")),
  ];
  expect(texts.join("\n")).toContain("[hidden]");
  for (const id of sessionIds) expect(texts.filter((text) => text.includes(id))).toEqual([]);
});
