// Puts the folders "assets" of src, such as the styles of the HTML report, beside what was compiled.
import { cpSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
cpSync(join(root, "src"), join(root, "lib"), {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || basename(dirname(path)) === "assets",
});
