import type { OrgDeployment } from "../org.ts";
import {
  auditFields,
  auditValues,
  boolean,
  datetime,
  type FieldValues,
  id,
  int,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";

/**
 * The deploys of the org, whoever made them, as Setup's page Deployment Status lists them. Which components one had is
 * not among the fields: `checkDeployStatus` tells.
 *
 * @see the type `DeployRequest` of `@salesforce/types/tooling`
 */
export const deployRequestObject: ObjectType = {
  name: "DeployRequest",
  label: "Deploy Request",
  keyPrefix: "0Af",
  readableWith: ["ModifyAllData"],
  fields: {
    Id: id,
    Status: string,
    CheckOnly: boolean,
    StartDate: datetime,
    CompletedDate: datetime,
    ErrorMessage: string,
    ErrorStatusCode: string,
    CanceledById: reference("User", "CanceledBy"),
    AllowMissingFiles: boolean,
    AutoUpdatePackage: boolean,
    IgnoreWarnings: boolean,
    PurgeOnDelete: boolean,
    RollbackOnError: boolean,
    SinglePackage: boolean,
    TestLevel: string,
    NumberComponentsTotal: int,
    NumberComponentsDeployed: int,
    NumberComponentErrors: int,
    ...auditFields,
  },
  records: ({ deployments }) => [...deployments.values()].map(recordOf),
};

function recordOf(deployment: OrgDeployment): FieldValues {
  const { id: deployId, status, options, createdBy, canceledBy, error, messages } = deployment;
  const components = messages.filter(({ componentType }) => componentType !== "");
  const failed = components.filter(({ success }) => !success).length;
  return {
    Id: deployId,
    Status: status,
    CheckOnly: options.checkOnly,
    StartDate: timeOf(deployment.startedAt),
    CompletedDate: timeOf(deployment.completedAt),
    ErrorMessage: error?.message ?? null,
    ErrorStatusCode: error?.code ?? null,
    CanceledById: canceledBy?.id ?? null,
    AllowMissingFiles: options.allowMissingFiles,
    AutoUpdatePackage: options.autoUpdatePackage,
    IgnoreWarnings: options.ignoreWarnings,
    PurgeOnDelete: options.purgeOnDelete,
    RollbackOnError: options.rollbackOnError,
    SinglePackage: options.singlePackage,
    TestLevel: options.testLevel ?? null,
    NumberComponentsTotal: components.length,
    NumberComponentsDeployed: components.length - failed,
    NumberComponentErrors: failed,
    ...auditValues(
      { at: deployment.createdAt, byId: createdBy.id },
      { at: deployment.modifiedAt, byId: canceledBy?.id ?? createdBy.id },
    ),
  };
}

function timeOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
