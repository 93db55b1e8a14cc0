import type { OrgComponent } from "../../org.ts";
import { newId } from "../../salesforceId.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { canonicalScopes, inOrder, withDefaults } from "./connectedAppContent.ts";
import { checkCallbackUrls, checkEmail, checkFullName } from "./connectedAppRules.ts";
import { consumerCredentials } from "./consumerCredentials.ts";
import { commaSeparated, textElement, textOf } from "./elements.ts";
import {
  applicationOf,
  checkApplication,
  checkHasOAuthSettings,
  checkOAuthPolicies,
  checkScopes,
} from "./externalClientAppRules.ts";
import {
  externalClientApplicationSchema,
  externalClientAppSettingsSchema,
  globalOauthSettingsSchema,
  oauthPoliciesSchema,
  oauthSettingsSchema,
  policiesSchema,
} from "./externalClientAppSchema.ts";
import { componentsOf, type GenericType, genericType, type Saving } from "./genericType.ts";
import type { Draft, SaveContext } from "./metadataType.ts";
import type { ComplexType } from "./schema.ts";

const applicationType: GenericType = {
  schema: externalClientApplicationSchema,
  directoryName: "externalClientApps",
  suffix: "eca",
  keyPrefix: "0xI",
  prepare({ org }, { content, fullName }) {
    checkFullName(fullName);
    const email = textOf(content, "contactEmail");
    if (email !== undefined) checkEmail(email);
    if ((textOf(content, "label") ?? "").length > 80) {
      throw new ComponentProblem("Label: data value too large (max length=80)");
    }
    return {
      content: withDefaults(canonical(content, externalClientApplicationSchema), {
        distributionState: "Local",
        isProtected: "false",
        label: fullName,
        orgScopedExternalApp: `${org.id}:${fullName}`,
      }),
    };
  },
  removed: removeParts,
};

const oauthSettingsPart = part({
  schema: oauthSettingsSchema,
  directoryName: "extlClntAppOauthSettings",
  suffix: "ecaOauth",
  keyPrefix: "0xO",
  prepare(_context, { content }) {
    checkScopes(content);
    const scopes = canonicalScopes(commaSeparated(content, "commaSeparatedOauthScopes")).join(", ");
    return {
      content: canonical(withTexts(content, { commaSeparatedOauthScopes: scopes }), oauthSettingsSchema),
    };
  },
});

const globalOauthSettingsPart = part({
  schema: globalOauthSettingsSchema,
  directoryName: "extlClntAppGlobalOauthSets",
  suffix: "ecaGlblOauth",
  keyPrefix: "0xG",
  prepare: prepareGlobalSettings,
});

const oauthPoliciesPart = part({
  schema: oauthPoliciesSchema,
  directoryName: "extlClntAppOauthPolicies",
  suffix: "ecaOauthPlcy",
  keyPrefix: "0xP",
  prepare(context, { content }) {
    checkOAuthPolicies(context, content);
    return {
      content: withDefaults(canonical(content, oauthPoliciesSchema), {
        ipRelaxationPolicyType: "Enforce",
        isClientCredentialsFlowEnabled: "false",
        permittedUsersPolicyType: "AllSelfAuthorized",
        refreshTokenPolicyType: "Infinite",
      }),
    };
  },
});

const policiesPart = part({
  schema: policiesSchema,
  directoryName: "extlClntAppPolicies",
  suffix: "ecaPlcy",
  keyPrefix: "0xC",
  prepare: (_context, { content }) => ({ content: canonical(content, policiesSchema) }),
});

const settingsType: GenericType = {
  name: "Settings",
  schema: externalClientAppSettingsSchema,
  directoryName: "settings",
  suffix: "settings",
  keyPrefix: "0xS",
  prepare(_context, { content, fullName }) {
    if (fullName !== "ExternalClientApp") {
      throw new ComponentProblem(`In this org there are no settings named ${fullName}`);
    }
    return { content: canonical(content, externalClientAppSettingsSchema) };
  },
  removed: "refused",
};

/** All that belongs to one application. */
const partTypes = [oauthSettingsPart, globalOauthSettingsPart, oauthPoliciesPart, policiesPart];

/**
 * The types of external client apps. Other types of `Settings` than that of these apps do not exist here.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const externalClientAppTypes = [applicationType, ...partTypes, settingsType].map(genericType);

/** A type whose components belong to an application each. */
function part(type: GenericType): GenericType {
  return {
    ...type,
    prepare(context, saving) {
      checkApplication(context, type.schema.name, saving);
      return type.prepare(context, saving);
    },
  };
}

/** The file gives key and secret at creation only. */
function prepareGlobalSettings(context: SaveContext, { content, existing }: Saving) {
  checkHasOAuthSettings(context, content);
  for (const rotation of ["shouldRotateConsumerKey", "shouldRotateConsumerSecret"]) {
    if (textOf(content, rotation) === "true") {
      throw new ComponentProblem(`A local org does not rotate credentials in a deploy: ${rotation}`);
    }
  }
  const callbackUrls = textOf(content, "callbackUrl");
  if (callbackUrls !== undefined) checkCallbackUrls(callbackUrls);
  const consumer = {
    id: newId("888"),
    ...existing?.consumer,
    ...consumerCredentials(context, content, existing?.consumer),
  };
  const kept = withTexts(content, { consumerKey: consumer.consumerKey, consumerSecret: "" });
  const defaults = {
    isClientCredentialsFlowEnabled: "false",
    isConsumerSecretOptional: "false",
    isIntrospectAllTokens: "false",
    isNamedUserJwtEnabled: "false",
    isPkceRequired: "true",
    isSecretRequiredForRefreshToken: "false",
  };
  return { content: withDefaults(canonical(kept, globalOauthSettingsSchema), defaults), consumer };
}

function removeParts(draft: Draft, { fullName }: OrgComponent): void {
  for (const { schema } of partTypes) {
    for (const [name, { content }] of componentsOf(draft, schema.name)) {
      if (applicationOf(content) === fullName) draft.components.get(schema.name)?.delete(name);
    }
  }
}

function canonical(content: XmlElement, type: ComplexType): XmlElement {
  const ordered = inOrder(content, type);
  return { ...ordered, children: ordered.children.filter(({ name }) => name !== "fullName") };
}

/** The element with other texts; an empty text takes an element away, once the result is canonical. */
function withTexts(content: XmlElement, texts: Record<string, string>): XmlElement {
  const others = content.children.filter(({ name }) => !(name in texts));
  const children = [...others, ...Object.entries(texts).map(([name, text]) => textElement(name, text))];
  return { ...content, children };
}
