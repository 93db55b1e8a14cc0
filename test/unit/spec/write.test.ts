import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/app/settings.ts";
import { loadSpec } from "../../../src/spec/load.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { editSpec, writeSpec } from "../../../src/spec/write.ts";

function settingsOf(source: string): Settings {
  const result = loadSpec(source, "spec.yaml", {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return resolve(result.loaded.spec).settings;
}

test("a written spec is read as the settings that it was written from", () => {
  const settings: Settings = {
    label: 'Quotes " and: colons #',
    contactEmail: "platform@example.com",
    description: "two\nlines",
    "oauth.callbackUrl": ["https://example.com/a"],
    "oauth.scopes": ["api", "refresh_token"],
    "oauth.clientCredentials.enabled": true,
    "oauth.clientCredentials.runAs": "cpq@example.com",
    "oauth.accessToken.format": "jwt",
    "oauth.accessToken.timeout": "1h",
    "policy.profiles": [],
    "policy.refreshToken": "{inactivity: 2d}",
  };
  expect(settingsOf(writeSpec("ExternalClientApp", "App", settings))).toEqual(settings);
});

describe("an edit", () => {
  const source = `# Top
apiVersion: cpq/v1
kind: ConnectedApp   # why
name: App
label: "App"

# About OAuth
oauth:
  callbackUrl: 'https://example.com'
  scopes: [api]
  ipBinding: true # goes
contactEmail: platform@example.com
`;
  test("keeps comments, order, quotes and blank lines", () => {
    const edited = editSpec(source, {
      set: { kind: "ExternalClientApp" },
      remove: ["oauth.ipBinding"],
      remarks: ["Bye."],
    });
    expect(edited).toBe(
      source
        .replace("ConnectedApp   # why", "ExternalClientApp # why")
        .replace("  ipBinding: true # goes\n", "")
        .concat("\n# Bye.\n"),
    );
  });
});
