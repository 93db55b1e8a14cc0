import { type PackageManifest, readManifest } from "../deploy/packageManifest.ts";
import { unreadable } from "../metadataError.ts";
import type { RetrieveRequest } from "../retrieve/retrievals.ts";
import { ComponentProblem } from "../types/componentProblem.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import { textOf } from "./envelope.ts";
import { booleanOf, textsOf } from "./soapValues.ts";

/**
 * Reads a request.
 *
 * @param apiVersion of the request itself; what it asks for may be another one
 * @throws MetadataError if it is malformed
 */
export function readRetrieveRequest(node: XmlNode, apiVersion: string): RetrieveRequest {
  const unpackaged = node.children.find(({ name }) => name === "unpackaged");
  return {
    apiVersion: textOf(node, "apiVersion") || apiVersion,
    singlePackage: booleanOf(node, "singlePackage"),
    packageNames: textsOf(node, "packageNames").filter((name) => name !== ""),
    manifest: unpackaged ? manifestOf(unpackaged) : { types: [], version: undefined },
  };
}

function manifestOf(unpackaged: XmlNode): PackageManifest {
  try {
    return readManifest(unpackaged, "unpackaged");
  } catch (error) {
    if (error instanceof ComponentProblem) throw unreadable(error.message);
    throw error;
  }
}
