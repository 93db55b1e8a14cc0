import { secretReference } from "../../app/secretReference.ts";
import { isSetting, type Settings, specPathsWith } from "../../app/settings.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import { valueAt } from "../../spec/overlay.ts";

/** A spec in one of its environments, and the resulting settings. */
interface Side {
  spec: LoadedSpec;
  settings: Settings;
}

/** Salesforce's own page, which is the callback of apps that are never called back. */
const salesforcesOwnPage = /^https:\/\/(login|test)\.salesforce\.com\/services\/oauth2\/success$/;

/**
 * A path such as `/lightning/page/home` means another address in each org, and a reference may have another value in
 * each job.
 */
const isFitForAll = (text: string) =>
  salesforcesOwnPage.test(text) || text.startsWith("/") || secretReference.test(text);

/**
 * The values that belong to one environment and would arrive in the target unchanged: they are the same as in the
 * source, and the target's environment does not give them itself. The URL of the CPQ tenant is one of them.
 */
export function arrivingUnchanged(source: Side, target: Side): string[] {
  return specPathsWith("ownToEnvironment").filter((path) => {
    const texts = [saidBy(target, path) ?? []].flat().map(String);
    if (texts.every(isFitForAll) || valueAt(target.spec.overlay, path.split(".")) !== undefined) return false;
    return JSON.stringify(saidBy(target, path)) === JSON.stringify(saidBy(source, path));
  });
}

function saidBy({ spec, settings }: Side, path: string): unknown {
  return isSetting(path) ? settings[path] : valueAt(spec.app, path.split("."));
}
