import { applicationOf } from "../../../externalClientApp.ts";
import type { OrgComponent } from "../../../org.ts";
import { ComponentProblem } from "../componentProblem.ts";
import { canonical, canonicalScopes, withDefaults, withTexts } from "../connectedAppContent.ts";
import { connectedAppOauthAccessScope } from "../connectedAppEnums.ts";
import { checkEmail, checkFullName } from "../connectedAppRules.ts";
import { commaSeparated, textOf } from "../elements.ts";
import { type GenericType, genericType, ofSchema } from "../genericType.ts";
import type { Draft } from "../metadataType.ts";
import {
  canvasSchema,
  mobilePoliciesSchema,
  mobileSchema,
  notificationSchema,
  oauthSecuritySchema,
  pushPoliciesSchema,
  pushSchema,
  samlPoliciesSchema,
} from "./furtherSchemas.ts";
import { globalOauthSettingsPart } from "./globalOauthSettings.ts";
import { oauthPoliciesPart } from "./oauthPolicies.ts";
import { part, viewPermissions } from "./part.ts";
import { policiesPart } from "./policies.ts";
import { externalClientApplicationSchema, oauthSettingsSchema } from "./schemas.ts";

/** External client apps and connected apps have one name each for the scope `sfap_api`. */
const scopeWords = connectedAppOauthAccessScope.words.map((word) =>
  word === "SFAP" ? "SFApiPlatform" : word,
);

/** What the application asks for; a package brings it along. */
const oauthSettingsPart = part({
  schema: oauthSettingsSchema,
  directoryName: "extlClntAppOauthSettings",
  suffix: "ecaOauth",
  keyPrefix: "0xO",
  prepare({ org }, { content }) {
    const scopes = commaSeparated(content, "commaSeparatedOauthScopes");
    const furtherWords = org.behaviour.furtherWords[connectedAppOauthAccessScope.name] ?? [];
    checkScopes(scopes, [...scopeWords, ...furtherWords]);
    const commaSeparatedOauthScopes = canonicalScopes(scopes).join(", ");
    return { content: canonical(withTexts(content, { commaSeparatedOauthScopes }), oauthSettingsSchema) };
  },
});

function checkScopes(scopes: readonly string[], words: readonly string[]): void {
  const unknown = scopes.find((scope) => !words.includes(scope));
  if (unknown === undefined) return;
  throw new ComponentProblem(`Invalid OAuth scope: ${unknown}. Valid values: ${words.join(", ")}`);
}

/** The application itself, which its parts name. When it is deleted, they are deleted too. */
const applicationType: GenericType = {
  ...ofSchema(externalClientApplicationSchema),
  directoryName: "externalClientApps",
  suffix: "eca",
  keyPrefix: "0xI",
  readableWith: viewPermissions,
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

function removeParts({ components }: Draft, { fullName }: OrgComponent): void {
  for (const parts of components.values()) {
    for (const [name, { content }] of parts) if (applicationOf(content) === fullName) parts.delete(name);
  }
}

/** Parts that a local org keeps, and nothing more: what they say has no effect here. */
const furtherParts = [
  {
    schema: oauthSecuritySchema,
    directoryName: "extlClntAppOauthSecuritySettings",
    suffix: "ecaOauthSecurity",
  },
  { schema: canvasSchema, directoryName: "extlClntAppCanvasSettings", suffix: "ecaCanvas" },
  { schema: mobileSchema, directoryName: "extlClntAppMobileSettings", suffix: "ecaMobile" },
  { schema: mobilePoliciesSchema, directoryName: "extlClntAppMobilePolicies", suffix: "ecaMobilePlcy" },
  { schema: notificationSchema, directoryName: "extlClntAppNotifSettings", suffix: "ecaNotifications" },
  { schema: pushSchema, directoryName: "extlClntAppPushSettings", suffix: "ecaPush" },
  { schema: pushPoliciesSchema, directoryName: "extlClntAppPushPolicies", suffix: "ecaPushPlcy" },
  { schema: samlPoliciesSchema, directoryName: "extlClntAppSamlConfigurablePolicies", suffix: "ecaSamlPlcy" },
].map((type) => part({ ...type, keyPrefix: "0xF" }));

/**
 * The types of external client apps, in the order in which a deploy saves them: what a part needs comes before it.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const externalClientAppTypes = [
  applicationType,
  oauthSettingsPart,
  globalOauthSettingsPart,
  oauthPoliciesPart,
  policiesPart,
  ...furtherParts,
].map(genericType);
