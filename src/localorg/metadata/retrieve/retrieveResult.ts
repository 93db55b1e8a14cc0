import { namespaceOf } from "../../namespace.ts";
import type { Org } from "../../org.ts";
import type { Component, MetadataType } from "../types/metadataType.ts";
import type { Value } from "../value.ts";
import type { Retrieval } from "./retrievals.ts";

/**
 * The `RetrieveResult`.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_retrieveresult.htm
 */
export function retrieveResult(org: Org, retrieval: Retrieval, includeZip: boolean): Value {
  const { id, status, retrieved, error } = retrieval;
  const done = status === "Succeeded" || status === "Failed";
  return {
    done,
    errorMessage: error,
    errorStatusCode: error === undefined ? undefined : "UNKNOWN_EXCEPTION",
    fileProperties: retrieved?.components.map(({ type, component, fileName }) =>
      fileProperties(org, type, component, fileName),
    ),
    id,
    messages: retrieved?.messages,
    status,
    success: status === "Succeeded",
    zipFile: retrieved && includeZip ? Buffer.from(retrieved.zip).toString("base64") : undefined,
  };
}

/** The `FileProperties` of one component. */
export function fileProperties(
  org: Org,
  type: MetadataType,
  component: Component,
  fileName: string,
): Record<string, Value> {
  const nameOf = (id: string) => org.users.find((user) => user.id === id)?.name ?? "";
  return {
    createdById: component.createdById,
    createdByName: nameOf(component.createdById),
    createdDate: new Date(component.createdAt).toISOString(),
    fileName,
    fullName: component.fullName,
    id: component.id,
    lastModifiedById: component.modifiedById,
    lastModifiedByName: nameOf(component.modifiedById),
    lastModifiedDate: new Date(component.modifiedAt).toISOString(),
    manageableState: namespaceOf(component.fullName) ? "installed" : "unmanaged",
    namespacePrefix: namespaceOf(component.fullName),
    type: type.name,
  };
}
