import { applicationOf, partOf } from "../../../externalClientApp.ts";
import { ownName } from "../../../namespace.ts";
import type { XmlElement } from "../../xmlElement.ts";
import { withDefaults } from "../connectedAppContent.ts";
import { textElement } from "../elements.ts";
import { type GenericType, type Keeping, keep } from "../genericType.ts";
import { oauthPoliciesPart, withOAuthPolicyDefaults } from "./oauthPolicies.ts";
import { policiesPart } from "./policies.ts";

/**
 * Makes the policies of each application that has OAuth and for which nobody deployed policies. The org names those of
 * OAuth after the OAuth settings, the others after the application; a package's namespace is in neither name.
 */
export function addDefaultPolicies(keeping: Keeping): void {
  const { components } = keeping.draft;
  for (const { fullName, content } of [...(components.get("ExtlClntAppOauthSettings")?.values() ?? [])]) {
    const application = applicationOf(content);
    if (!partOf(components, "ExtlClntAppGlobalOauthSettings", application)) continue;
    add(keeping, oauthPoliciesPart, application, fullName, withOAuthPolicyDefaults);
    add(keeping, policiesPart, application, application, (policies) =>
      withDefaults(policies, { isEnabled: "true", isOauthPluginEnabled: "true", startPage: "None" }),
    );
  }
}

function add(
  keeping: Keeping,
  type: GenericType,
  application: string,
  namedAfter: string,
  withPolicies: (content: XmlElement) => XmlElement,
): void {
  if (partOf(keeping.draft.components, type.name, application)) return;
  const fullName = `${ownName(namedAfter)}_defaultPolicy`;
  const children = [textElement("externalClientApplication", application), textElement("label", fullName)];
  keep(keeping, type, fullName, { content: withPolicies({ name: type.name, text: "", children }) });
}
