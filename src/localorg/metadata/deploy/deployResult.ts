import type { OrgDeployment } from "../../org.ts";
import type { Value } from "../value.ts";
import type { DeployMessage } from "./deployRequest.ts";

const endStatuses = ["Succeeded", "SucceededPartial", "Failed", "Canceled"];

/**
 * The `DeployResult` of SOAP and REST.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm
 */
export function deployResult(deployment: OrgDeployment, includeDetails: boolean): Record<string, Value> {
  const { options, messages, createdBy, canceledBy, status, error } = deployment;
  const isManifest = ({ componentType, success }: DeployMessage) => componentType === "" && success;
  const components = messages.filter((message) => !isManifest(message));
  const errors = components.filter(({ success }) => !success).length;
  const success = status === "Succeeded" || status === "SucceededPartial";
  return {
    canceledBy: canceledBy?.id,
    canceledByName: canceledBy?.name,
    checkOnly: options.checkOnly,
    completedDate: dateTime(deployment.completedAt),
    createdBy: createdBy.id,
    createdByName: createdBy.name,
    createdDate: dateTime(deployment.createdAt),
    details: includeDetails ? details(messages) : undefined,
    done: endStatuses.includes(status),
    errorMessage: error?.message,
    errorStatusCode: error?.code,
    id: deployment.id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: dateTime(deployment.modifiedAt),
    numberComponentErrors: errors,
    numberComponentsDeployed: components.length - errors,
    numberComponentsTotal: components.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: options.testLevel !== undefined && options.testLevel !== "NoTestRun",
    startDate: dateTime(deployment.startedAt),
    status,
    success,
  };
}

/** Absent for a time that has not come. */
function dateTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

function details(messages: DeployMessage[]): Value {
  return {
    componentFailures: messages.filter(({ success }) => !success).map((message) => ({ ...message })),
    componentSuccesses: messages.filter(({ success }) => success).map((message) => ({ ...message })),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
}
