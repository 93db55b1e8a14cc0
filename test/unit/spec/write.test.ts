import { expect, test } from "vitest";
import type { Settings } from "../../../src/app/settings.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { writeSpec } from "../../../src/spec/write.ts";
import { loadText } from "./loadText.ts";

function settingsOf(source: string): Settings {
  const result = loadText(source, "spec.yaml", {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return resolve(result.loaded.app).settings;
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
    "policy.clientCredentials": true,
    "policy.profiles": [],
    "policy.refreshToken": "{inactivity: 48h}",
  };
  expect(settingsOf(writeSpec("ExternalClientApp", "App", settings))).toEqual(settings);
});
