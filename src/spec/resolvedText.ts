import { stringify } from "yaml";
import type { LoadedSpec } from "./load.ts";

/**
 * A spec as the plugin understands it, as YAML: with the environment laid over it, and with the values of variables and
 * of the org instead of references. References to secrets stay references.
 */
export function resolvedText({ content, environment, targetOrg }: LoadedSpec): string {
  const heading = [
    ...(environment === undefined ? [] : [`environment: ${environment}`]),
    ...(targetOrg === undefined ? [] : [`targetOrg: ${targetOrg}`]),
  ];
  const comment = heading.map((line) => `# ${line.replace(/\p{Cc}/gu, " ")}\n`).join("");
  return `${comment}${stringify(content, { lineWidth: 0, flowCollectionPadding: false })}`;
}
