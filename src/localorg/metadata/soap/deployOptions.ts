import { type DeployOptions, defaultDeployOptions, testLevels } from "../deploy/deployRequest.ts";
import { unreadable } from "../metadataError.ts";
import type { XmlNode } from "../xml/parseXml.ts";
import { textOf } from "./envelope.ts";
import { booleanOf, textsOf } from "./soapValues.ts";

/** @throws MetadataError if a value is malformed, or an option does not exist */
export function readDeployOptions(node: XmlNode | undefined): DeployOptions {
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
