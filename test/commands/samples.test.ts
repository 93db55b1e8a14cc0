import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Credentials } from "../../src/results/credentials.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { sandbox, home, sf, sfJson, write } = await startTestOrgs();
const exportAs = (spec: string, format: string) => [
  ...["cpq", "connectedapp", "credentials", "export"],
  ...["--spec", spec, "--target-org", "local-sandbox", "--format", format],
];
let secret = "";

/** A CPQ that sends every caller somewhere else, and whoever follows. */
const followers: string[] = [];
const elsewhere = createServer(({ url = "" }, answer) => {
  if (url.startsWith("/elsewhere")) followers.push(url);
  answer.writeHead(302, { location: `/elsewhere${url}` }).end();
}).listen(0, "127.0.0.1");
afterAll(() => elsewhere.close());

beforeAll(async () => {
  if (!elsewhere.listening) await once(elsewhere, "listening");
  const { port } = elsewhere.address() as AddressInfo;
  write("app.yaml", `${specText("Callers")}cpq:\n  url: ${sandbox.cpqUrl}/\n`);
  write("elsewhere.yaml", `${specText("Callers")}cpq:\n  url: http://127.0.0.1:${port}\n`);
  const ofApp = ["--spec", "app.yaml", "--target-org", "local-sandbox"];
  expect((await sf("cpq", "connectedapp", "deploy", ...ofApp)).status).toBe(0);
  const { json } = await sfJson("cpq", "connectedapp", "credentials", "show", ...ofApp, "--show-secret");
  ({ secret } = json.result as Required<Credentials>);
});

/** A sample, and the real client that runs it. */
interface Sample {
  format: string;
  file: string;
  program: string;
  args?: string[];
  /** The file with the secret, for clients that read no variables of the process. */
  secretIn?: { format: string; file: string };
  /** A call that succeeds if the program is on this machine; those of this project's packages are. */
  needs?: [program: string, argument: string];
  /** An editor shows each answer, and has no exit code for what is in it. */
  hasExitCode?: false;
}

const newman = fileURLToPath(import.meta.resolve("newman/bin/newman.js"));
const httpyac = fileURLToPath(import.meta.resolve("httpyac/bin/httpyac.js"));
const samples: Sample[] = [
  {
    format: "postman-collection",
    file: "call-cpq.postman_collection.json",
    program: process.execPath,
    args: [newman, "run", "--verbose", "--environment", "environment.json"],
    secretIn: { format: "postman", file: "environment.json" },
  },
  {
    format: "http",
    file: "call-cpq.http",
    program: process.execPath,
    args: [httpyac, "--all", "--env", "local-sandbox", "--output", "response"],
    secretIn: { format: "http-env", file: "http-client.private.env.json" },
    hasExitCode: false,
  },
  { format: "shell", file: "call-cpq.sh", program: "sh", needs: ["curl", "--version"] },
  { format: "python", file: "call_cpq.py", program: "python3", needs: ["python3", "--version"] },
  { format: "node", file: "call-cpq.mjs", program: process.execPath },
  {
    format: "java",
    file: "CallCpq.java",
    program: "java",
    // For a program that ends at once, the second compiler is not worth its time.
    args: ["-XX:TieredStopAtLevel=1"],
    // Java without its compiler runs no sources.
    needs: ["javac", "-version"],
  },
];

/** What the command prints, kept in a file of the user. */
async function save(spec: string, format: string, file: string, secretForIt = secret): Promise<string> {
  const { status, stdout, stderr } = await sf(...exportAs(spec, format));
  expect(status, stderr).toBe(0);
  write(file, stdout.replaceAll(secret, secretForIt));
  return stdout;
}

/** Exports a sample into a folder of its own, and runs it there as its user does. */
async function run(sample: Sample, spec: string, withSecret: string) {
  const { format, file, program, args = [], secretIn } = sample;
  const folder = `${format} ${spec} ${withSecret === secret ? "right" : "wrong"}`;
  mkdirSync(join(home, folder));
  expect(await save(spec, format, join(folder, file))).not.toContain(secret);
  if (secretIn !== undefined) await save(spec, secretIn.format, join(folder, secretIn.file), withSecret);
  const child = spawn(program, [...args, file], {
    cwd: join(home, folder),
    env: { ...process.env, NO_COLOR: "1", ...(secretIn ? {} : { CPQ_CONSUMER_SECRET: withSecret }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await once(child, "close")) as [number];
  // newman breaks long lines beside a rule.
  return { status, output: (await outputs).join("").replace(/\n +│ /g, "") };
}

test.for(samples)(
  "$format lists what CPQ has, shows a refusal, and follows no redirect",
  async (sample, { skip }) => {
    const { needs, hasExitCode = true } = sample;
    const missing = needs !== undefined && spawnSync(needs[0], [needs[1]]).status !== 0;
    skip(missing, `${needs?.[0]} is not on this machine`);
    const [listed, refused, redirected] = await Promise.all([
      run(sample, "app.yaml", secret),
      run(sample, "app.yaml", "WrongSecret1"),
      run(sample, "elsewhere.yaml", secret),
    ]);
    expect(listed.status, listed.output).toBe(0);
    for (const name of ["regionalPricing", "Hide express shipping outside the region", "Panel builder"])
      expect(listed.output).toContain(name);
    expect(refused.output).toContain("invalid_client");
    expect(followers).toEqual([]);
    if (hasExitCode) expect([refused.status, redirected.status]).toEqual([1, 1]);
  },
);
