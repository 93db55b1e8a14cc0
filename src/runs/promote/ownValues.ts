import type { SettingPath, Settings } from "../../app/settings.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import { valueAt } from "../../spec/overlay.ts";

/** Settings that belong to one environment: who calls, where people are sent, and whose certificate it is. */
const ownPaths = [
  "oauth.clientCredentials.runAs",
  "oauth.callbackUrl",
  "oauth.certificate",
  "oauth.clientAssertionCertificate",
  "oauth.singleLogoutUrl",
  "policy.apexHandlerRunAs",
  "policy.singleLogoutUrl",
  "policy.startUrl",
  "startUrl",
  "mobileStartUrl",
  "saml.acsUrl",
  "saml.certificate",
  "saml.encryptionCertificate",
  "saml.entityUrl",
  "saml.issuer",
  "saml.singleLogoutUrl",
  "canvas.url",
] as const satisfies readonly SettingPath[];

/** Salesforce's own page, as the callback of apps that are never called back. */
const salesforcesOwnPage = /^https:\/\/(login|test)\.salesforce\.com\/services\/oauth2\/success$/;

/**
 * The settings that would arrive in the target as they are in the source: their value is the same, and the target's
 * environment does not say it itself. The URL of the CPQ tenant is one of them.
 */
export function arrivingUnchanged(
  source: { spec: LoadedSpec; settings: Settings },
  target: { spec: LoadedSpec; settings: Settings },
): string[] {
  const isSaid = (path: string) => valueAt(target.spec.overlay, path.split(".")) !== undefined;
  const paths: string[] = ownPaths.filter((path) => {
    const value = target.settings[path];
    const text = typeof value === "object" ? value.join("\n") : value;
    if (text === undefined || salesforcesOwnPage.test(text)) return false;
    return JSON.stringify(value) === JSON.stringify(source.settings[path]) && !isSaid(path);
  });
  const cpqUrl = target.spec.spec.cpq?.url;
  if (cpqUrl !== undefined && cpqUrl === source.spec.spec.cpq?.url && !isSaid("cpq.url"))
    paths.push("cpq.url");
  return paths;
}
