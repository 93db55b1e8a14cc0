import { applicationOf } from "../../../externalClientApp.ts";
import type { OrgComponent } from "../../../org.ts";
import { ComponentProblem } from "../componentProblem.ts";
import { canonical, withDefaults } from "../connectedAppContent.ts";
import { checkEmail, checkFullName } from "../connectedAppRules.ts";
import { textOf } from "../elements.ts";
import { type GenericType, ofSchema } from "../genericType.ts";
import type { Draft } from "../metadataType.ts";
import { viewPermissions } from "./part.ts";
import { externalClientApplicationSchema } from "./schemas.ts";

/** The application itself, which its parts name. When it is deleted, they are deleted too. */
export const applicationType: GenericType = {
  ...ofSchema(externalClientApplicationSchema),
  directoryName: "externalClientApps",
  suffix: "eca",
  keyPrefix: "0xI",
  readableWith: viewPermissions,
  prepare({ org }, { content, fullName }) {
    checkFullName(fullName);
    const email = textOf(content, "contactEmail");
    if (email !== undefined) checkEmail(email);
    if ((textOf(content, "label") ?? "").length > 80) {
      throw new ComponentProblem("Label: data value too large (max length=80)");
    }
    return {
      content: withDefaults(canonical(content, externalClientApplicationSchema), {
        distributionState: "Local",
        isProtected: "false",
        label: fullName,
        orgScopedExternalApp: `${org.id}:${fullName}`,
      }),
    };
  },
  removed: removeParts,
};

function removeParts({ components }: Draft, { fullName }: OrgComponent): void {
  for (const parts of components.values()) {
    for (const [name, { content }] of parts) if (applicationOf(content) === fullName) parts.delete(name);
  }
}
