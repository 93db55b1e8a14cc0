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
  EXTERNAL_CLIENT_APP_SETTINGS,
  EXTERNAL_CLIENT_APPLICATION,
  GLOBAL_OAUTH_SETTINGS,
  OAUTH_POLICIES,
  OAUTH_SETTINGS,
  POLICIES,
} from "./externalClientAppSchema.ts";
import { componentsOf, type GenericType, genericType, type Saving } from "./genericType.ts";
import type { Draft, SaveContext } from "./metadataType.ts";
import type { ComplexType } from "./schema.ts";

const APPLICATION: GenericType = {
  schema: EXTERNAL_CLIENT_APPLICATION,
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
      content: withDefaults(canonical(content, EXTERNAL_CLIENT_APPLICATION), {
        distributionState: "Local",
        isProtected: "false",
        label: fullName,
        orgScopedExternalApp: `${org.id}:${fullName}`,
      }),
    };
  },
  removed: removeParts,
};

const OAUTH_SETTINGS_PART = part({
  schema: OAUTH_SETTINGS,
  directoryName: "extlClntAppOauthSettings",
  suffix: "ecaOauth",
  keyPrefix: "0xO",
  prepare(_context, { content }) {
    checkScopes(content);
    const scopes = canonicalScopes(commaSeparated(content, "commaSeparatedOauthScopes")).join(", ");
    return {
      content: canonical(withTexts(content, { commaSeparatedOauthScopes: scopes }), OAUTH_SETTINGS),
    };
  },
});

const GLOBAL_OAUTH_SETTINGS_PART = part({
  schema: GLOBAL_OAUTH_SETTINGS,
  directoryName: "extlClntAppGlobalOauthSets",
  suffix: "ecaGlblOauth",
  keyPrefix: "0xG",
  prepare: prepareGlobalSettings,
});

const OAUTH_POLICIES_PART = part({
  schema: OAUTH_POLICIES,
  directoryName: "extlClntAppOauthPolicies",
  suffix: "ecaOauthPlcy",
  keyPrefix: "0xP",
  prepare(context, { content }) {
    checkOAuthPolicies(context, content);
    return {
      content: withDefaults(canonical(content, OAUTH_POLICIES), {
        ipRelaxationPolicyType: "Enforce",
        isClientCredentialsFlowEnabled: "false",
        permittedUsersPolicyType: "AllSelfAuthorized",
        refreshTokenPolicyType: "Infinite",
      }),
    };
  },
});

const POLICIES_PART = part({
  schema: POLICIES,
  directoryName: "extlClntAppPolicies",
  suffix: "ecaPlcy",
  keyPrefix: "0xC",
  prepare: (_context, { content }) => ({ content: canonical(content, POLICIES) }),
});

const SETTINGS: GenericType = {
  name: "Settings",
  schema: EXTERNAL_CLIENT_APP_SETTINGS,
  directoryName: "settings",
  suffix: "settings",
  keyPrefix: "0xS",
  prepare(_context, { content, fullName }) {
    if (fullName !== "ExternalClientApp") {
      throw new ComponentProblem(`In this org there are no settings named ${fullName}`);
    }
    return { content: canonical(content, EXTERNAL_CLIENT_APP_SETTINGS) };
  },
  removed: "refused",
};

/** All that belongs to one application. */
const PARTS = [OAUTH_SETTINGS_PART, GLOBAL_OAUTH_SETTINGS_PART, OAUTH_POLICIES_PART, POLICIES_PART];

/**
 * The types of external client apps. Other types of `Settings` than that of these apps do not exist here.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const EXTERNAL_CLIENT_APP_TYPES = [APPLICATION, ...PARTS, SETTINGS].map(genericType);

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
  return { content: withDefaults(canonical(kept, GLOBAL_OAUTH_SETTINGS), defaults), consumer };
}

function removeParts(draft: Draft, { fullName }: OrgComponent): void {
  for (const { schema } of PARTS) {
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
