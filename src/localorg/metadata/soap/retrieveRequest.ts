import { type PackageManifest, readManifest } from "../deploy/packageManifest.ts";
import { unreadable } from "../metadataError.ts";
import type { RetrieveRequest } from "../retrieve/retrievals.ts";
import { ComponentProblem } from "../types/componentProblem.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import { textOf } from "./envelope.ts";
import { booleanOf, textsOf } from "./soapValues.ts";

/** @throws MetadataError if the request is malformed */
export function readRetrieveRequest(node: XmlNode): RetrieveRequest {
  const unpackaged = node.children.find(({ name }) => name === "unpackaged");
  return {
    apiVersion: textOf(node, "apiVersion") || undefined,
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
