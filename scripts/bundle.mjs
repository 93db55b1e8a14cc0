// Puts what src compiles to into lib: one file per command, per library of the package and for the program, and the files
// that several of them share. A command that loads a few files starts sooner than one that loads hundreds. Dependencies stay
// outside, as npm installs them.
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = fileURLToPath(new URL("../src", import.meta.url));

await build({
  entryPoints: [
    ...globSync(join(source, "commands/**/*.ts")),
    ...["token/index.ts", "localorg/index.ts", "cli/lostReader.ts"].map((file) => join(source, file)),
  ],
  outbase: source,
  outdir: fileURLToPath(new URL("../lib", import.meta.url)),
  chunkNames: "shared/[name]-[hash]",
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node22",
  sourcemap: true,
});
