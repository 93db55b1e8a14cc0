import { administrator } from "./administrator.ts";
import { newConsumerKey, newConsumerSecret } from "./metadata/types/consumerCredentials.ts";
import { textElement } from "./metadata/types/elements.ts";
import { addDefaultPolicies } from "./metadata/types/externalClientApp/defaultPolicies.ts";
import { keep } from "./metadata/types/genericType.ts";
import type { Org, OrgConsumer } from "./org.ts";
import { newId } from "./salesforceId.ts";

/** An external client app as a package brings it. */
export interface PackagedApp {
  namespace: string;
  /** API name, without the namespace. */
  name: string;
  label: string;
  /** Words of metadata, such as `Api`. */
  scopes: readonly string[];
  /** Elements of the global OAuth settings, such as `isNamedUserJwtEnabled`, in alphabetical order. */
  globalOauthSettings?: Record<string, string>;
}

/**
 * Installs an external client app of a package. The app and its OAuth settings have the namespace and cannot be changed;
 * the global OAuth settings stay with the vendor; the policies are the org's own, without the namespace.
 *
 * @returns the consumer that the vendor knows
 */
export function installPackagedApp(org: Org, app: PackagedApp): OrgConsumer {
  const { label } = app;
  const application = `${app.namespace}__${app.name}`;
  const keeping = { org, draft: org, user: administrator(org) };
  const consumer = { id: newId("888"), consumerKey: newConsumerKey(), consumerSecret: newConsumerSecret() };
  const add = (type: { name: string; keyPrefix: string }, fullName: string, texts: object, own = {}) => {
    const children = Object.entries(texts).map(([name, text]) => textElement(name, text));
    keep(keeping, type, fullName, { content: { name: type.name, text: "", children }, ...own });
  };
  add({ name: "ExternalClientApplication", keyPrefix: "0xI" }, application, {
    distributionState: "Managed",
    label,
  });
  add({ name: "ExtlClntAppOauthSettings", keyPrefix: "0xO" }, `${application}_oauth`, {
    commaSeparatedOauthScopes: app.scopes.join(", "),
    externalClientApplication: application,
    label,
  });
  add(
    { name: "ExtlClntAppGlobalOauthSettings", keyPrefix: "0xG" },
    `${application}_glbloauth`,
    { externalClientApplication: application, ...app.globalOauthSettings },
    { consumer },
  );
  addDefaultPolicies(keeping);
  return consumer;
}
