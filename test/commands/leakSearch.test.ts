import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startLocalOrg } from "../../src/localorg/start.ts";
import { folderWith } from "../temporaryFolders.ts";
import { leakSearch } from "./leakSearch.ts";

const { org, accessToken, stop } = await startLocalOrg({ name: "sandbox", isSandbox: true });
afterAll(stop);
const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1aWQifQ.${"s".repeat(40)}`;

describe("the search for secrets in what commands print and write", () => {
  test.each([
    {
      title: "an access token in the output",
      text: `It was ${accessToken}.`,
      args: ["cpq", "connectedapp", "deploy"],
      found: 1,
    },
    { title: "a JWT in the output", text: jwt, args: ["cpq", "connectedapp", "drift"], found: 1 },
    { title: "a token that was asked for", text: jwt, args: ["cpq", "connectedapp", "token"], found: 0 },
    { title: "nothing", text: "Verified.", args: ["cpq", "connectedapp", "deploy"], found: 0 },
  ])("$title: $found found", ({ text, args, found }) => {
    const search = leakSearch([org], folderWith({}), new Set());
    search.seen(args, { status: 0, stdout: text, stderr: "" });
    expect(search.leaks()).toHaveLength(found);
  });

  test("finds it among errors, whatever was asked for, and in files, but those that the test wrote", () => {
    const home = folderWith({ "own.txt": accessToken });
    const search = leakSearch([org], home, new Set(["own.txt"]));
    search.seen(["cpq", "connectedapp", "token"], { status: 1, stdout: "", stderr: accessToken });
    writeFileSync(join(home, "report.html"), accessToken);
    expect(search.leaks()).toEqual(["errors of cpq connectedapp token", "file report.html"]);
    expect(search.counts()).toMatchObject({ outputs: 1, files: 1 });
  });
});
