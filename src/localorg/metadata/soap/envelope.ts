import { unreadable } from "../metadataError.ts";
import type { Value } from "../value.ts";
import { parseXmlBytes, type XmlNode } from "../xml/parseXml.ts";
import { escapeXml, metadataNamespace } from "../xml/writeXml.ts";
import { XmlError } from "../xml/xmlError.ts";

const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/";

/** A SOAP request: who asks, and for what. */
export interface SoapRequest {
  sessionId: string | undefined;
  /** The element of the operation; its name is the operation's name. */
  operation: XmlNode;
}

/**
 * Reads the envelope of a request.
 *
 * @throws MetadataError if it is malformed, or not a SOAP 1.1 envelope with one operation
 */
export function readEnvelope(bytes: Uint8Array): SoapRequest {
  const envelope = parse(bytes);
  if (envelope.name !== "Envelope" || envelope.namespace !== envelopeNamespace) {
    throw unreadable(`No SOAP envelope: found {${envelope.namespace}}${envelope.name}`);
  }
  const header = part(envelope, "Header");
  const body = part(envelope, "Body");
  const [operation, ...others] = body?.children ?? [];
  if (!operation || others.length > 0) throw unreadable("The SOAP Body must hold one operation.");
  if (operation.namespace !== metadataNamespace) {
    throw unreadable(`No operation available for request {${operation.namespace}}${operation.name}`);
  }
  const session = header?.children.find((child) => child.name === "SessionHeader");
  return { sessionId: session && textOf(session, "sessionId"), operation };
}

/** The text of the first child of this name, without white space around it. */
export function textOf(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text.trim();
}

/** The answer of an operation, with one `result` element for each result. */
export function answerEnvelope(operation: string, result: Value): string {
  return envelopeOf(
    `<${operation}Response>${xmlOf("result", result)}</${operation}Response>`,
    ` xmlns="${metadataNamespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
  );
}

/**
 * A fault.
 *
 * @param code With its prefix, such as `sf:INVALID_SESSION_ID`.
 */
export function faultEnvelope(code: string, message: string): string {
  return envelopeOf(
    `<soapenv:Fault><faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring></soapenv:Fault>`,
    ` xmlns:sf="${metadataNamespace}"`,
  );
}

/** The namespaces stand at the envelope: clients take the first thing within the body for the answer. */
function envelopeOf(body: string, namespaces: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${envelopeNamespace}"${namespaces}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

function xmlOf(name: string, value: Value): string {
  if (value === undefined) return "";
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) return value.map((item) => xmlOf(name, item)).join("");
  if (typeof value !== "object") return `<${name}>${escapeXml(String(value))}</${name}>`;
  const type = typeof value["@xsi:type"] === "string" ? ` xsi:type="${escapeXml(value["@xsi:type"])}"` : "";
  const children = Object.entries(value).filter(([child]) => !child.startsWith("@"));
  return `<${name}${type}>${children.map(([child, inner]) => xmlOf(child, inner)).join("")}</${name}>`;
}

function part(envelope: XmlNode, name: string): XmlNode | undefined {
  return envelope.children.find((child) => child.name === name && child.namespace === envelopeNamespace);
}

function parse(bytes: Uint8Array): XmlNode {
  try {
    return parseXmlBytes(bytes);
  } catch (error) {
    if (error instanceof XmlError) throw unreadable(error.message);
    throw error;
  }
}
