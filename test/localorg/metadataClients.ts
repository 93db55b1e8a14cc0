import { Connection } from "@jsforce/jsforce-node";
import JSZip from "jszip";
import type { RunningOrg } from "../../src/localorg/start.ts";

export const namespace = "http://soap.sforce.com/2006/04/metadata";

/** A jsforce connection as the administrator, which asks for a status each few milliseconds. */
export function connect({ org, accessToken }: RunningOrg): Connection {
  const connection = new Connection({ instanceUrl: org.myDomainUrl, accessToken, version: "67.0" });
  connection.metadata.pollInterval = 5;
  return connection;
}

/** A manifest that names members by type. */
export function manifestXml(types: Record<string, string[]>): string {
  const elements = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join("")}<name>${name}</name></types>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="${namespace}">${elements.join("")}<version>67.0</version></Package>`;
}

/** A connected app's file. */
export function appXml(oauth: string, { before = "", after = "" } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="${namespace}">
    ${before}<contactEmail>platform@example.com</contactEmail>
    <label>CPQ &amp; Admin</label>
    <oauthConfig>
        <callbackUrl>https://login.example.com/callback</callbackUrl>
        ${oauth}
    </oauthConfig>${after}
</ConnectedApp>
`;
}

/** A zip of files. */
export function zipOf(files: Record<string, string | Uint8Array>): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

/** A zip with one connected app. */
export function appZip(xml: string | Uint8Array, name = "CPQ_Admin_API"): Promise<Buffer> {
  return zipOf({
    "package.xml": manifestXml({ ConnectedApp: [name] }),
    [`connectedApps/${name}.connectedApp`]: xml,
  });
}

export const deployDefaults = { rollbackOnError: true, singlePackage: true };

/** Deploys by SOAP, and waits for the end. */
export function deploy(sandbox: RunningOrg, zip: Buffer, options: object = {}) {
  return connect(sandbox)
    .metadata.deploy(zip, { ...deployDefaults, ...options })
    .complete(true);
}

/** Deploys one connected app, and gives back what was wrong with it. */
export async function problemsOf(
  sandbox: RunningOrg,
  xml: string | Uint8Array,
  name?: string,
): Promise<string[]> {
  const { details } = await deploy(sandbox, await appZip(xml, name));
  return details.componentFailures.map(({ problem }) => problem ?? "");
}
