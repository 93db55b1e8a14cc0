import type { KindName } from "../../app/kindName.ts";
import { messagesOf } from "../../messages.ts";
import type { Need, NeedId } from "../../results/doctor.ts";
import type { Seen } from "./look.ts";
import { need } from "./need.ts";

const messages = messagesOf("doctor");

/** User permissions of the user who asks, each a field `Permissions…`. */
export const watchedRights = [
  "ApiEnabled",
  "AssignPermissionSets",
  "CanApproveUninstalledApps",
  "CustomizeApplication",
  "ExternalClientAppAdmin",
  "ExternalClientAppDeveloper",
  "ManageRemoteAccess",
  "ManageUsers",
  "ModifyAllData",
  "ModifyMetadata",
  "MonitorLoginHistory",
  "ViewClientSecret",
  "ViewSetup",
] as const;
type Right = (typeof watchedRights)[number];
export type Rights = Seen<ReadonlyMap<Right, boolean>>;

/** A right: any one of these permissions gives it. */
interface RightNeed {
  id: NeedId & `right${string}`;
  anyOf?: readonly Right[];
  allOf?: readonly Right[];
  /** What it is needed for can be done without, or by other means. */
  isOptional?: true;
  onlyFor?: KindName;
}

const rightNeeds: readonly RightNeed[] = [
  { id: "rightApi", anyOf: ["ApiEnabled"] },
  { id: "rightMetadata", anyOf: ["ModifyMetadata", "ModifyAllData"] },
  { id: "rightCustomize", anyOf: ["CustomizeApplication"] },
  { id: "rightConnectedApps", anyOf: ["ManageRemoteAccess"], onlyFor: "ConnectedApp" },
  { id: "rightExternalClientApps", anyOf: ["ExternalClientAppAdmin"], onlyFor: "ExternalClientApp" },
  {
    id: "rightSecrets",
    allOf: ["ExternalClientAppDeveloper", "ViewClientSecret"],
    onlyFor: "ExternalClientApp",
  },
  { id: "rightViewSetup", anyOf: ["ViewSetup"] },
  { id: "rightLoginHistory", anyOf: ["MonitorLoginHistory", "ManageUsers"], isOptional: true },
  { id: "rightManageUsers", anyOf: ["ManageUsers"], isOptional: true },
  { id: "rightAssign", anyOf: ["AssignPermissionSets"], isOptional: true },
];

/** The rights of the user who asks, who is the one that deploys. */
export function userNeeds({
  rights,
  kind,
}: {
  rights: Rights;
  /** Undefined if no app is named. */
  kind: KindName | undefined;
}): Need[] {
  return rightNeeds.map(({ id, anyOf = [], allOf = [], isOptional, onlyFor }) => {
    if (onlyFor !== undefined && kind !== undefined && kind !== onlyFor)
      return need("user", id, "skipped", messages.getMessage("right.notNeeded"));
    if ("hidden" in rights) return need("user", id, "hidden", rights.hidden, ["asAdmin"]);
    const hasIt =
      anyOf.length > 0
        ? anyOf.some((right) => has(rights, right) === true)
        : allOf.every((right) => has(rights, right) === true);
    if (hasIt) return need("user", id, "passed", messages.getMessage(`purpose.${id}`));
    // Without an app, nobody knows which kind is wanted.
    const outcome = isOptional || (onlyFor !== undefined && kind === undefined) ? "warning" : "failed";
    return { ...need("user", id, outcome, messages.getMessage(`purpose.${id}`)), actions: [grantOf(id)] };
  });
}

/** Without one of these permissions, the org shows no logins of others instead of a refusal. */
export function seesLogins(rights: Rights): boolean {
  return has(rights, "MonitorLoginHistory") === true || has(rights, "ManageUsers") === true;
}

function grantOf(id: RightNeed["id"]): string {
  return messages.getMessage("action.grant", [messages.getMessage(`permission.${id}`)]);
}

/** Undefined if the org does not know the permission, or does not tell. */
export function has(rights: Rights, right: Right): boolean | undefined {
  return "value" in rights ? rights.value.get(right) : undefined;
}
