import { expect, test } from "vitest";
import { messagesOf } from "../../src/messages.ts";
import type { MessageText } from "../../src/messageText.ts";

const spec = messagesOf("spec");

test("a text is filled with its values", () => {
  expect(spec.getMessage("wrongValue", ["kind", '"App"', "ConnectedApp"])).toBe(
    'kind is "App", but must be one of: ConnectedApp.',
  );
});

test("a number is shown in the singular or the plural", () => {
  expect([0, 1, 2].map((count) => spec.getCount("problems", count))).toEqual([
    "0 problems",
    "1 problem",
    "2 problems",
  ]);
});

test("a text that was found elsewhere is put into words, those within it too", () => {
  const text: MessageText<"spec"> = {
    id: "wrongType",
    values: [{ id: "theSpec", values: [] }, { id: "type.object", values: [] }, "x"],
  };
  expect(spec.getText(text)).toBe("The spec must be a map, but is x.");
});

test("what to do about an error is in its actions", () => {
  const { name, message, actions } = spec.createError("environmentNeeded", ["app.yaml", "uat"], ["uat"]);
  expect(name).toBe("EnvironmentNeededError");
  expect(message).toBe("app.yaml has several environments: uat.");
  expect(actions).toEqual(["Choose one of them, for example with --environment uat."]);
});

test("a key that is not there is an error, and does not compile; nor do too few or too many values", () => {
  // @ts-expect-error no such file
  expect(() => messagesOf("nothing").getMessage("summary")).toThrow(/ENOENT.*nothing\.md/);
  // @ts-expect-error no such key
  expect(() => spec.getMessage("nothing")).toThrow(/Missing message/);
  // @ts-expect-error no such key among those that the parts make
  expect(() => spec.getMessage(`type.${"set" as "set" | "null"}`)).toThrow(/Missing message/);
  // @ts-expect-error a value too few
  expect(spec.getMessage("wrongType", ["kind", "a map"])).toContain("%s");
  // @ts-expect-error a value too many
  expect(spec.getMessage("missing", ["kind", "name"])).toBe("kind is missing.");
  // @ts-expect-error too few for the longer of two texts
  expect(spec.getMessage("wrongType" as "missing" | "wrongType", ["kind"])).toContain("%s");
  // @ts-expect-error values of the actions are missing
  expect(spec.createError("environmentNeeded", ["app.yaml", "uat"]).actions?.join()).toContain("%s");
});
