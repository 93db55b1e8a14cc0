import { afterEach, describe, expect, test } from "vitest";
import type { OrgComponent } from "../../src/localorg/org.ts";
import type { AppDrift } from "../../src/results/drift.ts";
import { allowCredentialAccess, appInOrg } from "./appsInOrg.ts";
import { deployArgs, deployToSandbox } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { makeInSetup, partNamesIn } from "./madeInSetup.ts";

const orgs = await startTestOrgs();
const { sandbox, sf, sfJson, write } = orgs;
const { org } = sandbox;
allowCredentialAccess(org, true);
const spec = (name: string, ...changes: [string, string][]) =>
  write(`${name}.yaml`, specTextOf("ExternalClientApp", name, ...changes));
const app = (name: string) => appInOrg(org, "ExternalClientApp", name);
const drift = (file: string) =>
  sfJson("cpq", "connectedapp", "drift", "--spec", file, "--target-org", "local-sandbox");

describe("profiles, which a deploy adds to those that are granted,", () => {
  const zero = "refreshToken: zero";
  const profiles = (...names: string[]): [string, string] => [
    zero,
    `${zero}\n  profiles: [${names.join(", ")}]`,
  ];
  const granted = (name: string) =>
    app(name)?.texts("commaSeparatedProfile").join().split(/,\s*/).filter(Boolean).sort() ?? [];

  test("are sent once: the next deploy names only new ones", async () => {
    await deployToSandbox(orgs, spec("Adds", profiles("System Administrator")));
    const { status } = await deployToSandbox(
      orgs,
      spec("Adds", profiles("Admin", "Standard User"), ["30m", "5m"]),
    );
    expect(status).toBe(0);
    expect(granted("Adds")).toEqual(["Standard User", "System Administrator"]);
    const again = await deployToSandbox(
      orgs,
      spec("Adds", profiles("Admin", "Standard User"), ["30m", "5m"]),
    );
    expect(again.report.plan.action).toBe("nothing");
  });

  test("stay where the spec says nothing of them", async () => {
    await deployToSandbox(orgs, spec("Keeps", profiles("System Administrator")));
    expect((await deployToSandbox(orgs, spec("Keeps", ["30m", "5m"]))).status).toBe(0);
    expect(granted("Keeps")).toEqual(["System Administrator"]);
  });

  test("are sent after all, if the org takes away what is not sent", async () => {
    await deployToSandbox(orgs, spec("Replaces", profiles("System Administrator")));
    org.behaviour.refuseGrantedProfiles = false;
    let deploys = 0;
    const undo = whenSaved("ExtlClntAppOauthConfigurablePolicies", (policies) => {
      const content = policies.get("Replaces_oauth_defaultPolicy")?.content;
      deploys += 1;
      if (content === undefined || deploys > 1) return;
      content.children = content.children.filter(({ name }) => name !== "commaSeparatedProfile");
    });
    const { status } = await deployToSandbox(
      orgs,
      spec("Replaces", profiles("System Administrator"), ["30m", "5m"]),
    );
    undo();
    org.behaviour.refuseGrantedProfiles = true;
    expect([status, deploys]).toEqual([0, 2]);
    expect(granted("Replaces")).toEqual(["System Administrator"]);
  });

  test("that the spec no longer names are told of, since nobody is sure that a deploy removes them", async () => {
    await deployToSandbox(orgs, spec("Removes", profiles("System Administrator", "Standard User")));
    const { stdout } = await sf(...deployArgs(spec("Removes", profiles("Admin")), "--no-verify"));
    expect(stdout).toMatch(/deploy may not take a profile away \(Standard User\)/);
  });
});

describe("a user who does not see external client apps", () => {
  const administrators = () => {
    const profile = org.profiles.find(({ name }) => name === "System Administrator");
    if (profile === undefined) throw new Error("The org has no administrators.");
    return profile;
  };
  const usual = [...administrators().permissions];
  afterEach(() => {
    administrators().permissions = usual;
  });
  const blind = () => {
    administrators().permissions = usual.filter((name) => !name.startsWith("ExternalClientApp"));
  };

  test("writes over nothing that is hidden, whatever its parts are named", async () => {
    await deployToSandbox(orgs, spec("Ours"));
    await makeInSetup(sandbox, "Theirs");
    for (const name of ["Ours", "Theirs"]) {
      const names = partNamesIn(sandbox, name);
      const before = app(name)?.modifiedAt;
      blind();
      for (const more of [[], ["--dry-run"]]) {
        const { status, json } = await sfJson(...deployArgs(spec(name, ["30m", "5m"]), ...more));
        expect(status, JSON.stringify(json)).toBe(1);
        expect(json).toMatchObject({
          name: "HiddenPartError",
          message: expect.stringMatching(/app itself \(\w+\)/),
          actions: [expect.stringContaining("View all External Client Apps")],
        });
      }
      expect([app(name)?.modifiedAt, partNamesIn(sandbox, name)]).toEqual([before, names]);
      administrators().permissions = usual;
    }
  });

  test("still creates an app that is not there", async () => {
    blind();
    expect((await sf(...deployArgs(spec("New"), "--no-verify"))).status).toBe(0);
    expect(app("New")).toBeDefined();
  });

  test("is not told that an app is missing: it was not checked", async () => {
    const file = spec("Unseen");
    await sf(...deployArgs(file, "--no-verify"));
    blind();
    const { status, json } = await drift(file);
    const [found] = (json.result as { apps: AppDrift[] }).apps;
    expect(status).toBe(1);
    expect(found).toMatchObject({ state: "unchecked", drifts: [] });
    expect(found?.failure?.message).toContain("shows no external client apps to this user");
  });
});

test("an org that keeps its own consumer key and says Succeeded is an error with both keys", async () => {
  const undo = whenSaved("ExtlClntAppGlobalOauthSettings", (settings) => {
    const children = settings.get("Own_Key_glbloauth")?.content.children ?? [];
    for (const child of children) if (child.name === "consumerKey") child.text = "KeyOfTheOrg1";
  });
  const consumer = 'consumer: {key: KeyOfTheSpec1, secret: "${env:CPQ_TEST_SECRET}"}\n';
  const file = write("own-key.yaml", specTextOf("ExternalClientApp", "Own_Key") + consumer);
  const { status, json } = await sfJson(...deployArgs(file));
  undo();
  expect(status).toBe(1);
  expect(json).toMatchObject({
    name: "KeyNotTakenError",
    message: expect.stringMatching(/KeyOfTheOrg1.*own-key\.yaml:\d+:\d+.*KeyOfTheSpec1/),
  });
  expect(JSON.stringify(json)).not.toContain("SecretOfTheEnvironment1");
});

/** Changes what the org keeps of a type by each deploy, before anybody sees it; the function that it returns ends that. */
function whenSaved(type: string, change: (components: Map<string, OrgComponent>) => void): () => void {
  const { components } = org;
  components.set = (name, ofType) => {
    if (name === type) change(ofType);
    return Map.prototype.set.call(components, name, ofType);
  };
  return () => Reflect.deleteProperty(components, "set");
}
