import { componentType } from "./componentType.ts";
import type { ComponentType } from "./kind.ts";

/**
 * Components of an external client app that no setting stands for. They are told of, and neither deployed nor deleted.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappoauthsecuritysettings.htm
 */
export const furtherComponents: readonly ComponentType[] = (
  [
    "ExtlClntAppOauthSecuritySettings",
    "ExtlClntAppSamlConfigurablePolicies",
    "ExtlClntAppCanvasSettings",
    "ExtlClntAppMobileSettings",
    "ExtlClntAppMobileConfigurablePolicies",
    "ExtlClntAppNotificationSettings",
    "ExtlClntAppPushSettings",
    "ExtlClntAppPushConfigurablePolicies",
    "ExtlClntAppAttestSettings",
    "ExtlClntAppAttestConfigurablePolicies",
  ] as const
).map((type) => componentType({ type, appElement: "externalClientApplication", newName: (app) => app }));

/** Whether a file holds such a component, by its name in source or metadata format; also one that is not known yet. */
export function isFurtherComponentFile(fileName: string): boolean {
  return /\.eca[A-Z]\w*(-meta\.xml)?$/.test(fileName);
}
