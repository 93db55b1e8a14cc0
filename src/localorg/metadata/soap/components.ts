import type { Org, OrgUser } from "../../org.ts";
import { MetadataError, unreadable } from "../metadataError.ts";
import { fileProperties } from "../retrieve/retrieveResult.ts";
import type { MetadataType } from "../types/metadataType.ts";
import { findMetadataType, metadataTypes } from "../types/metadataTypes.ts";
import { contentIn, shownComponents } from "../types/shownComponents.ts";
import type { Value } from "../value.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import type { XmlElement } from "../xmlElement.ts";
import { requiredText } from "./soapValues.ts";

const maxQueries = 3;
const maxReads = 10;

/** The types of the org, as `DescribeMetadataResult`. */
export function describeMetadata(): Value {
  return {
    metadataObjects: metadataTypes.map(({ directoryName, suffix, name }) => ({
      directoryName,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName: name,
    })),
    organizationNamespace: "",
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/**
 * The components of up to three types, as `FileProperties`.
 *
 * @throws MetadataError if a type is unknown, or there are too many queries
 */
export function listMetadata(org: Org, user: OrgUser, request: XmlNode): Value {
  const queries = request.children.filter(({ name }) => name === "queries");
  if (queries.length === 0) throw unreadable("Required field is missing: queries");
  if (queries.length > maxQueries) {
    throw new MetadataError(
      "EXCEEDED_ID_LIMIT",
      `Cannot submit more than ${maxQueries} queries in this operation`,
    );
  }
  return queries.flatMap((query) => {
    const type = knownType(requiredText(query, "type"));
    return shownComponents(org, user, type).map((component) => {
      const fileName = `${type.directoryName}/${component.fullName}.${type.suffix}`;
      return fileProperties(org, type, component, fileName);
    });
  });
}

/**
 * Some components of one type, in the order of their names in the request; without a value for one that does not exist.
 *
 * @throws MetadataError if the type is unknown, or there are too many names
 */
export function readMetadata(
  org: Org,
  user: OrgUser,
  { typeName, fullNames }: { typeName: string; fullNames: string[] },
  apiVersion: number,
): Value {
  const type = knownType(typeName);
  const components = shownComponents(org, user, type);
  if (fullNames.length > maxReads) {
    const message = `record limit reached. cannot submit more than ${maxReads} records in this operation`;
    throw new MetadataError("EXCEEDED_ID_LIMIT", message);
  }
  const records = fullNames.map((fullName) => {
    const found = components.find((component) => component.fullName === fullName);
    if (!found) return null;
    return { "@xsi:type": typeName, fullName, ...childValues(contentIn(apiVersion, type, found)) };
  });
  return { records };
}

function knownType(name: string): MetadataType {
  const type = findMetadataType(name);
  if (!type) throw new MetadataError("INVALID_TYPE", `Unknown type: ${name}`);
  return type;
}

function childValues({ children }: XmlElement): Record<string, Value> {
  const byName = Map.groupBy(children, ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, elements]) => [
      name,
      elements.map((element) => (element.children.length > 0 ? childValues(element) : element.text)),
    ]),
  );
}
