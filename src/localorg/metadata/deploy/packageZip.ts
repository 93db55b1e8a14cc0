import type JSZip from "jszip";

const orgLimits = { files: 10_000, unpackedBytes: 400 * 1024 * 1024 };

/** A zip that cannot be accepted. The whole deploy fails. */
export class ZipProblem extends Error {}

/**
 * Unpacks a zip into memory, by path with `/` between folders.
 *
 * @throws ZipProblem if it is not a zip, is damaged, has unsafe paths, or unpacks to more than an org accepts
 */
export async function readZip(bytes: Uint8Array, limits = orgLimits): Promise<Map<string, Uint8Array>> {
  // Many orgs never get a deploy, and it loads sixty modules.
  const { default: reader } = await import("jszip");
  let zip: JSZip;
  try {
    zip = await reader.loadAsync(bytes, { createFolders: false });
  } catch {
    throw new ZipProblem("The zip file is not valid or is damaged.");
  }
  const entries = Object.values(zip.files).filter((entry) => !entry.dir);
  if (entries.length > limits.files) {
    throw new ZipProblem(`Too many files in zip: more than ${limits.files} files.`);
  }
  const files = new Map<string, Uint8Array>();
  let left = limits.unpackedBytes;
  for (const entry of entries) {
    const path = entry.unsafeOriginalName ?? entry.name;
    refuseUnsafePath(path);
    const content = await unpack(entry, left);
    if (!content) {
      throw new ZipProblem(`Maximum size of unzipped files exceeded: ${limits.unpackedBytes} bytes.`);
    }
    left -= content.byteLength;
    files.set(path, content);
  }
  return files;
}

/** Stops as soon as the limit is passed, without a result: a zip may claim any size. */
function unpack(entry: JSZip.JSZipObject, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = entry.nodeStream();
    stream.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      stream.pause();
      chunks.length = 0;
      resolve(undefined);
    });
    stream.on("error", () => reject(new ZipProblem("The zip file is not valid or is damaged.")));
    stream.on("end", () => resolve(Buffer.concat(chunks)));
  });
}

function refuseUnsafePath(path: string): void {
  const isUnsafe =
    path.startsWith("/") ||
    /[\\:\0]/.test(path) ||
    path.split("/").some((segment) => segment === "" || segment === "." || segment === "..");
  if (isUnsafe) throw new ZipProblem(`Invalid path in zip: ${path}`);
}
