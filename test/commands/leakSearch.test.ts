import { mkdirSync, writeFileSync } from "node:fs";
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
    ...[
      {
        form: "in base64, behind a key and a colon",
        text: Buffer.from(`key:${accessToken}`).toString("base64"),
      },
      { form: "in base64 for addresses", text: Buffer.from(`a${accessToken}b`).toString("base64url") },
      { form: "as in an address", text: `?token=${encodeURIComponent(accessToken)}` },
      { form: "in hexadecimal", text: Buffer.from(accessToken).toString("hex") },
      { form: "over two lines", text: `${accessToken.slice(0, 20)}\n  ${accessToken.slice(20)}` },
    ].map(({ form, text }) => ({
      title: `an access token ${form}`,
      text,
      args: ["cpq", "connectedapp", "deploy"],
      found: 1,
    })),
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
    // The Salesforce CLI's folder keeps logins, but no log may.
    mkdirSync(join(home, ".sf"));
    writeFileSync(join(home, ".sf", "login.json"), accessToken);
    writeFileSync(join(home, ".sf", "sf-2026-11-27.log"), accessToken);
    expect(search.leaks().sort()).toEqual([
      "errors of cpq connectedapp token",
      `file ${join(".sf", "sf-2026-11-27.log")}`,
      "file report.html",
    ]);
    expect(search.counts()).toMatchObject({ outputs: 1, files: 2 });
  });
});
