import { genericType } from "../genericType.ts";
import { applicationType } from "./application.ts";
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
import { oauthSettingsPart } from "./oauthSettings.ts";
import { part } from "./part.ts";
import { policiesPart } from "./policies.ts";

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
