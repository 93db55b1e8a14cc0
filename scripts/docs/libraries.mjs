import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Application } from "typedoc";
import { page } from "./markdown.mjs";

const libraries = ["token", "localorg"];

/** The API reference of the libraries: a page for each, by its path in docs/. */
export async function libraryPages(root) {
  const folder = mkdtempSync(join(tmpdir(), "sf-plugin-cpq-api-"));
  try {
    // What the libraries do not reach is neither read nor compiled. Errors of types are found by other checks.
    const tsconfig = join(folder, "tsconfig.json");
    const entryPoints = libraries.map((name) => join(root, "src", name, "index.ts"));
    const extended = { extends: join(root, "tsconfig.json"), files: entryPoints, include: [] };
    writeFileSync(tsconfig, JSON.stringify(extended));
    const application = await Application.bootstrapWithPlugins({
      plugin: ["typedoc-plugin-markdown"],
      entryPoints,
      tsconfig,
      skipErrorChecking: true,
      excludeInternal: true,
      logLevel: "Error",
      readme: "none",
      disableSources: true,
      outputFileStrategy: "modules",
      hidePageTitle: true,
      hidePageHeader: true,
      hideBreadcrumbs: true,
      parametersFormat: "table",
      interfacePropertiesFormat: "table",
      out: join(folder, "out"),
    });
    const project = await application.convert();
    if (project === undefined) throw new Error("typedoc could not read the libraries.");
    await application.generateOutputs(project);
    return libraries.map((name) => {
      // Single properties have anchors in HTML, and inherited ones those of a second heading of the same name: the pages do
      // without both, and without what leads there.
      const text = readFileSync(join(folder, "out", `${name}.md`), "utf8")
        .replaceAll(/<a id="[^"]*"><\/a> /g, "")
        .replaceAll(/\[(`[^`]*`)\]\(#(?:property-[^)]*|[a-z]+-\d+)\)/g, "$1");
      return [`reference/library-${name}.md`, page(`\`sf-plugin-cpq/${name}\``, text.trim())];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
