import { expect, test } from "vitest";
import { messagesOf } from "../../../src/messages.ts";
import { mayPass, meaningOf } from "../../../src/token/refusals.ts";
import type { TokenRefusal } from "../../../src/token/tokenRequest.ts";

const refusal = (error: string, description = "", status = 400): TokenRefusal => ({
  issued: false,
  status,
  error,
  description,
});

test.each([
  ["invalid_client_id", "client identifier invalid", "unknownKey", true],
  ["invalid_client", "invalid client credentials", "wrongSecret", true],
  ["invalid_grant", "no client credentials user enabled", "noRunAsUser", false],
  ["invalid_grant", "request not supported on this domain", "wrongDomain", false],
  ["invalid_grant", "client credentials flow not enabled", "flowDisabled", false],
  ["invalid_grant", "Client credentials flow is disabled for this app", "flowDisabled", false],
  ["unsupported_grant_type", "grant type not supported", "flowDisabled", false],
  ["invalid_app_access", "user is not admin approved to access this app", "notApproved", false],
  ["OAUTH_APP_ACCESS_DENIED", "user is not admin approved to access this app", "notApproved", false],
  ["inactive_user", "user is inactive", "inactiveUser", false],
  ["inactive_org", "organization is locked", "inactiveOrg", false],
  ["rate_limit_exceeded", "login rate exceeded", "rateLimit", true],
  ["something_new", "", "otherRefusal", false],
  ["", "<html>", "noOAuthAnswer", false],
])("%s (%s) means %s", (error, description, meaning, mayPassLater) => {
  const answer = refusal(error, description);
  expect(meaningOf(answer)).toBe(meaning);
  expect(mayPass(answer)).toBe(mayPassLater);
  const messages = messagesOf("token");
  expect(messages.getMessage(`refusal.${meaning}`)).not.toBe("");
  expect(messages.getMessages(`refusal.${meaning}.actions`, ["App", "user"]).join(" ")).not.toContain("%s");
});

test.each([429, 500, 502, 503])("HTTP %d may pass", (status) =>
  expect(mayPass(refusal("", "", status))).toBe(true),
);
