import { namespaceOf } from "../../namespace.ts";
import type { OrgConnectedApp } from "../../org.ts";
import { newId } from "../../salesforceId.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { canonicalConnectedApp } from "./connectedAppContent.ts";
import { checkConnectedApp } from "./connectedAppRules.ts";
import { connectedAppSchema } from "./connectedAppSchema.ts";
import { consumerCredentials } from "./consumerCredentials.ts";
import { childOf } from "./elements.ts";
import { managedObject } from "./genericType.ts";
import type { MetadataType, SaveContext, SaveOutcome } from "./metadataType.ts";

const defaultJwtTimeoutMinutes = 30;
const creationRestricted =
  "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.";

/**
 * Connected apps.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export const connectedAppType: MetadataType = {
  name: "ConnectedApp",
  schemaOf: () => connectedAppSchema,
  directoryName: "connectedApps",
  suffix: "connectedApp",
  components: ({ connectedApps }) =>
    [...connectedApps.values()]
      .map(({ name, ...app }) => ({ ...app, fullName: name }))
      .sort((one, other) => (one.fullName < other.fullName ? -1 : 1)),
  save,
  remove: ({ connectedApps }, fullName) => {
    const app = connectedApps.get(fullName);
    connectedApps.delete(fullName);
    return app?.id;
  },
};

function save(context: SaveContext, fullName: string, content: XmlElement): SaveOutcome {
  const { org, draft, user } = context;
  const existing = draft.connectedApps.get(fullName);
  if (existing && namespaceOf(fullName)) throw managedObject("ConnectedApp", fullName);
  if (!existing && org.behaviour.restrictConnectedApps) throw new ComponentProblem(creationRestricted);
  checkConnectedApp(context, fullName, content, existing);
  const credentials = consumerCredentials(context, childOf(content, "oauthConfig"), existing);
  const now = org.behaviour.now();
  const app: OrgConnectedApp = {
    id: existing?.id ?? newId("0H4"),
    name: fullName,
    content: canonicalConnectedApp(content, credentials.consumerKey),
    ...credentials,
    jwtTimeoutMinutes: existing ? existing.jwtTimeoutMinutes : defaultJwtTimeoutMinutes,
    createdAt: existing?.createdAt ?? now,
    createdById: existing?.createdById ?? user.id,
    modifiedAt: now,
    modifiedById: user.id,
  };
  if (existing && JSON.stringify(existing.content) === JSON.stringify(app.content)) {
    return { id: existing.id, created: false, changed: false };
  }
  draft.connectedApps.set(fullName, app);
  return { id: app.id, created: !existing, changed: true };
}
