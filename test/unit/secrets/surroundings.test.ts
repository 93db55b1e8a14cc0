import { utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isForStranger, isLasting } from "../../../src/secrets/surroundings.ts";
import { folderWith } from "../../temporaryFolders.ts";

const hour = 3_600_000;

const stores: {
  title: string;
  variables?: Record<string, string>;
  hasTerminal?: boolean;
  /** Age of the oldest file in the home, in milliseconds; without one there is none. */
  age?: number;
  /** Of an org elsewhere by default. */
  host?: string;
  lasting: boolean;
}[] = [
  { title: "a person's machine", hasTerminal: true, age: 30 * 24 * hour, lasting: true },
  { title: "a person's new machine", hasTerminal: true, lasting: true },
  { title: "a scheduled task on a machine that lasts", age: 2 * hour, lasting: true },
  { title: "a container without a person, in a new home", age: 60_000, lasting: false },
  { title: "a container in an empty home", lasting: false },
  { title: "a container whose org is inside it", host: "localhost", lasting: true },
  {
    title: "a pipeline whose org is on its machine",
    variables: { CI: "true" },
    host: "localhost",
    lasting: false,
  },
  { title: "a pipeline", variables: { CI: "true" }, age: 30 * 24 * hour, lasting: false },
  { title: "Azure Pipelines", variables: { TF_BUILD: "True" }, hasTerminal: true, lasting: false },
  { title: "Jenkins", variables: { JENKINS_URL: "https://ci.example.com" }, age: 2 * hour, lasting: false },
  { title: "CI that says no", variables: { CI: "false" }, age: 2 * hour, lasting: true },
  {
    title: "a pipeline with a folder that lasts",
    variables: { CI: "1", CPQ_STORE_FOLDER: "/v" },
    lasting: true,
  },
];
test.for(stores)(
  "$title: what is stored lasts: $lasting",
  ({ variables = {}, hasTerminal = false, age, host = "acme.my.salesforce.com", lasting }) => {
    const folder = folderWith(age === undefined ? {} : { "key.json": "{}" });
    const now = Date.now();
    if (age !== undefined) utimesSync(join(folder, "key.json"), (now - age) / 1000, (now - age) / 1000);
    const folders = [join(folder, "missing"), folder];
    expect(isLasting({ variables, hasTerminal, folders, host, now })).toBe(lasting);
  },
);

const github = (head: string | undefined, base = "acme/apps") => {
  const repo = head === undefined ? null : { full_name: head };
  const event = { pull_request: { head: { repo }, base: { repo: { full_name: base } } } };
  return join(folderWith({ "event.json": JSON.stringify(event) }), "event.json");
};

const requests: { title: string; variables: () => Record<string, string>; stranger: boolean }[] = [
  { title: "no pipeline", variables: () => ({}), stranger: false },
  { title: "a push on GitHub", variables: () => ({ GITHUB_EVENT_NAME: "push" }), stranger: false },
  {
    title: "a pull request of the same repository on GitHub",
    variables: () => ({ GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: github("acme/apps") }),
    stranger: false,
  },
  {
    title: "a fork's pull request on GitHub, with the repository's secrets",
    variables: () => ({
      GITHUB_EVENT_NAME: "pull_request_target",
      GITHUB_EVENT_PATH: github("mallory/apps"),
    }),
    stranger: true,
  },
  {
    title: "a fork that was deleted on GitHub",
    variables: () => ({ GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: github(undefined) }),
    stranger: true,
  },
  {
    title: "a pull request whose event cannot be read",
    variables: () => ({ GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: "/nowhere/event.json" }),
    stranger: true,
  },
  {
    title: "a merge request of the same project on GitLab",
    variables: () => ({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "7", CI_MERGE_REQUEST_PROJECT_ID: "7" }),
    stranger: false,
  },
  {
    title: "a fork's merge request on GitLab",
    variables: () => ({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "8", CI_MERGE_REQUEST_PROJECT_ID: "7" }),
    stranger: true,
  },
  {
    title: "a fork's pull request on Azure",
    variables: () => ({ BUILD_REASON: "PullRequest", SYSTEM_PULLREQUEST_ISFORK: "True" }),
    stranger: true,
  },
  {
    title: "a pull request of the same repository on Azure",
    variables: () => ({ BUILD_REASON: "PullRequest", SYSTEM_PULLREQUEST_ISFORK: "False" }),
    stranger: false,
  },
  {
    title: "a fork's change on Jenkins",
    variables: () => ({ CHANGE_ID: "12", CHANGE_FORK: "mallory" }),
    stranger: true,
  },
];
test.for(requests)("$title is a stranger's: $stranger", ({ variables, stranger }) => {
  expect(isForStranger(variables())).toBe(stranger);
});
