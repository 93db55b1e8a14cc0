import { expect, test } from "vitest";
import { SfError } from "../../src/sfError.ts";

test.each([
  {
    title: "a text",
    thrown: "gone",
    error: { name: "SfError", message: "gone", exitCode: 1 },
  },
  {
    title: "an error of Node",
    thrown: new TypeError("no function"),
    error: { name: "TypeError", message: "no function", exitCode: 1 },
  },
  {
    title: "an error of the Salesforce CLI's library",
    thrown: Object.assign(new Error("No org"), {
      name: "NamedOrgNotFoundError",
      actions: ["Log in."],
      exitCode: 2,
      data: { org: "uat" },
    }),
    error: {
      name: "NamedOrgNotFoundError",
      message: "No org",
      actions: ["Log in."],
      exitCode: 2,
      data: { org: "uat" },
    },
  },
  { title: "nothing", thrown: undefined, error: { name: "SfError", message: "undefined", exitCode: 1 } },
])("$title that was thrown takes the shape of our errors", ({ thrown, error }) => {
  const wrapped = SfError.wrap(thrown);
  expect(wrapped).toBeInstanceOf(SfError);
  expect({ ...wrapped, message: wrapped.message, cause: undefined }).toEqual({ ...error, cause: undefined });
  expect(SfError.wrap(wrapped)).toBe(wrapped);
});

test("an error without next steps has no list of them", () => {
  expect(SfError.create({ message: "x", actions: [] }).actions).toBeUndefined();
});
