import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { folderWith } from "../temporaryFolders.ts";
import { commandLine, type JsonAnswer } from "./commandLine.ts";
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

test.skipIf(!existsSync("/proc/self")).each([
  // Linux says of what is to be made there that its folder does not exist.
  { HOME: "/proc", names: "/proc/.sfdx" },
  { HOME: "/proc/1/home", names: "/proc/1/home" },
  { HOME: "/dev/null/home", names: "/dev/null/home/.sfdx" },
])("a home in which nothing can be kept, $HOME, is named in one sentence, at once", ({ HOME, names }) => {
  const folder = folderWith({ "app.yaml": specText("App") });
  const { status, stderr } = spawnSync(process.execPath, [entry, ...deploy], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: "production", HOME },
    encoding: "utf8",
    // Node's own way to make a folder would try for ever.
    timeout: 300_000,
  });
  expect(status, stderr).toBe(1);
  expect(stderr).toContain(`${names} cannot be read or written`);
  expect(stderr).toContain(`home folder ${HOME}:`);
  expect(stderr).not.toMatch(/^\s+at |node:|Warning|knows no org/m);
});

test.skipIf(!existsSync("/dev/zero")).each([
  { args: ["validate", "--spec", "/dev/zero"], status: 1, says: /may have at most 1048576/ },
  { args: ["deploy", "--plan", "/dev/zero"], status: 2, says: /\/dev\/zero .*larger than/ },
  { args: ["drift", "merge", "/dev/zero"], status: 1, says: /\/dev\/zero .*larger than/ },
  {
    args: ["deploy", "--plan", "plan.json", "--trusted-keys", "/dev/zero"],
    status: 2,
    says: /\/dev\/zero/,
  },
])("a file that never ends is refused: $args", async ({ args, status, says }) => {
  const { status: ended, stderr } = await sf("cpq", "connectedapp", ...args);
  expect({ status: ended, stderr }).toEqual({ status, stderr: expect.stringMatching(says) });
});

/** A file system of its own, which an administrator of a Linux machine may mount. */
function mountAt(folder: string): boolean {
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]);
  if (status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["-l", folder]));
  return true;
}

const fill = (folder: string) => {
  try {
    writeFileSync(join(folder, "filler"), Buffer.alloc(1024 * 1024));
  } catch {
    // That is what it is for.
  }
};
const makeReadOnly = (folder: string) => void spawnSync("mount", ["-o", "remount,ro", folder]);

describe.each([
  { what: "full", spoil: fill, why: "no space left on device", next: "Make room on the disk" },
  { what: "read-only", spoil: makeReadOnly, why: "read-only file system", next: "that you can write to" },
])("a $what disk", ({ spoil, why, next }) => {
  const expectSentence = ({ message }: JsonAnswer, place: string) => {
    expect(message).toContain(place);
    expect(message).toContain(why);
    expect(message).not.toMatch(/\n\s+at |know/);
  };

  test("below the home: nothing is deployed, and one sentence names the file", async (context) => {
    const folder = folderWith({});
    if (!mountAt(folder)) context.skip("no file system can be mounted here");
    for (const name of [".sf", ".sfdx"]) cpSync(join(home, name), join(folder, name), { recursive: true });
    spoil(folder);
    const variables = { CPQ_STORE_FOLDER: join(folder, ".sf") };
    const { sfJson } = commandLine(folder, { folder: home, variables });
    const { status, json } = await sfJson(...deploy);
    expect(status, json.message).toBe(1);
    expectSentence(json, folder);
    expect(json.actions?.join()).toContain(next);
    expect(sandbox.org.connectedApps.size).toBe(0);
  });

  test("below the project: one sentence names the file", async (context) => {
    const folder = folderWith({});
    if (!mountAt(folder)) context.skip("no file system can be mounted here");
    writeFileSync(join(folder, "app.yaml"), specText("App"));
    spoil(folder);
    const { sfJson } = commandLine(home, { folder });
    const { status, json } = await sfJson(
      "cpq",
      "connectedapp",
      "generate",
      "--spec",
      "app.yaml",
      "-d",
      "made",
    );
    expect(status, json.message).toBe(1);
    expectSentence(json, "made");
  });
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
