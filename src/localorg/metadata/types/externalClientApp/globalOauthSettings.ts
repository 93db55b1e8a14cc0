import type { OrgConsumer } from "../../../org.ts";
import { newId } from "../../../salesforceId.ts";
import { ComponentProblem } from "../componentProblem.ts";
import { canonical, withDefaults, withTexts } from "../connectedAppContent.ts";
import { checkCallbackUrls } from "../connectedAppRules.ts";
import { consumerKeyAtCreation, newConsumerKey, newConsumerSecret } from "../consumerCredentials.ts";
import { textOf } from "../elements.ts";
import type { Saving } from "../genericType.ts";
import type { SaveContext } from "../metadataType.ts";
import { checkHasOAuthSettings, part } from "./part.ts";
import { globalOauthSettingsSchema } from "./schemas.ts";

const defaults = {
  isClientCredentialsFlowEnabled: "false",
  isConsumerSecretOptional: "false",
  isIntrospectAllTokens: "false",
  isNamedUserJwtEnabled: "false",
  isPkceRequired: "true",
  isSecretRequiredForRefreshToken: "false",
};

const rotations = ["shouldRotateConsumerKey", "shouldRotateConsumerSecret"] as const;

/** What stays in the org that owns the application: its callback URLs, its flows, its consumer. */
export const globalOauthSettingsPart = part({
  schema: globalOauthSettingsSchema,
  directoryName: "extlClntAppGlobalOauthSets",
  suffix: "ecaGlblOauth",
  keyPrefix: "0xG",
  hidesPackaged: true,
  prepare(context, saving) {
    checkHasOAuthSettings(context, saving);
    checkCallbackUrls(textOf(saving.content, "callbackUrl") ?? "");
    const consumer = consumerAfter(context, saving);
    const kept = withTexts(saving.content, {
      consumerKey: consumer.consumerKey,
      consumerSecret: "",
      ...Object.fromEntries(rotations.map((rotation) => [rotation, ""])),
      // Newer orgs report success, and still require it.
      ...(context.org.behaviour.forcePkce ? { isPkceRequired: "true" } : {}),
    });
    return { content: withDefaults(canonical(kept, globalOauthSettingsSchema), defaults), consumer };
  },
});

/** The key in the file counts only at creation. A secret in the file never works: the org makes its own. */
function consumerAfter(context: SaveContext, { content, existing }: Saving): OrgConsumer {
  const { consumer } = existing ?? {};
  const rotates = (rotation: (typeof rotations)[number]) => textOf(content, rotation) === "true";
  const rotation = rotations.find(rotates);
  if (rotation !== undefined && !context.ignoreWarnings) {
    throw new ComponentProblem(`${rotation} replaces the app's credentials: deploy it with ignoreWarnings.`);
  }
  if (!consumer) {
    const consumerKey = consumerKeyAtCreation(context, textOf(content, "consumerKey"));
    return { id: newId("888"), consumerKey, consumerSecret: newConsumerSecret() };
  }
  return {
    ...consumer,
    ...(rotates("shouldRotateConsumerKey") ? { consumerKey: newConsumerKey() } : {}),
    ...(rotates("shouldRotateConsumerSecret") ? { consumerSecret: newConsumerSecret() } : {}),
  };
}
