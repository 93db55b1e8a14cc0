import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "../../../../src/app/compare.ts";
import type { KindName } from "../../../../src/app/desiredApp.ts";
import { appsOfFiles } from "../../../../src/metadata/appFiles.ts";
import { kinds } from "../../../../src/metadata/kinds.ts";
import { readApp } from "../../../../src/metadata/read.ts";
import { render } from "../../../../src/metadata/render.ts";
import { readMetadataFiles } from "../../../../src/project/metadataFiles.ts";
import { readSpec } from "../../../../src/project/readSpec.ts";
import { importApps } from "../../../../src/runs/import/importApps.ts";
import { resolve } from "../../../../src/spec/resolve.ts";
import { type AppContent, arbitraryApp } from "./arbitraryMetadata.ts";
import { meaningOf } from "./meaning.ts";
import { untidyXml } from "./untidyXml.ts";

/** What Salesforce takes where a file leaves it out, and what `generate` says all the same. */
const defaults = [
  /^ConnectedApp\/oauthConfig\/is(ClientCredential|CodeCredential|TokenExchange)Enabled=false$/,
  /^ExtlClntAppGlobalOauthSettings\/is(ClientCredentialsFlow|CodeCredFlow|TokenExchange)Enabled=false$/,
  /^ExtlClntAppGlobalOauthSettings\/isPkceRequired=true$/,
  /^ExtlClntAppOauthConfigurablePolicies\/isClientCredentialsFlowEnabled=false$/,
  /^ExtlClntAppConfigurablePolicies\/isOauthPluginEnabled=false$/,
  /^ExternalClientApplication\/distributionState=Local$/,
  /^ExtlClntAppOauthConfigurablePolicies\/(namedUser|guest)JwtSessionTimeoutType=Custom$/,
];

async function importedAndGenerated(kind: KindName, app: AppContent, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), "cpq-import-"));
  try {
    for (const component of kinds[kind].components) {
      const content = app[component.type];
      if (content === undefined) continue;
      const ending = seed % 2 === 0 ? "-meta.xml" : "";
      const fullName = component.appElement === undefined ? "App" : `Part_${seed % 7}`;
      writeFileSync(join(folder, `${fullName}.${component.suffix}${ending}`), untidyXml(content, seed));
    }
    const options = { kind: undefined, exclude: [], outputFolder: folder, legacy: "leave" as const };
    const { apps } = await importApps({ ...options, source: { folder } });
    const file = apps[0]?.file ?? "";
    const { app: spec } = readSpec(file);
    const desired = resolve(spec);
    const { apps: found } = appsOfFiles((await readMetadataFiles(folder)).files, []);
    return { desired, found: readApp(kind, found[0]?.files ?? []).settings, files: render(desired) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(Object.keys(kinds) as KindName[])("any app of the kind %s", (kind) => {
  test("that is imported differs from its spec in nothing, and generated again it means the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryApp(kind), fc.nat(), async (app, seed) => {
        const { desired, found, files } = await importedAndGenerated(kind, app, seed);
        expect(compare(desired.settings, found)).toEqual([]);
        for (const [type, content] of Object.entries(app)) {
          const before = meaningOf(content);
          const after = meaningOf(files.find(({ component }) => component.type === type)?.content ?? content);
          expect([...before].filter((fact) => !after.has(fact))).toEqual([]);
          const added = [...after].filter((fact) => !before.has(fact));
          expect(added.filter((fact) => !defaults.some((pattern) => pattern.test(fact)))).toEqual([]);
        }
      }),
      { seed: 20_260_101, numRuns: 200 },
    );
  });
});
