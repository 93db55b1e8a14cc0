import type { OrgUser } from "../../org.ts";
import type { Deployments } from "../deploy/deployments.ts";
import { type DeployOptions, defaultDeployOptions, testLevels } from "../deploy/deployRequest.ts";
import { deployResult } from "../deploy/deployResult.ts";
import { type PackageManifest, readManifest } from "../deploy/packageManifest.ts";
import type { MetadataContext } from "../metadataContext.ts";
import { unreadable } from "../metadataError.ts";
import type { Retrievals } from "../retrieve/retrievals.ts";
import { retrieveResult } from "../retrieve/retrieveResult.ts";
import type { RetrieveRequest } from "../retrieve/runRetrieve.ts";
import { ComponentProblem } from "../types/componentProblem.ts";
import type { Value } from "../value.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import { describeMetadata, listMetadata, readMetadata } from "./components.ts";
import { textOf } from "./envelope.ts";
import { base64Of, booleanOf, requiredText, textsOf } from "./soapValues.ts";

/** What the operations work on. */
export interface OperationContext extends MetadataContext {
  deployments: Deployments;
  retrievals: Retrievals;
  /** Of the request, such as `67.0`. */
  apiVersion: string;
}

type Operation = (context: OperationContext, user: OrgUser, request: XmlNode) => Value | Promise<Value>;

/** The operations of the Metadata API, by name. */
const operations: Record<string, Operation> = {
  async deploy({ deployments, apiVersion }, user, request) {
    const zip = base64Of(request, "ZipFile");
    const options = readDeployOptions(request.children.find(({ name }) => name === "DeployOptions"));
    return queued((await deployments.submit(user, zip, options, apiVersion)).id);
  },
  checkDeployStatus: ({ deployments }, _user, request) =>
    deployResult(
      deployments.find(requiredText(request, "asyncProcessId")),
      booleanOf(request, "includeDetails"),
    ),
  cancelDeploy({ deployments }, user, request) {
    const deployment = deployments.cancel(user, canceledId(request));
    return { done: deployment.status === "Canceled", id: deployment.id };
  },
  retrieve({ retrievals, apiVersion }, user, request) {
    const details = request.children.find(({ name }) => name === "retrieveRequest" || name === "request");
    if (!details) throw unreadable("Required field is missing: retrieveRequest");
    return queued(retrievals.submit(user, readRetrieveRequest(details, apiVersion)).id);
  },
  checkRetrieveStatus({ org, retrievals }, _user, request) {
    const retrieval = retrievals.find(requiredText(request, "asyncProcessId"));
    return retrieveResult(org, retrieval, booleanOf(request, "includeZip", true));
  },
  listMetadata: ({ org }, user, request) => listMetadata(org, user, request),
  describeMetadata: () => describeMetadata(),
  readMetadata(context, user, request) {
    const named = { typeName: requiredText(request, "type"), fullNames: textsOf(request, "fullNames") };
    return readMetadata(context.org, user, named, Number(context.apiVersion));
  },
};

/** @throws MetadataError if there is no such operation, or it refuses the request */
export async function runOperation(
  context: OperationContext,
  user: OrgUser,
  request: XmlNode,
): Promise<Value> {
  const operation = Object.hasOwn(operations, request.name) ? operations[request.name] : undefined;
  if (!operation)
    throw unreadable(`No operation available for request {${request.namespace}}${request.name}`);
  return operation(context, user, request);
}

/** The WSDL calls the element `String`; jsforce and the sf CLI send `id`. */
function canceledId(request: XmlNode): string {
  const name = request.children.some((child) => child.name === "id") ? "id" : "String";
  return requiredText(request, name);
}

function queued(id: string): Value {
  return { done: false, id, state: "Queued" };
}

/** @throws MetadataError if a value is malformed, or an option does not exist */
function readDeployOptions(node: XmlNode | undefined): DeployOptions {
  if (!node) return defaultDeployOptions;
  for (const { namespace, name } of node.children) {
    if (!Object.hasOwn(defaultDeployOptions, name)) {
      throw unreadable(`Element {${namespace}}${name} invalid at this location in type DeployOptions`);
    }
  }
  const level = textOf(node, "testLevel");
  const testLevel = testLevels.find((known) => known === level);
  if (level && testLevel === undefined) {
    throw unreadable(`'${level}' is not a valid value for the enum 'TestLevel'`);
  }
  return {
    allowMissingFiles: booleanOf(node, "allowMissingFiles"),
    autoUpdatePackage: booleanOf(node, "autoUpdatePackage"),
    checkOnly: booleanOf(node, "checkOnly"),
    ignoreWarnings: booleanOf(node, "ignoreWarnings"),
    performRetrieve: booleanOf(node, "performRetrieve"),
    purgeOnDelete: booleanOf(node, "purgeOnDelete"),
    rollbackOnError: booleanOf(node, "rollbackOnError"),
    runTests: textsOf(node, "runTests"),
    singlePackage: booleanOf(node, "singlePackage"),
    testLevel,
  };
}

/**
 * Reads a request.
 *
 * @param apiVersion of the request itself; what it asks for may be another one
 * @throws MetadataError if it is malformed
 */
function readRetrieveRequest(node: XmlNode, apiVersion: string): RetrieveRequest {
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
