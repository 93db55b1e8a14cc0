import { expect, test } from "vitest";
import { lacksEntries, withoutRepeats } from "../../../src/metadata/additions.ts";
import type { MetadataFile } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { element, textsAt } from "../../../src/metadata/xmlElement.ts";

const type = "ExtlClntAppOauthConfigurablePolicies";
const component = kinds.ExternalClientApp.components.find((one) => one.type === type);

function policies(profiles: string | undefined): MetadataFile {
  if (component === undefined) throw new Error(`There is no ${type}.`);
  const children = profiles === undefined ? [] : [element("commaSeparatedProfile", profiles)];
  return { component, fullName: "X_oauth_defaultPolicy", content: element(type, "", children) };
}

test.each([
  { wanted: "Admin,Standard", granted: undefined, sent: ["Admin,Standard"] },
  { wanted: "Admin,Standard", granted: "Admin", sent: ["Standard"] },
  { wanted: "Admin", granted: "Standard, Admin", sent: [] },
  { wanted: undefined, granted: "Admin", sent: [] },
  { wanted: "", granted: "Admin", sent: [""] },
])("of the profiles $wanted, with $granted granted already, $sent are sent", ({ wanted, granted, sent }) => {
  const files = [policies(wanted)];
  const [file] = withoutRepeats("ExternalClientApp", files, [policies(granted)]);
  expect(textsAt(file?.content ?? element(type), ["commaSeparatedProfile"])).toEqual(sent);
});

test("a file that repeats nothing is left as it is", () => {
  const files = [policies("Admin")];
  expect(withoutRepeats("ExternalClientApp", files, [policies("Standard")])[0]).toBe(files[0]);
});

test("profiles that are no longer granted are noticed", () => {
  const files = [policies("Admin,Standard")];
  expect(lacksEntries("ExternalClientApp", files, [policies("Standard,Admin,Other")])).toBe(false);
  expect(lacksEntries("ExternalClientApp", files, [policies("Admin")])).toBe(true);
  expect(lacksEntries("ExternalClientApp", files, [])).toBe(true);
});
