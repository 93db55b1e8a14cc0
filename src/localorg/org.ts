import type { XmlElement } from "./metadata/xmlElement.ts";

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
  /** User permission "API Enabled". */
  apiEnabled: boolean;
  /** User permission "API Only User". */
  apiOnly: boolean;
  /** API names of the permission sets that are assigned. */
  permissionSets: string[];
}

/** A permission set; metadata and people name it by `name` or by `label`. */
export interface OrgPermissionSet {
  id: string;
  name: string;
  label: string;
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

/** Behaviours that a real org shows sometimes, switched on by the person who starts the local one. */
export interface OrgBehaviour {
  /** Milliseconds during which a new app answers invalid_client_id. */
  propagation: number;
  /** Milliseconds added to every answer. */
  latency: number;
  /** As since Spring '26: connected apps can be updated, not created. */
  restrictConnectedApps: boolean;
  /** An update that repeats the app's own consumer key is refused. */
  refuseConsumerKeyOnUpdate: boolean;
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
}
