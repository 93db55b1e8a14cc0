import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allowCredentialAccess, kindNames } from "./appsInOrg.ts";
import { reportOf } from "./deployReports.ts";
import { specText, specTextOf, startTestOrgs } from "./localOrgs.ts";

const { sandbox, production, sf, sfJson, write } = await startTestOrgs();
const behaviour = sandbox.org.behaviour;
const usual = { ...behaviour };
allowCredentialAccess(sandbox.org, true);

afterEach(() => {
  Object.assign(behaviour, usual);
});

const deploy = (file: string, ...more: string[]) => [
  "cpq",
  "connectedapp",
  "deploy",
  "--spec",
  file,
  ...more,
];
const toSandbox = ["--target-org", "local-sandbox"];

/** As if nobody had touched the app for a day. */
function changedLongAgo(name: string): void {
  const parts = [...sandbox.org.components.values()].flatMap((components) => [...components.values()]);
  const app = sandbox.org.connectedApps.get(name);
  for (const part of app === undefined ? parts : [app]) part.modifiedAt = Date.now() - 24 * 3_600_000;
}

describe.each(kindNames)("with an app of the kind %s,", (kind) => {
  describe("an org where a new app needs time", () => {
    test("is waited for", async () => {
      behaviour.propagation = 2500;
      const { status, stderr } = await sf(
        ...deploy(write("slow.yaml", specTextOf(kind, "Slow")), ...toSandbox),
      );
      expect(status).toBe(0);
      expect(stderr).toMatch(
        /invalid_client_id; the app may not have reached all of Salesforce.s servers yet, next try in \d+ seconds/,
      );
    });

    test("longer than --wait is exit code 4, with what to do", async () => {
      behaviour.propagation = 3_600_000;
      const file = write("slower.yaml", specTextOf(kind, "Slower"));
      await sf(...deploy(file, ...toSandbox, "--no-verify"));
      const { status, json } = await sfJson(...deploy(file, ...toSandbox, "--wait", "0"));
      expect(status).toBe(4);
      expect(json.status).toBe(4);
      const [check] = reportOf(json).verification?.checks ?? [];
      expect(check).toMatchObject({ id: "token", outcome: "failed" });
      expect(check?.detail).toMatch(
        /does not know the consumer key\. The org's answer: HTTP 400, invalid_client_id/,
      );
      expect(check?.actions.join(" ")).toContain("2 to 10 minutes");
    });
  });

  test("a token that is refused though nothing was changed for half an hour is not waited for", async () => {
    const name = `Settled_${kind}`;
    const file = write("settled.yaml", specTextOf(kind, name));
    expect((await sf(...deploy(file, ...toSandbox))).status).toBe(0);
    changedLongAgo(name);
    behaviour.propagation = 3_600_000 * 24 * 365;
    const { status, stdout, stderr } = await sf(...deploy(file, ...toSandbox, "--wait", "1"));
    expect(status).toBe(4);
    expect(stdout).toContain("invalid_client_id");
    expect(stderr).not.toContain("next try");
  });

  test("a deploy that outlasts --wait is exit code 69, and the next run goes on from there", async () => {
    behaviour.deployTime = 2000;
    const file = write("long.yaml", specTextOf(kind, "Long"));
    const { status, json } = await sfJson(...deploy(file, ...toSandbox, "--wait", "0"));
    expect(status).toBe(69);
    expect(json).toMatchObject({
      name: "InProgressError",
      status: 69,
      actions: expect.arrayContaining([expect.stringMatching(/deploy report/)]),
    });
    behaviour.deployTime = 0;
    // The org takes one deploy after the other.
    const other = await sf(...deploy(write("other.yaml", specTextOf(kind, "Behind")), ...toSandbox));
    expect(other.status).toBe(0);
    const again = await sfJson(...deploy(file, ...toSandbox));
    expect(again).toMatchObject({
      status: 0,
      json: { result: { apps: [{ plan: { action: "nothing" }, verification: { outcome: "passed" } }] } },
    });
  });

  test("an org that blocks the client credentials flow fails the verification, with the switch", async () => {
    behaviour.blockClientCredentialsFlow = true;
    const { status, stdout } = await sf(
      ...deploy(write("blocked.yaml", specTextOf(kind, "Blocked")), ...toSandbox),
    );
    expect(status).toBe(4);
    expect(stdout).toMatch(/✗ Token issued .*unsupported_grant_type/);
    expect(stdout).toContain("Setup → OAuth and OpenID Connect Settings");
  });
});

test("an org that refuses the app's own consumer key on an update takes it without", async () => {
  const file = write("own-key.yaml", specText("Own_Key"));
  expect((await sf(...deploy(file, ...toSandbox))).status).toBe(0);
  behaviour.refuseConsumerKeyOnUpdate = true;
  write(file, specText("Own_Key", ["label: Own_Key", "label: New label"]));
  const { status, stdout } = await sf(...deploy(file, ...toSandbox));
  expect(status).toBe(0);
  expect(stdout).toContain("label  Own_Key → New label");
});

test("an org that creates no connected apps any more is explained, with its own words", async () => {
  behaviour.restrictConnectedApps = true;
  const { status, stderr } = await sf(
    ...deploy(write("restricted.yaml", specText("Restricted")), ...toSandbox),
  );
  expect(status).toBe(1);
  expect(stderr).toContain("restricted.yaml:2:1 kind");
  expect(stderr).toContain(
    "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
  );
  expect(stderr).toContain("Spring '26");
  expect(stderr).toContain("sf cpq connectedapp migrate --spec restricted.yaml");
});

test("a consumer key of the sandbox cannot be used in production, which the org's words say", async () => {
  const spec = `${specText("Both")}consumer: {key: SharedKey12345, secret: "\${env:CPQ_TEST_SECRET}"}\n`;
  const file = write("both.yaml", spec);
  expect((await sf(...deploy(file, ...toSandbox))).status).toBe(0);
  const { status, stderr } = await sf(...deploy(file, "--target-org", "local-production"));
  expect(status).toBe(1);
  expect(stderr).toContain("The consumer key is already taken.");
  expect(production.org.connectedApps.has("Both")).toBe(false);
});

describe("which org", () => {
  const file = write("any.yaml", specText("Any"));
  test.each<{ what: string; args: string[]; name: string; words: RegExp }>([
    { what: "none named, none configured", args: [], name: "NoTargetOrgError", words: /No org is named/ },
    {
      what: "one that the CLI does not know",
      args: ["--target-org", "nowhere"],
      name: "OrgNotFoundError",
      words: /does not know the org nowhere/,
    },
    {
      what: "with an API version that is none",
      args: [...toSandbox, "--api-version", "latest"],
      name: "InvalidApiVersionError",
      words: /latest is not an API version/,
    },
  ])("$what", async ({ args, name, words }) => {
    const { status, json } = await sfJson(...deploy(file, ...args));
    expect(status).toBe(1);
    expect(json).toMatchObject({
      name,
      message: expect.stringMatching(words),
      actions: expect.arrayContaining([expect.any(String)]),
    });
  });

  test("the configured target-org is used where none is named", async () => {
    write("sfdx-project.json", "{}");
    const { status } = await sf(...deploy(file, ...toSandbox, "--dry-run", "--api-version", "60.0"));
    expect(status).toBe(0);
  });
});

describe("an org that answers what no org should", () => {
  let server: Server;
  let answer: RequestListener;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { AuthInfo } = await import("@salesforce/core");
    const username = `odd${randomUUID()}@example.com`;
    const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const authInfo = await AuthInfo.create({
      username,
      accessTokenOptions: {
        accessToken: "00Dodd!odd",
        instanceUrl,
        username,
        orgId: "00D000000000001AAA",
        isDevHub: false,
        namespacePrefix: null,
      },
    } as Parameters<typeof AuthInfo.create>[0]);
    await authInfo.save();
    await authInfo.setAlias("odd");
    return () => {
      server.closeAllConnections();
      server.close();
    };
  });

  const page: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Maintenance</body></html>");
  };
  const refused: RequestListener = (_request, response) => {
    response.writeHead(500, { "content-type": "text/plain" }).end("upstream is down");
  };
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "text/xml", "content-length": "1000" }).write("<soapenv:Envel");
    response.destroy();
  };
  test.each<{ what: string; listener: RequestListener }>([
    { what: "a page", listener: page },
    { what: "HTTP 500", listener: refused },
    { what: "half an answer", listener: cut },
  ])("$what: a clear error, no stack trace", async ({ listener }) => {
    answer = listener;
    const { status, stderr } = await sf(
      ...deploy(write("odd.yaml", specText("Odd")), "--target-org", "odd", "--api-version", "67.0"),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/odd (refused|answered|did not answer) the call \w+/);
    expect(stderr).toContain("Try this:");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
