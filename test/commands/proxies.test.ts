import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { spawnedCommandLine } from "./commandLine.ts";
import { deployArgs, reportOf } from "./deployReports.ts";
import { serveByTls, startForwardProxy } from "./forwardProxy.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";
import { selfSignedCertificate } from "./selfSignedCertificate.ts";

const { home, sandbox, production, sf, write } = await startTestOrgs();
const org = sandbox.org.myDomainUrl;

/** Nothing listens on it. */
const deadProxy = "http://user:hidden@127.0.0.1:9";

const inSync = write("in-sync.yaml", `${specText("In_Sync")}cpq: {url: "${sandbox.cpqUrl}"}\n`);
await sf(...deployArgs(inSync));
const drift = ["cpq", "connectedapp", "drift", "--spec", inSync, "--target-org", "local-sandbox", "--verify"];

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The user in another environment: each command is a process of its own, which reads it when it starts. */
function withEnvironment(variables: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return spawnedCommandLine(home);
}

test("each call goes through the proxy: to the org, for the token and its keys, and to the CPQ host", async () => {
  const proxy = await startForwardProxy();
  const file = write("proxied.yaml", `${specText("Proxied")}cpq: {url: "${sandbox.cpqUrl}"}\n`);
  const { status, stdout } = await withEnvironment({ HTTP_PROXY: proxy.url }).sf(...deployArgs(file));
  expect(stdout).toContain("The app is verified");
  expect(status).toBe(0);
  for (const call of [
    `POST ${org}/services/Soap/m/`,
    `GET ${org}/services/data/`,
    `POST ${org}/services/oauth2/token`,
    `GET ${org}/id/keys`,
    `GET ${sandbox.cpqUrl}/`,
  ]) {
    expect(proxy.seen).toContainEqual(expect.stringContaining(call));
  }
});

test("for https, the proxy opens tunnels; the names of the variables may be in lower case", async () => {
  const proxy = await startForwardProxy();
  const certificate = selfSignedCertificate();
  const instanceUrl = await serveByTls(production.org.myDomainUrl, certificate);
  production.org.myDomainUrl = instanceUrl;
  const { AuthInfo } = await import("@salesforce/core");
  await (await AuthInfo.create({ username: production.adminUsername })).save({ instanceUrl });
  const { sf } = withEnvironment({
    https_proxy: proxy.url,
    NODE_EXTRA_CA_CERTS: join(home, write("ca.pem", certificate.cert)),
  });
  const file = write("tunnelled.yaml", specText("Tunnelled"));
  const { status, stdout, stderr } = await sf(
    ...["cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-production"],
  );
  expect(stderr).not.toMatch(/Error/);
  expect(stdout).toContain("The app is verified");
  expect(status).toBe(0);
  const { host } = new URL(instanceUrl);
  expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${host}`]));
});

test("a dead proxy is named, with the variable and without its password", async () => {
  const { sf } = withEnvironment({ HTTP_PROXY: deadProxy });
  const { status, stdout } = await sf(...drift);
  expect(status).toBe(1);
  expect(stdout).toContain("connect ECONNREFUSED 127.0.0.1:9");
  expect(stdout).toContain("HTTP_PROXY names the proxy http://127.0.0.1:9");
  expect(stdout).not.toContain("hidden");
});

test.each([".example.com, LOCALHOST", "*"])(
  "no call goes through the proxy for NO_PROXY=%j",
  async (NO_PROXY) => {
    const { status, stdout } = await withEnvironment({ HTTP_PROXY: deadProxy, NO_PROXY }).sf(...drift);
    expect(stdout).toContain("1 in sync");
    expect(status).toBe(0);
  },
);

test("NO_PROXY may name a port: the org is reached without the proxy, the CPQ host by it", async () => {
  const proxy = await startForwardProxy();
  const { host } = new URL(org);
  const { sf } = withEnvironment({ HTTP_PROXY: proxy.url, NO_PROXY: host });
  expect((await sf(...drift)).status).toBe(0);
  expect(proxy.seen.join("\n")).toContain(sandbox.cpqUrl);
  expect(proxy.seen.join("\n")).not.toContain(org);
});

test("a variable that names no proxy is refused before any call, and its value is not shown", async () => {
  const { sf } = withEnvironment({ HTTP_PROXY: "user:hidden@proxy.example.com:3128" });
  const { status, stderr } = await sf(...deployArgs(inSync));
  expect(status).toBe(1);
  expect(stderr).toContain("The environment variable HTTP_PROXY is not the address of a proxy.");
  expect(stderr).toContain("HTTP_PROXY=http://HOST:PORT");
  expect(stderr).not.toContain("hidden");
});

test("where the way to the token is blocked, the deploy that was made is told, and the exit code is 4", async () => {
  const proxy = await startForwardProxy((address) => address.endsWith("/services/oauth2/token"));
  const { sf, sfJson } = withEnvironment({ HTTP_PROXY: proxy.url });
  const { status, stdout } = await sf(...deployArgs(write("blocked.yaml", specText("Blocked"))));
  expect(stdout).toContain("Created ConnectedApp Blocked in local-sandbox");
  expect(stdout).toMatch(new RegExp(`\\? Token issued .*${org} cannot be reached`));
  expect(stdout).toContain("could not be verified");
  expect(status).toBe(4);
  expect(sandbox.org.connectedApps.has("Blocked")).toBe(true);

  const { json } = await sfJson(...deployArgs(write("blocked2.yaml", specText("Blocked_Too"))));
  expect(json.status).toBe(4);
  const { plan, deployId, verification } = reportOf(json);
  expect({ plan, deployId }).toMatchObject({ plan: { action: "create" }, deployId: expect.any(String) });
  expect(verification).toMatchObject({
    outcome: "unverified",
    checks: [{ id: "token", actions: [expect.stringContaining(proxy.url), expect.any(String)] }],
  });
});

test("local orgs are on this machine, and start without the proxy", async () => {
  vi.stubEnv("HTTP_PROXY", deadProxy);
  const { sf } = spawnedCommandLine();
  const started = await sf("cpq", "localorg", "start", "--background");
  await sf("cpq", "localorg", "stop");
  expect(started).toMatchObject({ status: 0, stderr: "" });
});
