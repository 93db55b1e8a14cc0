import type { XmlElement } from "../xmlElement.ts";
import { connectedAppSchema } from "./connectedAppSchema.ts";
import { childOf, textElement, textsOf } from "./elements.ts";
import { type ComplexType, isComplex } from "./schema.ts";

const canonicalScopeNames: Record<string, string> = {
  Profile: "Basic",
  Email: "Basic",
  Address: "Basic",
  Phone: "Basic",
  OfflineAccess: "RefreshToken",
};
const oauthDefaults = {
  isAdminApproved: "false",
  isClientCredentialEnabled: "false",
  isCodeCredentialEnabled: "false",
  isCodeCredentialPostOnly: "false",
  isConsumerSecretOptional: "false",
  isIntrospectAllTokens: "false",
  isNamedUserJwtEnabled: "false",
  isPkceRequired: "false",
  isRefreshTokenRotationEnabled: "false",
  isSecretRequiredForRefreshToken: "false",
  isSecretRequiredForTokenExchange: "false",
  isTokenExchangeEnabled: "false",
};
const policyDefaults = { ipRelaxation: "ENFORCE", refreshTokenPolicy: "infinite" };

/**
 * The form in which a retrieve returns an app: elements in alphabetical order, defaults written out, canonical scopes,
 * the consumer key, and never the consumer secret. Empty elements are left out, because they mean "none".
 */
export function canonicalConnectedApp(content: XmlElement, consumerKey: string): XmlElement {
  const ordered = inOrder({ ...content, name: "ConnectedApp" }, connectedAppSchema);
  const oauth = childOf(ordered, "oauthConfig");
  const children = ordered.children.filter(
    (child) => !["fullName", "oauthConfig", "oauthPolicy"].includes(child.name),
  );
  if (oauth) children.push(canonicalOAuth(oauth, consumerKey));
  const policy =
    childOf(ordered, "oauthPolicy") ?? (oauth && { name: "oauthPolicy", text: "", children: [] });
  if (policy) children.push(withDefaults(policy, policyDefaults));
  return { ...ordered, children: sorted(children) };
}

/** Each scope once, by the name that a retrieve returns. */
export function canonicalScopes(scopes: string[]): string[] {
  return [...new Set(scopes.map((scope) => canonicalScopeNames[scope] ?? scope))];
}

function canonicalOAuth(oauth: XmlElement, consumerKey: string): XmlElement {
  const scopes = canonicalScopes(textsOf(oauth, "scopes"));
  const others = oauth.children.filter(
    ({ name }) => !["scopes", "consumerKey", "consumerSecret"].includes(name),
  );
  const children = [
    ...others,
    textElement("consumerKey", consumerKey),
    ...scopes.map((scope) => textElement("scopes", scope)),
  ];
  return withDefaults({ ...oauth, children }, oauthDefaults);
}

/** The element with defaults for what is missing, in alphabetical order. */
export function withDefaults(element: XmlElement, defaults: Record<string, string>): XmlElement {
  const missing = Object.entries(defaults).filter(([name]) => !childOf(element, name));
  return {
    ...element,
    children: sorted([...element.children, ...missing.map(([name, text]) => textElement(name, text))]),
  };
}

/** The element and all within it in alphabetical order, without empty elements. */
function inOrder(element: XmlElement, type: ComplexType): XmlElement {
  const children = element.children.flatMap((child): XmlElement[] => {
    const childType = type.elements[child.name]?.type;
    if (childType !== undefined && isComplex(childType)) return [inOrder(child, childType)];
    return child.text.trim() === "" ? [] : [{ ...child, text: child.text.trim() }];
  });
  return { ...element, children: sorted(children) };
}

/** The element as a retrieve returns it: in order, and without its name, which is that of the file. */
export function canonical(content: XmlElement, type: ComplexType): XmlElement {
  const ordered = inOrder(content, type);
  return { ...ordered, children: ordered.children.filter(({ name }) => name !== "fullName") };
}

/** The element with other texts; an empty text removes an element once the result is canonical. */
export function withTexts(content: XmlElement, texts: Record<string, string>): XmlElement {
  const others = content.children.filter(({ name }) => !(name in texts));
  const children = [...others, ...Object.entries(texts).map(([name, text]) => textElement(name, text))];
  return { ...content, children };
}

/** Elements of one name keep their order. */
function sorted(elements: XmlElement[]): XmlElement[] {
  return elements.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}
