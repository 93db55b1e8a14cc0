import { expect, test } from "vitest";
import { maySendSecrets } from "../../../src/app/thisMachine.ts";

test.each([
  { url: "https://acme.my.salesforce.com", may: true },
  { url: "http://acme.my.salesforce.com", may: false },
  { url: "http://localhost:8080", may: true },
  { url: "http://127.0.0.1", may: true },
  { url: "http://[::1]:1", may: true },
  { url: "http://localhost.example.com", may: false },
  { url: "ftp://localhost", may: false },
])("a secret may be sent to $url: $may", ({ url, may }) => {
  expect(maySendSecrets(new URL(url))).toBe(may);
});
