import type { XmlElement } from "../../../../src/metadata/xmlElement.ts";

/** Elements that say nothing about the app itself, or that each org makes itself. */
const passedOver = ["fullName", "consumerKey", "consumerSecret", "orgScopedExternalApp", "oauthLink"];
const lists = ["callbackUrl", "idTokenAudience", "assetAudiences", "assetTokenAudiences"];
const canonicalScopes: Readonly<Record<string, string>> = {
  Profile: "Basic",
  Email: "Basic",
  Address: "Basic",
  Phone: "Basic",
  OfflineAccess: "RefreshToken",
};

/** What metadata says, one fact a line, without regard to order and form. */
export function meaningOf(root: XmlElement): Set<string> {
  return new Set(factsOf(root, root.name));
}

function factsOf(parent: XmlElement, path: string): string[] {
  return parent.children.flatMap((child) => {
    if (passedOver.includes(child.name)) return [];
    const name = `${path}/${child.name}`;
    if (/^(attributes|customAttributes|ipRanges|trustedIpRanges)$/.test(child.name))
      return [`${name} ${factsOf(child, "").sort().join(" ")}`];
    return child.children.length > 0 ? factsOf(child, name) : textsOf(child).map((text) => `${name}=${text}`);
  });
}

function textsOf({ name, text: source }: XmlElement): string[] {
  const text = source.trim().replace(/\r\n?/g, "\n");
  if (text === "") return [];
  if (lists.includes(name)) return [nonEmpty(text.split("\n")).join("\n")];
  if (/^commaSeparated/.test(name))
    return nonEmpty(text.split(",")).map((one) => canonicalScopes[one] ?? one);
  if (name === "scopes") return [canonicalScopes[text] ?? text];
  if (/^(is|are|should|idTokenInclude|assetInclude|privateApp)/.test(name) && !name.startsWith("isNew"))
    return [text === "1" ? "true" : text === "0" ? "false" : text];
  return [/certificate$/i.test(name) ? base64Of(text) : text];
}

/** A certificate without its form. */
function base64Of(text: string): string {
  return (/-----BEGIN CERTIFICATE-----(.*)-----END/s.exec(text)?.[1] ?? text).replace(/\s/g, "");
}

function nonEmpty(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}
