import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { folderWith } from "../temporaryFolders.ts";
import { commandLine } from "./commandLine.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { home, sf, sfJson, sandbox, write } = await startTestOrgs();
write("app.yaml", specText("App"));
const deploy = ["cpq", "connectedapp", "deploy", "--spec", "app.yaml", "--target-org", sandbox.alias];
const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");
const runs = join(home, ".sf", "cpq-runs");
const store = join(home, ".sf", "cpq-consumers.json");

afterEach(() => {
  for (const place of [runs, store]) rmSync(place, { recursive: true, force: true });
});

// A folder that cannot be written by anybody, an administrator included: a file stands in its place.
test.each([
  { what: "the state of runs", place: runs },
  { what: "pairs", place: store, content: "{" },
])(
  "where $what cannot be kept, nothing is deployed, and one sentence says where",
  async ({ place, content }) => {
    rmSync(place, { recursive: true, force: true });
    writeFileSync(place, content ?? "");
    const { status, stderr } = await sf(...deploy);
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(place);
    expect(stderr).not.toMatch(/^\s+at /m);
    const { json } = await sfJson(...deploy);
    expect(json).toMatchObject({ status: 1, message: expect.stringContaining(place) });
    expect(json.actions).not.toEqual([]);
    expect(sandbox.org.connectedApps.size).toBe(0);
  },
);

test("a home in which no login can be read is named, and is not called one without orgs", async () => {
  const other = folderWith({ ".sf": "", ".sfdx": "", "app.yaml": specText("App") });
  const { status, json } = await commandLine(other).sfJson(...deploy);
  expect({ status, json }).toMatchObject({
    status: 1,
    json: {
      message: expect.stringMatching(/\.sfdx? cannot be read or written/),
      actions: [expect.stringContaining(other)],
    },
  });
  expect(json.message).not.toContain("knows no org");
});

test("a process ends with its verdict, while the org still holds another answer back", async () => {
  sandbox.faults.set([
    { fault: "silence", operation: "readMetadata" },
    { fault: "status", status: 403, path: "^/services/data/v[^/]+/(composite|query|tooling)", times: 100 },
  ]);
  const child = spawn(process.execPath, [entry, ...deploy], {
    cwd: home,
    // It would wait for the answer until the test is over.
    env: { ...process.env, NODE_ENV: "production", HOME: home, HTTP_TIMEOUT: "3600000" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  expect(await once(child, "close"), said).toEqual([1, null]);
  expect(said).toContain("INSUFFICIENT_ACCESS");
  expect(sandbox.faults.seen.map(({ fault }) => fault)).toContain("silence");
  sandbox.faults.set([]);
});
