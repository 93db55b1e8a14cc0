import type { ComponentType } from "./kind.ts";

const appElement = "externalClientApplication";

function further(type: ComponentType["type"], folder: string, suffix: string): ComponentType {
  return { type, folder, suffix, appElement, newName: (app) => app };
}

/**
 * Components of an external client app that no setting stands for. They are told of, and neither deployed nor deleted.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappoauthsecuritysettings.htm
 */
export const furtherComponents: readonly ComponentType[] = [
  further("ExtlClntAppOauthSecuritySettings", "extlClntAppOauthSecuritySettings", "ecaOauthSecurity"),
  further("ExtlClntAppSamlConfigurablePolicies", "extlClntAppSamlConfigurablePolicies", "ecaSamlPlcy"),
  further("ExtlClntAppCanvasSettings", "extlClntAppCanvasSettings", "ecaCanvas"),
  further("ExtlClntAppMobileSettings", "extlClntAppMobileSettings", "ecaMobile"),
  further("ExtlClntAppMobileConfigurablePolicies", "extlClntAppMobilePolicies", "ecaMobilePlcy"),
  further("ExtlClntAppNotificationSettings", "extlClntAppNotifSettings", "ecaNotifications"),
  further("ExtlClntAppPushSettings", "extlClntAppPushSettings", "ecaPush"),
  further("ExtlClntAppPushConfigurablePolicies", "extlClntAppPushPolicies", "ecaPushPlcy"),
  further("ExtlClntAppAttestSettings", "extlClntAppAttestSettings", "ecaAttest"),
  further("ExtlClntAppAttestConfigurablePolicies", "extlClntAppAttestPolicies", "ecaAttestPlcy"),
];

/** Whether a file holds such a component, by its name in source or metadata format; also one that is not known yet. */
export function isFurtherComponentFile(fileName: string): boolean {
  return /\.eca[A-Z]\w*(-meta\.xml)?$/.test(fileName);
}
