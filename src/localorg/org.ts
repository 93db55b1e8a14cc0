import type { JWK } from "jose";
import type { OrgBehaviour } from "./behaviour.ts";
import type { DeployMessage, DeployOptions, DeployStatus } from "./metadata/deploy/deployRequest.ts";
import type { XmlElement } from "./metadata/xmlElement.ts";
import type { UserPermission } from "./userPermissions.ts";

/** A user of a local org, with what OAuth and SOQL need to know of it. */
export interface OrgUser {
  /** 18-character Id with the prefix 005. */
  id: string;
  username: string;
  email: string;
  name: string;
  profileName: string;
  isActive: boolean;
  isFrozen: boolean;
  /**
   * Milliseconds since the epoch; undefined for a user who never logged in. Nothing here sets it, as no document says
   * whether a token request counts as a login.
   */
  lastLoginAt?: number | undefined;
  /** API names of the permission sets that are assigned. */
  permissionSets: string[];
  /** Developer names of the permission set licenses that are assigned. */
  permissionSetLicenses?: string[] | undefined;
}

/** A profile of an org. Who may log in with it, and from where, an administrator sets in Setup. */
export interface OrgProfile {
  name: string;
  /** The user permissions that it grants. */
  permissions: UserPermission[];
  /** Hours of each day in which its users may log in; a day that is not named has no limit. Undefined for no limits. */
  loginHours?: Partial<Record<Weekday, LoginHours>> | undefined;
  /** Addresses from which its users may log in; empty for any. */
  loginIpRanges: { start: string; end: string }[];
  /** Its own session timeout; undefined if the org's counts. */
  sessionTimeoutMinutes?: number | undefined;
}

export type Weekday = (typeof weekdays)[number];

/** In the order of JavaScript's `getDay`. */
export const weekdays = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const;

/** Minutes since midnight in the org's time zone; the end itself is outside. Nobody logs in if both are equal. */
interface LoginHours {
  start: number;
  end: number;
}

/** A permission set; metadata and people name it by `name` or by `label`. */
interface OrgPermissionSet {
  id: string;
  name: string;
  label: string;
  /** The user permissions that it grants. */
  permissions: UserPermission[];
}

/** A deployed connected app. `content` is what a retrieve gives back; the secret lives only beside it. */
export interface OrgConnectedApp {
  id: string;
  /** API name (the metadata fullName). */
  name: string;
  content: XmlElement;
  consumerKey: string;
  consumerSecret: string;
  /**
   * Minutes; set in Setup only, as no metadata element holds it. Undefined for an app without a timeout of its own: the
   * session timeout of the profile or the org counts.
   */
  jwtTimeoutMinutes?: number | undefined;
  /** Milliseconds since the epoch. */
  createdAt: number;
  createdById: string;
  modifiedAt: number;
  modifiedById: string;
}

/** Consumer key and secret of an external client app. They live beside the metadata, as the secret is never in it. */
export interface OrgConsumer {
  id: string;
  consumerKey: string;
  consumerSecret: string;
  staged?: OrgStagedCredentials | undefined;
}

/** The second pair of credentials of a consumer: new ones that wait, or former ones that still work for a while. */
export interface OrgStagedCredentials {
  id: string;
  consumerKey: string;
  consumerSecret: string;
  /** New credentials are Active before they are rotated; former ones are Rotated, and in the end Expired. */
  state: "Active" | "Rotated";
  /** When they came into their state, in milliseconds since the epoch. */
  changedAt: number;
}

/** A deployed component of any type but ConnectedApp. */
export interface OrgComponent {
  id: string;
  fullName: string;
  /** What a retrieve gives back. */
  content: XmlElement;
  /** Milliseconds since the epoch. */
  createdAt: number;
  createdById: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  modifiedById: string;
  /** Of global OAuth settings only. */
  consumer?: OrgConsumer | undefined;
}

/** All components of an org but its connected apps: metadata type → full name → component. */
export type OrgComponents = Map<string, Map<string, OrgComponent>>;

/** A try to get a token in the name of a user, as `LoginHistory` shows it. */
export interface OrgLogin {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  userId: string;
  /** Label of the app. */
  application: string;
  /** `Success`, or why there was no token. */
  status: string;
  /** Address of who called, or of the last proxy on the way. */
  sourceIp: string;
  /** The header `X-Forwarded-For`. */
  forwardedForIp?: string | undefined;
}

/** A deploy, from the request to its end. Times are milliseconds since the epoch. */
export interface OrgDeployment {
  id: string;
  options: DeployOptions;
  status: DeployStatus;
  createdBy: OrgUser;
  canceledBy: OrgUser | undefined;
  createdAt: number;
  startedAt: number | undefined;
  modifiedAt: number;
  completedAt: number | undefined;
  messages: DeployMessage[];
  error: { code: string; message: string } | undefined;
  /** Is fulfilled when it is over, however it ends. */
  ended: Promise<void>;
}

/** The key pair behind JWT-based access tokens. */
export interface OrgSigningKey {
  /** `CORE_ATJWT.`, the org's Id, and when the key was made. */
  keyId: string;
  privateKey: JWK;
}

/** An opaque session Id (`00D…!…`) and what it stands for. */
interface OrgSession {
  userId: string;
  /** Consumer key of the app that got the token; undefined for a login without an app. */
  consumerKey: string | undefined;
  /** OAuth scope names. */
  scopes: string[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  /** Milliseconds since the epoch; undefined for a session that does not end by itself. */
  expiresAt: number | undefined;
}

/** All state of one org. Handlers read and change it; nothing else holds state. */
export interface Org {
  /** Short name, such as `sandbox`; the sf CLI alias is `local-` and this name. */
  name: string;
  /** 18-character Id with the prefix 00D. */
  id: string;
  isSandbox: boolean;
  /** My Domain URL without a trailing slash, which is the instance URL too. */
  myDomainUrl: string;
  behaviour: OrgBehaviour;
  users: OrgUser[];
  profiles: OrgProfile[];
  permissionSets: OrgPermissionSet[];
  connectedApps: Map<string, OrgConnectedApp>;
  components: OrgComponents;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Minutes after which a session ends, if neither the app nor the profile says otherwise. */
  sessionTimeoutMinutes: number;
  /** The newest last. */
  logins: OrgLogin[];
  signingKey: OrgSigningKey;
  /** By session Id. */
  sessions: Map<string, OrgSession>;
  /** SHA-256 (base64url) of each revoked JWT, and when it would have expired (milliseconds since the epoch). */
  revokedJwts: Map<string, number>;
  /** By user Id: when it asked for tokens within the last hour, in milliseconds since the epoch. Not stored. */
  tokenRequests: Map<string, number[]>;
  /** By Id, the newest last. Not stored. */
  deployments: Map<string, OrgDeployment>;
}
