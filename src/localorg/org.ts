import type { JWK } from "jose";
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
  /** Minutes; set in Setup only, as no metadata element holds it. */
  jwtTimeoutMinutes: number;
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
  state: "staged" | "rotated";
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

/** Behaviours that a real org shows sometimes, switched on by the person who starts the local one. */
export interface OrgBehaviour {
  /** Milliseconds during which a new app answers invalid_client_id. */
  propagation: number;
  /** Milliseconds added to every answer. */
  latency: number;
  /** Milliseconds that a deploy is in progress. */
  deployTime: number;
  /** As since Spring '26: connected apps can be updated, not created. */
  restrictConnectedApps: boolean;
  /** An update that repeats the app's own consumer key is refused. */
  refuseConsumerKeyOnUpdate: boolean;
  /** OAuth policies of an external client app are refused unless its OAuth settings were deployed before. */
  policiesAfterOAuthSettings: boolean;
  /** The org's own switch for the client credentials flow is off: each such request answers unsupported_grant_type. */
  blockClientCredentialsFlow: boolean;
  /** How many tokens a user may ask for within an hour, or 0 for no limit; more answer rate_limit_exceeded. */
  tokenRequestsPerHour: number;
  /** The org's clock, in milliseconds since the epoch. A test moves it instead of waiting. */
  now(): number;
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
  profiles: string[];
  permissionSets: OrgPermissionSet[];
  connectedApps: Map<string, OrgConnectedApp>;
  components: OrgComponents;
  /** Milliseconds since the epoch. */
  createdAt: number;
  signingKey: OrgSigningKey;
  /** By session Id. */
  sessions: Map<string, OrgSession>;
  /** SHA-256 (base64url) of each revoked JWT, and when it would have expired (milliseconds since the epoch). */
  revokedJwts: Map<string, number>;
  /** By user Id: when it asked for tokens within the last hour, in milliseconds since the epoch. Not stored. */
  tokenRequests: Map<string, number[]>;
}
