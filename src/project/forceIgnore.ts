import { resolve } from "node:path";
import { nearest } from "./salesforceProject.ts";

/**
 * Which files `.forceignore` keeps from orgs. It is the one in the folder or in the nearest folder above, read as the
 * official CLI reads it. Its library is loaded only if there is such a file.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_exclude_source.htm
 */
export async function ignoredIn(folder: string): Promise<(path: string) => boolean> {
  const file = nearest(resolve(folder), ".forceignore");
  if (file === undefined) return () => false;
  const { ForceIgnore } = await import("@salesforce/source-deploy-retrieve/lib/src/resolve/forceIgnore.js");
  const ignore = new ForceIgnore(file);
  return (path) => ignore.denies(resolve(path));
}
