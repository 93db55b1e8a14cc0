// The main job end to end on the embedded local org: each step is a command as a user types it.
// Everything happens in a folder of its own: neither the project nor the Salesforce CLI's settings are touched.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cpq-demo-"));
const spec = join(folder, "cpq-admin-api.yaml");
const environment = {
  ...process.env,
  HOME: folder,
  USERPROFILE: folder,
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  SF_DISABLE_TELEMETRY: "true",
  // The secret lasts as long as the demo needs it, also in a pipeline.
  CPQ_STORE_FOLDER: join(folder, ".sf"),
};

/** Runs `sf COMMAND` as the plugin alone understands it, shows it, and stops the demo where it ends otherwise than expected. */
function sf(command, expectedStatus = 0) {
  console.log(`\n$ sf ${command}`);
  const { status } = spawnSync(process.execPath, [join(root, "bin", "run.js"), ...command.split(" ")], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", 1, 1],
  });
  if (status !== expectedStatus)
    throw new Error(`sf ${command} ended with ${status}, not ${expectedStatus}.`);
  if (status !== 0) console.log(`(exit code ${status})`);
}

function edit(what, from, to) {
  const before = readFileSync(spec, "utf8");
  if (!before.includes(from)) throw new Error(`The spec does not hold ${from}.`);
  writeFileSync(spec, before.replace(from, to));
  console.log(`\n# ${what}`);
}

try {
  sf(
    "cpq connectedapp init --template minimal --output cpq-admin-api.yaml" +
      " --contact-email platform@example.com --run-as cpq.integration@example.com",
  );
  sf("cpq localorg start --background");
  sf("cpq connectedapp validate --spec cpq-admin-api.yaml");
  sf(
    "cpq connectedapp deploy --spec cpq-admin-api.yaml --target-org local-sandbox --enable-credential-access",
  );
  edit("One more scope in the spec", "scopes: [api]", "scopes: [api, refresh_token]");
  sf("cpq connectedapp drift --spec cpq-admin-api.yaml --target-org local-sandbox", 3);
  sf("cpq connectedapp deploy --spec cpq-admin-api.yaml --target-org local-sandbox");
  console.log("\n# What a pipeline asks every night");
  sf("cpq connectedapp drift --spec cpq-admin-api.yaml --target-org local-sandbox");
  edit("A Run As user who is no API Only user", "cpq.integration@example.com", "cpq.person@example.com");
  sf("cpq connectedapp deploy --spec cpq-admin-api.yaml --target-org local-sandbox", 1);
  console.log("\n# A connected app that is there already, and its way to an external client app");
  sf(
    "cpq connectedapp init --template minimal --kind ConnectedApp --name Legacy_API --output legacy-api.yaml" +
      " --contact-email platform@example.com --run-as cpq.integration@example.com",
  );
  sf("cpq connectedapp deploy --spec legacy-api.yaml --target-org local-sandbox");
  sf("cpq connectedapp migrate --spec legacy-api.yaml");
} finally {
  sf("cpq localorg stop");
  rmSync(folder, { recursive: true, force: true });
}
