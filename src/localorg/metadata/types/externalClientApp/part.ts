import { applicationOf, partOf } from "../../../externalClientApp.ts";
import { ComponentProblem } from "../componentProblem.ts";
import { canonical } from "../connectedAppContent.ts";
import { refuseNamespace } from "../connectedAppRules.ts";
import { componentsOf, type GenericType, ofSchema, type Saving } from "../genericType.ts";
import type { SaveContext } from "../metadataType.ts";
import type { ComplexType } from "../schema.ts";

/** What a part has besides what all parts have. Without rules of its own, it is kept as it is. */
type Part = Omit<GenericType, "name" | "schemaOf" | "prepare" | "readableWith"> & {
  schema: ComplexType;
  prepare?: GenericType["prepare"];
};

/** A type whose components each belong to an application. */
export function part({ schema, prepare, ...type }: Part): GenericType {
  return {
    ...type,
    ...ofSchema(schema),
    readableWith: viewPermissions,
    prepare(context, saving) {
      checkApplication(context, schema.name, saving);
      return prepare ? prepare(context, saving) : { content: canonical(saving.content, schema) };
    },
  };
}

/** A user without any of these sees no external client apps, even if there are some. */
export const viewPermissions = [
  "ExternalClientAppAdmin",
  "ExternalClientAppDeveloper",
  "ExternalClientAppViewer",
] as const;

function checkApplication({ draft }: SaveContext, typeName: string, { content, fullName }: Saving): void {
  refuseNamespace(fullName);
  const application = applicationOf(content);
  if (!componentsOf(draft, "ExternalClientApplication").has(application)) {
    throw new ComponentProblem(
      `INVALID_CROSS_REFERENCE_KEY: In field: externalClientApplication - no ExternalClientApplication named ${application} found`,
    );
  }
  const other = partOf(draft.components, typeName, application);
  if (other && other.fullName !== fullName) {
    throw new ComponentProblem(
      `duplicate value found: ExternalClientApplicationId duplicates value on ${other.fullName}`,
    );
  }
}

/** @throws ComponentProblem if the application has no OAuth settings, neither in the org nor in the same deploy */
export function checkHasOAuthSettings({ draft }: Pick<SaveContext, "draft">, { content }: Saving): void {
  if (partOf(draft.components, "ExtlClntAppOauthSettings", applicationOf(content))) return;
  throw new ComponentProblem(
    "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
  );
}
