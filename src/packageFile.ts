import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// The package finds itself by its name: the build puts modules into other folders than those of the sources.
const folder = dirname(createRequire(import.meta.url).resolve("sf-plugin-cpq/package.json"));

/** Path of a file that the package brings, such as `templates/minimal.yaml`. */
export function packageFile(path: string): string {
  return join(folder, path);
}
