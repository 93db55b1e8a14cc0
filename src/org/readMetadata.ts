import { SOAP } from "@jsforce/jsforce-node/lib/soap.js";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { element, type XmlElement } from "../metadata/xmlElement.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { asList } from "./soapList.ts";

/** How many components one call may name. */
export const mostRead = 10;

/** An element as the Salesforce library reads it: a text, or its children by name. */
type Read = string | { $?: Record<string, string>; _?: string; [name: string]: Content };
type Content = Read | Read[] | Record<string, string> | undefined;

interface ReadResult {
  result?: { records?: Read | Read[] };
}

/**
 * The components of one type that have the given names, by one call that answers at once, where a retrieve is a job. In the
 * same version of the API, both give the same elements.
 *
 * @param fullNames at most `mostRead`
 * @throws SfError as `askOrg`
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_readMetadata.htm
 */
export async function readMetadata(
  org: TargetOrg,
  component: ComponentType,
  fullNames: readonly string[],
): Promise<MetadataFile[]> {
  const { connection } = org;
  const { type } = component;
  const ask = () =>
    // The library's own call knows the types of years ago, and makes up what an answer lacks of them.
    new SOAP(connection, {
      xmlns: "http://soap.sforce.com/2006/04/metadata",
      endpointUrl: `${connection.instanceUrl}/services/Soap/m/${connection.version}`,
    }).invoke("readMetadata", { type, fullNames }) as Promise<ReadResult>;
  const { result } = await askOrg(org, "readMetadata", ask, {
    // A component that does not exist has a record too, which is nothing.
    isAnswer: ({ result }) => asList(result?.records).length === fullNames.length,
  });
  return asList(result?.records).flatMap((record) => {
    const { children } = elementOf(type, record);
    const fullName = children.find(({ name }) => name === "fullName")?.text;
    if (fullName === undefined) return [];
    const content = element(
      type,
      "",
      children.filter(({ name }) => name !== "fullName"),
    );
    return [{ component, fullName, content }];
  });
}

function elementOf(name: string, read: Read): XmlElement {
  if (typeof read === "string") return element(name, read);
  const { $: _attributes, _: text = "", ...children } = read;
  const found = Object.entries(children).flatMap(([child, content]) =>
    asList(content as Read | Read[])
      .filter((one) => !isNothing(one))
      .map((one) => elementOf(child, one)),
  );
  return element(name, found.length === 0 ? text : "", found);
}

function isNothing(read: Read): boolean {
  const attributes = Object.entries(typeof read === "object" ? (read.$ ?? {}) : {});
  return attributes.some(([name, value]) => /^\w+:nil$/.test(name) && value === "true");
}
