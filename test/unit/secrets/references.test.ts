import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noPermissions } from "../../../src/secrets/permissions.ts";
import { redacted } from "../../../src/secrets/redaction.ts";
import { followIfThere, followReference } from "../../../src/secrets/references.ts";
import { folderWith } from "../../temporaryFolders.ts";

const follow = (text: string) => followReference(text, "consumer.secret", noPermissions);

describe("what a reference stands for", () => {
  test("is the value without the line break at its end, and is hidden from then on", async () => {
    const file = join(folderWith({ secret: "SecretOfTheFile1\r\n" }), "secret");
    expect(await follow(`\${file:${file}}`)).toBe("SecretOfTheFile1");
    expect(redacted("It was SecretOfTheFile1.")).toBe("It was [hidden].");
    expect(await follow("plain")).toBe("plain");
  });

  const failures = [
    { title: "a file that is not there", text: "${file:/none/of/that/name}", name: "UnreadableFileError" },
    { title: "an empty file", text: "${file:/dev/null}", name: "EmptyValueError" },
    { title: "a device that never ends", text: "${file:/dev/zero}", name: "UnreadableFileError" },
    { title: "a folder", text: "${file:/}", name: "UnreadableFileError" },
    { title: "a variable that is not set", text: "${env:CPQ_NONE_OF_THAT_NAME}", name: "UnsetVariableError" },
  ];
  test.skipIf(process.platform === "win32").for(failures)(
    "is an error for $title",
    async ({ text, name }) => {
      await expect(follow(text)).rejects.toMatchObject({ name });
    },
  );

  test("is undefined where it may come later", async () => {
    for (const text of ["${env:CPQ_NONE_OF_THAT_NAME}", "${file:/none/of/that/name}"])
      expect(await followIfThere(text, "consumer.key", noPermissions)).toBeUndefined();
  });
});
