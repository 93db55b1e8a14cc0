import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { XmlElement } from "../../src/metadata/xmlElement.ts";
import { formatXml } from "../../src/metadata/xmlText.ts";
import { readSpec } from "../../src/project/readSpec.ts";
import type { DeployReport } from "../../src/results/deploy.ts";
import type { DriftReport } from "../../src/results/drift.ts";
import type { Import } from "../../src/results/import.ts";
import { deploy as deployZip, manifestXml, namespace, zipOf } from "../localorg/metadataClients.ts";
import { certificate as oneCertificate, pem } from "../unit/certificates.ts";
import { arbitraryApp } from "../unit/runs/import/arbitraryMetadata.ts";
import { allowCredentialAccess, appInOrg } from "./appsInOrg.ts";
import { outcomes, reportOf } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { installPackage, packageConnectedApp } from "./packagedApp.ts";

const { sandbox, home, sf, sfJson, write } = await startTestOrgs();
allowCredentialAccess(sandbox.org, true);

const connectedApp = (label: string, inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="${namespace}">
    ${inner.includes("<attributes>") ? "" : "<!-- grown over the years -->"}
    <contactEmail>platform@example.com</contactEmail>
    <label>${label}</label>
    ${inner}
</ConnectedApp>`;
const certificate = pem(oneCertificate).replaceAll("\n", "\r\n");

/** An app of the asset token flow. */
function legacyApp(): string {
  return connectedApp(
    "Legacy",
    `<oauthConfig><assetTokenConfig><assetAudiences>https://devices.example.com</assetAudiences><assetIncludeAttributes>true</assetIncludeAttributes>
      <assetIncludeCustomPerms>false</assetIncludeCustomPerms><assetSigningCertId>Asset_Signing</assetSigningCertId><assetValidityPeriod>3600</assetValidityPeriod></assetTokenConfig>
      <callbackUrl>https://example.com/callback</callbackUrl><certificate>${certificate}</certificate><scopes>OpenID</scopes></oauthConfig>`,
  );
}

/** Apps as teams have them. */
const grown: Readonly<Record<string, string>> = {
  Grown_SAML: connectedApp(
    "Single sign-on &#8211; Größe",
    `<samlConfig><acsUrl>https://sp.example.com/acs?a=1&amp;b=2</acsUrl><certificate>${certificate}</certificate><entityUrl>urn:example:sp</entityUrl>
      <samlIdpSLOBindingEnum>PostBinding</samlIdpSLOBindingEnum><samlNameIdFormat>Persistent</samlNameIdFormat><samlSigningAlgoType>SHA256</samlSigningAlgoType>
      <samlSloUrl>https://sp.example.com/slo</samlSloUrl><samlSubjectType>FederationId</samlSubjectType></samlConfig><startUrl>https://sp.example.com</startUrl>`,
  ),
  Grown_Canvas: connectedApp(
    "<![CDATA[Canvas & <Sons>]]>",
    `<attributes><formula>IF($User.IsActive, &quot;yes&quot;,
      &quot;no&quot;)</formula><key>active</key></attributes>
    <canvasConfig><accessMethod>Post</accessMethod><canvasUrl>https://canvas.example.com</canvasUrl><locations>Chatter</locations><locations>PageLayout</locations>
      <options>HideHeader</options><samlInitiationMethod>None</samlInitiationMethod></canvasConfig>
    <oauthConfig><callbackUrl>https://canvas.example.com/callback</callbackUrl><scopes>Profile</scopes><scopes>Email</scopes><scopes>Api</scopes><scopes>OfflineAccess</scopes></oauthConfig>`,
  ),
  Grown_Network: connectedApp(
    "Network",
    `<ipRanges><description>Office, 2nd floor</description><end>10.255.255.255</end><start>10.0.0.0</start></ipRanges>
    <ipRanges><end>192.0.2.9</end><start>192.0.2.1</start></ipRanges><ipRanges><end>2001:DB8:0:0:0:0:0:FFFF</end><start>2001:DB8::</start></ipRanges>
    <oauthConfig><callbackUrl>https://example.com/one
https://example.com/two</callbackUrl><certificate>${certificate}</certificate><isAdminApproved> 1 </isAdminApproved><isPkceRequired>true</isPkceRequired><scopes>Api</scopes></oauthConfig>
    <oauthPolicy><ipRelaxation>ENFORCE_RELAXREFRESH</ipRelaxation><refreshTokenPolicy>specific_inactivity:48:HOURS</refreshTokenPolicy></oauthPolicy>
    <permissionSetName>CPQ Integration</permissionSetName><profileName>System Administrator</profileName><profileName>Standard User</profileName>
    <sessionPolicy><policyAction>Block</policyAction><sessionLevel>HIGH_ASSURANCE</sessionLevel><sessionTimeout>120</sessionTimeout></sessionPolicy>`,
  ),
  Grown_Legacy: legacyApp(),
  Grown_Legacy_Kept: legacyApp(),
  Grown_Legacy_Dropped: legacyApp(),
};

/** Puts apps into the sandbox as an admin would, without this plugin. */
async function putIntoOrg(
  files: Readonly<Record<string, string>>,
  members: Record<string, string[]>,
): Promise<void> {
  const { success, details } = await deployZip(
    sandbox,
    await zipOf({ "package.xml": manifestXml(members), ...files }),
  );
  const problems = details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem}`);
  expect([success, problems]).toEqual([true, []]);
}

const importFrom = (...more: string[]) => sfJson("cpq", "connectedapp", "import", ...more);
const fromSandbox = (...more: string[]) => importFrom("--target-org", "local-sandbox", ...more);
const deployArgs = (path: string) => [
  "cpq",
  "connectedapp",
  "deploy",
  "--spec",
  path,
  "--target-org",
  "local-sandbox",
];
/** What drift finds in the specs of a folder, settings that they do not say included. */
async function strictDrifts(folder: string) {
  const args = ["--spec", folder, "--target-org", "local-sandbox", "--strict"];
  const { json } = await sfJson("cpq", "connectedapp", "drift", ...args);
  const { apps } = json.result as DriftReport;
  return apps.flatMap(({ name, state, drifts }) => (state === "inSync" ? [] : [{ name, state, drifts }]));
}
const plansOf = (result: unknown) =>
  (result as { apps: DeployReport[] }).apps.map(({ app, plan }) => [app.name, plan.action, plan.changes]);

describe("apps that others made", () => {
  beforeAll(async () => {
    const files = Object.entries(grown).map(([name, xml]) => [`connectedApps/${name}.connectedApp`, xml]);
    await putIntoOrg(Object.fromEntries(files), { ConnectedApp: Object.keys(grown) });
    await sf(...deployArgs(write("eca.yaml", specTextOf("ExternalClientApp", "Successor"))));
    await sf(...deployArgs(write("ca.yaml", specTextOf("ConnectedApp", "Own"))));
  });

  test("are imported all at once, and a deploy of their specs changes nothing", async () => {
    const { status, json } = await fromSandbox("--all", "--output-dir", "all");
    expect([status, json.message]).toEqual([0, undefined]);
    const { apps } = json.result as Import;
    expect(apps.map(({ name }) => name).sort()).toEqual([...Object.keys(grown), "Own", "Successor"].sort());
    expect(readdirSync(join(home, "all")).sort()).toEqual(apps.map(({ name }) => `${name}.yaml`).sort());
    const modified = [...sandbox.org.connectedApps.values()].map(({ modifiedAt }) => modifiedAt);
    const again = await sfJson(...deployArgs("all"), "--no-verify");
    expect(again.status).toBe(0);
    for (const [name, action, changes] of plansOf(again.json.result))
      expect([name, action, changes]).toEqual([name, "nothing", []]);
    expect([...sandbox.org.connectedApps.values()].map(({ modifiedAt }) => modifiedAt)).toEqual(modified);
    expect(await strictDrifts("all")).toEqual([]);
  });

  test("are imported by name and kind, with the timeout that only Setup holds, and nothing is overwritten", async () => {
    const { status, json } = await fromSandbox(
      "--name",
      "Own",
      "--name",
      "Successor",
      "--kind",
      "ConnectedApp",
      "-d",
      "named",
    );
    expect([status, json.name]).toEqual([1, "ImportFailed"]);
    // What the spec that was written does not say is told here too.
    expect(json.message).toMatch(/Wrote named\/Own\.yaml \(ConnectedApp Own\)\n {2}The consumer secret/);
    expect(json.data).toMatchObject({ apps: [{ name: "Own", notes: [expect.stringMatching(/secret/)] }] });
    expect(json.message).toContain("local-sandbox  There is no app with the API name or label Successor.");
    expect(readdirSync(join(home, "named"))).toEqual(["Own.yaml"]);
    expect(readFileSync(join(home, "named", "Own.yaml"), "utf8")).toMatch(/timeout: 30m/);
    const again = await fromSandbox("--name", "Own", "-d", "named");
    expect([again.status, again.json.message]).toEqual([
      1,
      expect.stringMatching(/named\/Own\.yaml {2}This file exists already/),
    ]);
  });

  test("of the legacy asset token flow are recognised", async () => {
    const { json } = await fromSandbox("--name", "Grown_Legacy", "-d", "legacy");
    const [app] = (json.result as Import).apps;
    expect(app).toMatchObject({
      isLegacy: true,
      notes: expect.arrayContaining([expect.stringContaining("--migrate")]),
    });
    expect(readFileSync(join(home, "legacy", "Grown_Legacy.yaml"), "utf8")).toContain(
      "legacy asset token flow",
    );
  });

  test.each([
    { folder: "kept", name: "Grown_Legacy_Kept", more: [], isKept: true },
    { folder: "dropped", name: "Grown_Legacy_Dropped", more: ["--drop-legacy"], isKept: false },
  ] as const)(
    "of that flow give JWTs once they are migrated; the asset token is $folder",
    async ({ folder, name, more, isKept }) => {
      await fromSandbox("--name", name, "--migrate", ...more, "-d", folder);
      const file = join(folder, `${name}.yaml`);
      const text = readFileSync(join(home, file), "utf8");
      expect(text).toMatch(
        /# New: the caller.*\n {2}clientCredentials:\n( {4}#.*\n)+ {4}runAs: \$\{env:CPQ_RUN_AS\}\n/,
      );
      const unset = await sfJson(...deployArgs(file));
      expect([unset.status, unset.json.message]).toEqual([
        1,
        expect.stringContaining("CPQ_RUN_AS is not set"),
      ]);
      const app = sandbox.org.connectedApps.get(name);
      if (app === undefined) throw new Error(`${name} is not there.`);
      app.consumerSecret = "SecretOfTheEnvironment1";
      const consumer = `consumer: {key: "${app.consumerKey}", secret: "\${env:CPQ_TEST_SECRET}"}`;
      write(
        file,
        text
          .replace("${env:CPQ_RUN_AS}", "cpq.integration@example.com")
          .replace(/^consumer:\n {2}key: .*$/m, () => consumer),
      );
      const { status, json } = await sfJson(...deployArgs(file));
      expect(status).toBe(0);
      expect(reportOf(json).plan.action).toBe("update");
      expect(outcomes(reportOf(json))).toMatchObject({ token: "passed", jwt: "passed", subject: "passed" });
      expect(appInOrg(sandbox.org, "ConnectedApp", name)?.texts("assetAudiences")).toHaveLength(
        isKept ? 1 : 0,
      );
      const again = await sfJson(...deployArgs(file), "--no-verify");
      expect(reportOf(again.json).plan).toMatchObject({ action: "nothing", changes: [] });
    },
  );

  test("are verified once their spec says where key and secret are", async () => {
    await fromSandbox("--name", "Successor", "-d", "verified");
    const { json } = await sfJson(...deployArgs(join("verified", "Successor.yaml")));
    expect(outcomes(reportOf(json))).toMatchObject({ token: "passed", jwt: "passed" });
  });
});

describe.each(["ConnectedApp", "ExternalClientApp"] as const)("generated apps of the kind %s", (kind) => {
  const folder = `generated-${kind}`;
  test("are imported from an org, and a deploy of their specs changes nothing", async () => {
    // Users, profiles and permission sets are the org's own, and elements that nobody knows it refuses.
    const refused =
      /^(isNew.*|.*[pP]rofile(Name)?|.*[pP]ermissionSet(Name)?|oauthClientCredentialUser|clientCredentialsFlowUser|plugin(ExecutionUser)?)$/;
    const apps = fc.sample(arbitraryApp(kind), { seed: 20_260_101, numRuns: 8 });
    const files: Record<string, string> = {};
    const members: Record<string, string[]> = {};
    const { kinds } = await import("../../src/metadata/kinds.ts");
    for (const [index, app] of apps.entries()) {
      const issuesJwts = app.ExtlClntAppGlobalOauthSettings?.children.some(
        ({ name, text }) => name === "isNamedUserJwtEnabled" && text === "true",
      );
      // The org takes a kind of timeout only from an app that issues JWTs.
      const isTaken = ({ name }: XmlElement) =>
        !refused.test(name) && (issuesJwts || name !== "namedUserJwtSessionTimeoutType");
      for (const component of kinds[kind].components) {
        const content = app[component.type];
        if (content === undefined) continue;
        const name = `${kind}_${index}`;
        const taken = (parent: XmlElement): XmlElement => ({
          ...parent,
          text: parent.name === "externalClientApplication" ? name : parent.text,
          children: parent.children.filter(isTaken).map(taken),
        });
        const fullName = component.appElement === undefined ? name : `Made_in_Setup_${index}`;
        files[`${component.folder}/${fullName}.${component.suffix}`] = formatXml(taken(content));
        members[component.type] = [...(members[component.type] ?? []), fullName];
      }
    }
    await putIntoOrg(files, members);
    const names = apps.flatMap((_app, index) => ["--name", `${kind}_${index}`]);
    const { status, json } = await fromSandbox(...names, "-d", folder);
    expect([status, json.message]).toEqual([0, undefined]);
    expect((json.result as Import).apps).toHaveLength(apps.length);
    const again = await sfJson(...deployArgs(folder), "--no-verify");
    for (const [name, action, changes] of plansOf(again.json.result))
      expect([name, action, changes]).toEqual([name, "nothing", []]);
    expect(await strictDrifts(folder)).toEqual([]);
  });
});

describe("an app of an org", () => {
  beforeAll(async () => {
    const specs = [
      write("a.yaml", specTextOf("ConnectedApp", "Named_A", ["label: Named_A", "label: Price Book"])),
      write("b.yaml", specTextOf("ExternalClientApp", "Named_B", ["label: Named_B", "label: Twin label"])),
      write("c.yaml", specTextOf("ConnectedApp", "Named_C", ["label: Named_C", "label: Twin label"])),
      write("d.yaml", specTextOf("ConnectedApp", "Conn")),
    ];
    for (const spec of specs) expect((await sf(...deployArgs(spec), "--no-verify")).status).toBe(0);
    packageConnectedApp(sandbox, "acme", "Conn");
    await installPackage(sandbox, "acme", "Cloud");
  });

  test("is found by its label, with its consumer key in the spec", async () => {
    const { status, json } = await fromSandbox("--name", "Price Book", "-d", "label");
    expect([status, json.message]).toEqual([0, undefined]);
    expect((json.result as Import).apps).toMatchObject([{ name: "Named_A", file: "label/Named_A.yaml" }]);
    const { app: spec } = readSpec(join(home, "label/Named_A.yaml"));
    expect(spec.consumer).toEqual({ key: sandbox.org.connectedApps.get("Named_A")?.consumerKey });
  });

  test("whose label another one has too has to be named by its API name", async () => {
    const { status, json } = await fromSandbox("--name", "Twin label", "-d", "twin");
    expect(status).toBe(1);
    expect(json.message).toMatch(
      /Several apps have the label Twin label: ConnectedApp Named_C, ExternalClientApp Named_B\. Use the API name/,
    );
    expect((await fromSandbox("--name", "Named_B", "-d", "twin")).status).toBe(0);
  });

  test("that a package brought is passed over by --all, and imported by its name", async () => {
    const { status, json } = await fromSandbox("--all", "--exclude", "Grown_*", "-d", "not-packaged");
    expect([status, json.message]).toEqual([0, undefined]);
    expect(json.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^ConnectedApp acme__Conn was skipped, because it belongs to the package acme,/,
        ),
        expect.stringMatching(/^ExternalClientApp acme__Cloud was skipped/),
      ]),
    );
    expect(json.warnings).toContain(
      "ConnectedApp Grown_SAML was skipped, because its name matches --exclude Grown_*.",
    );
    const names = (json.result as Import).apps.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["Named_A", "Named_B", "Named_C"]));
    expect(names.filter((name) => /^(Grown_|acme__)/.test(name))).toEqual([]);
    for (const name of ["acme__Conn", "acme__Cloud"]) {
      const named = await fromSandbox("--name", name, "-d", "packaged");
      expect([named.status, named.json.message]).toEqual([0, undefined]);
      const text = readFileSync(join(home, "packaged", `${name}.yaml`), "utf8");
      expect(text).not.toMatch(/consumer/);
      expect((await sf("cpq", "connectedapp", "validate", "--spec", `packaged/${name}.yaml`)).stderr).toBe(
        "",
      );
    }
    expect(await strictDrifts("packaged")).toEqual([]);
  });

  test("with further components is told of them, and they stay as they are", async () => {
    const type = "ExtlClntAppOauthSecuritySettings";
    const [part] = sandbox.org.components.get("ExtlClntAppOauthSettings")?.values() ?? [];
    if (part === undefined) throw new Error("There is no external client app.");
    const children = [{ name: "externalClientApplication", text: "Named_B", children: [] }];
    const further = { ...part, fullName: "B_security", content: { name: type, text: "", children } };
    sandbox.org.components.set(type, new Map([["B_security", further]]));
    const { json } = await fromSandbox("--name", "Named_B", "-d", "further");
    const [app] = (json.result as Import).apps;
    expect(app?.notes.join()).toMatch(/B_security \(ExtlClntAppOauthSecuritySettings\) belongs to the app/);
    expect((await sf(...deployArgs("further/Named_B.yaml"), "--no-verify")).status).toBe(0);
    expect(sandbox.org.components.get(type)?.get("B_security")).toEqual(further);
  });
});

test("wrong usage is exit code 2", async () => {
  expect((await sf("cpq", "connectedapp", "import", "--target-org", "local-sandbox")).status).toBe(2);
  expect((await sf("cpq", "connectedapp", "import", "--all", "--source-dir", ".")).status).toBe(2);
  expect((await sf("cpq", "connectedapp", "import", "--all", "--drop-legacy")).status).toBe(2);
  expect((await sf("cpq", "connectedapp", "import", "--name", "A", "--exclude", "B")).status).toBe(2);
});

test("what people read names the files, and what is not known", async () => {
  write("Mine.connectedApp-meta.xml", grown.Grown_Network ?? "");
  const { status, stdout } = await sf(
    "cpq",
    "connectedapp",
    "import",
    "--source-dir",
    "Mine.connectedApp-meta.xml",
    "-d",
    "mine",
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^Wrote mine\/Mine\.yaml \(ConnectedApp Mine\)\n {2}The consumer secret is not known/,
  );
});
