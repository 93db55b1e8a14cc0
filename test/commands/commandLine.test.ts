import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine } from "./commandLine.ts";
import { specText } from "./localOrgs.ts";

// Commands that run in the tests' process must see and leave as much as if each had one of its own.

/** A user with a spec, and with an org that is known by an alias. */
function userWith(username: string) {
  const line = commandLine();
  const write = (file: string, content: string) => {
    mkdirSync(join(line.home, file, ".."), { recursive: true });
    writeFileSync(join(line.home, file), content);
  };
  const setAlias = (name: string) => write(".sfdx/alias.json", JSON.stringify({ orgs: { uat: name } }));
  write("app.yaml", specText("App"));
  setAlias(username);
  return {
    ...line,
    setAlias,
    deploy: () => line.sf("cpq", "connectedapp", "deploy", "-f", "app.yaml", "-o", "uat"),
  };
}

test("each user has a home of their own, and what it holds is read anew by each command", async () => {
  const [one, other] = [userWith("one@example.com"), userWith("other@example.com")];
  for (const { user, name } of [
    { user: one, name: "one@example.com" },
    { user: other, name: "other@example.com" },
    { user: one, name: "one@example.com" },
  ])
    expect((await user.deploy()).stderr).toContain(`No authorization information found for ${name}`);
  one.setAlias("new@example.com");
  expect((await one.deploy()).stderr).toContain("No authorization information found for new@example.com");
});

test("commands that are started at once do not mix their outputs", async () => {
  const users = ["a", "b", "c"].map((name) => userWith(`${name}@example.com`));
  const results = await Promise.all(users.map(({ deploy }) => deploy()));
  expect(results.map(({ stderr }) => /found for (\w)@/.exec(stderr)?.[1])).toEqual(["a", "b", "c"]);
  expect(results.map(({ status }) => status)).toEqual([1, 1, 1]);
});

test("a command leaves the process as it was", async () => {
  const state = () => ({
    ...{ env: { ...process.env }, folder: process.cwd(), argv: process.argv, exitCode: process.exitCode },
    ...{ write: process.stdout.write, errors: process.stderr.write, input: process.stdin.isTTY },
    listeners: [process.stdout, process.stderr].map((stream) => [
      stream.listenerCount("drain"),
      stream.listenerCount("error"),
    ]),
  });
  const { sf, deploy } = userWith("nobody@example.com");
  const before = state();
  const validate = (...args: string[]) => sf("cpq", "connectedapp", "validate", ...args);
  expect((await validate("-f", "app.yaml")).status).toBe(0);
  expect((await validate("-f", "nowhere.yaml")).status).toBe(2);
  expect((await validate("--nonsense")).status).toBe(2);
  expect(await validate("-f", "")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^Error \(2\): The value of -f is empty\.\n\nTry this:/),
  });
  expect((await deploy()).status).toBe(1);
  expect(state()).toEqual(before);
});
