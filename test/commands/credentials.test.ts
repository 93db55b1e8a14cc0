import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { Credentials, HeldCredentials } from "../../src/results/credentials.ts";
import { commandLine } from "./commandLine.ts";
import { deployToSandbox } from "./deployReports.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, home, sf, sfJson, write } = orgs;
const { myDomainUrl: instanceUrl } = sandbox.org;
const file = write("app.yaml", specText("Callers"));
await deployToSandbox(orgs, file, "--no-verify");
const deployedApp = sandbox.org.connectedApps.get("Callers");
if (deployedApp?.consumerSecret === undefined) throw new Error("The app is not there.");
const { consumerKey: key, consumerSecret: secret } = deployedApp;
const credentials = (verb: string, ...more: string[]) => [
  "cpq",
  "connectedapp",
  "credentials",
  verb,
  ...more,
];
const ofApp = ["--spec", file, "--target-org", "local-sandbox"];

test("show prints the secret only if it is asked for", async () => {
  const shown = await sf(...credentials("show", ...ofApp));
  expect(shown).toMatchObject({ status: 0, stdout: expect.stringContaining(key) });
  expect(shown.stdout + shown.stderr).not.toContain(secret);
  const { json } = await sfJson(...credentials("show", ...ofApp, "--show-secret"));
  expect(json.result).toMatchObject({ name: "Callers", key, secret, from: expect.stringContaining(".sf") });
});

const tokenUrl = `${instanceUrl}/services/oauth2/token`;
const forms: { format: string; expected: string }[] = [
  {
    format: "dotenv",
    expected: `CPQ_TOKEN_URL="${tokenUrl}"\nCPQ_CONSUMER_KEY="${key}"\nCPQ_CONSUMER_SECRET="${secret}"\n`,
  },
  { format: "json", expected: `${JSON.stringify({ tokenUrl, key, secret }, null, 2)}\n` },
  {
    format: "github-env",
    expected: `CPQ_TOKEN_URL=${tokenUrl}\nCPQ_CONSUMER_KEY=${key}\nCPQ_CONSUMER_SECRET=${secret}\n`,
  },
  {
    format: "curl",
    expected: `url = "${tokenUrl}"\ndata-urlencode = "grant_type=client_credentials"\ndata-urlencode = "client_id=${key}"\ndata-urlencode = "client_secret=${secret}"\n`,
  },
];
test.for(forms)("export as $format", async ({ format, expected }) => {
  expect(await sf(...credentials("export", ...ofApp, "--format", format))).toMatchObject({
    status: 0,
    stdout: expected,
  });
});

test("in a GitHub job, export has the runner hide the secret before it prints it", async () => {
  const job = commandLine(home, { variables: { GITHUB_ACTIONS: "true" } });
  const { stderr } = await job.sf(...credentials("export", ...ofApp, "--format", "github-env"));
  expect(stderr).toBe(`::add-mask::${secret}\n`);
});

test("what was copied from Setup is stored through standard input, listed without its secret, and forgotten", async () => {
  const copied = write("copied.yaml", specText("Copied"));
  const args = credentials(
    "store",
    "--spec",
    copied,
    "--target-org",
    "local-sandbox",
    "--key",
    "3MVG9.copied_1",
  );
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "..", "bin", "run.js"), ...args], {
    cwd: home,
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      NODE_ENV: "production",
      SF_DISABLE_TELEMETRY: "true",
      CPQ_STORE_FOLDER: join(home, ".sf"),
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end("CopiedSecret1\n");
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await once(child, "close");
  expect({ status, outputs: await outputs }).toMatchObject({ status: 0 });
  expect((await outputs).join("")).not.toContain("CopiedSecret1");

  const of = ["--spec", copied, "--target-org", "local-sandbox"];
  const { json } = await sfJson(...credentials("show", ...of, "--show-secret"));
  expect(json.result as Credentials).toMatchObject({ key: "3MVG9.copied_1", secret: "CopiedSecret1" });
  const list = (await sfJson(...credentials("list"))).json.result as HeldCredentials;
  expect(list.entries.map(({ name, instanceUrl: url, encrypted }) => ({ name, url, encrypted }))).toEqual([
    { name: "Copied", url: instanceUrl, encrypted: true },
    { name: "Callers", url: instanceUrl, encrypted: true },
  ]);
  expect(JSON.stringify(list)).not.toMatch(/secret/i);

  expect(await sfJson(...credentials("forget", ...of))).toMatchObject({
    status: 0,
    json: { result: { found: true } },
  });
  expect(await sfJson(...credentials("forget", ...of))).toMatchObject({
    status: 0,
    json: { result: { found: false } },
  });
  const gone = await sfJson(...credentials("show", ...of));
  expect(gone).toMatchObject({ status: 1, json: { name: "NotStoredError" } });
});

test("forget --id removes an entry whose org may be gone", async () => {
  const other = write("other.yaml", specText("Other"));
  await deployToSandbox(orgs, other, "--no-verify");
  const id = `${sandbox.org.id}/ConnectedApp/Other`;
  expect((await sf(...credentials("forget", "--id", id))).status).toBe(0);
  const list = (await sfJson(...credentials("list"))).json.result as HeldCredentials;
  expect(list.entries.map((entry) => entry.id)).not.toContain(id);
  expect((await sf(...credentials("list"))).stdout).toMatch(/ {2}\d{4}-\S+T[\d:]{8}Z \(.+ ago\) {2}/);
});
