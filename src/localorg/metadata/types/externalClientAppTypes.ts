import {
  EXTERNAL_CLIENT_APP_SETTINGS,
  EXTERNAL_CLIENT_APPLICATION,
  GLOBAL_OAUTH_SETTINGS,
  OAUTH_POLICIES,
  OAUTH_SETTINGS,
  POLICIES,
} from "./externalClientAppSchema.ts";
import { genericType } from "./genericType.ts";
import type { MetadataType } from "./metadataType.ts";

/**
 * The types of external client apps. Other types of `Settings` than that of these apps do not exist here.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm
 */
export const EXTERNAL_CLIENT_APP_TYPES: readonly MetadataType[] = [
  genericType({
    schema: EXTERNAL_CLIENT_APPLICATION,
    directoryName: "externalClientApps",
    suffix: "eca",
    keyPrefix: "0xI",
    prepare: (_context, { content }) => ({ content }),
  }),
  genericType({
    schema: OAUTH_SETTINGS,
    directoryName: "extlClntAppOauthSettings",
    suffix: "ecaOauth",
    keyPrefix: "0xO",
    prepare: (_context, { content }) => ({ content }),
  }),
  genericType({
    schema: GLOBAL_OAUTH_SETTINGS,
    directoryName: "extlClntAppGlobalOauthSets",
    suffix: "ecaGlblOauth",
    keyPrefix: "0xG",
    prepare: (_context, { content }) => ({ content }),
  }),
  genericType({
    schema: OAUTH_POLICIES,
    directoryName: "extlClntAppOauthPolicies",
    suffix: "ecaOauthPlcy",
    keyPrefix: "0xP",
    prepare: (_context, { content }) => ({ content }),
  }),
  genericType({
    schema: POLICIES,
    directoryName: "extlClntAppPolicies",
    suffix: "ecaPlcy",
    keyPrefix: "0xC",
    prepare: (_context, { content }) => ({ content }),
  }),
  genericType({
    name: "Settings",
    schema: EXTERNAL_CLIENT_APP_SETTINGS,
    directoryName: "settings",
    suffix: "settings",
    keyPrefix: "0xS",
    prepare: (_context, { content }) => ({ content }),
    removed: "refused",
  }),
];
