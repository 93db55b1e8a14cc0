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
  /** The refusal of every token request, for refusals that no state of an org can cause. */
  tokenRefusal: "inactiveOrg" | "inactiveUser" | "unapprovedConsumer" | undefined;
  /** The user for whom every token is issued, whatever Run As user a deploy names, as one report has it. */
  otherRunAsUser: string | undefined;
  /** Tokens are opaque even if the app says that they are JWTs, as before its settings have reached all servers. */
  opaqueTokens: boolean;
  /**
   * An external client app requires PKCE even if a deploy says that it does not. Older orgs do what the deploy says.
   */
  forcePkce: boolean;
  /** A deploy is refused if it names a profile that an external client app already grants. */
  refuseGrantedProfiles: boolean;
  /** A profile alone does not approve the users of an external client app, as one report has it. */
  ignoreApprovedProfiles: boolean;
  /** Milliseconds during which secrets are missing in REST answers after access to them was switched on. */
  secretDelay: number;
  /** How many rows a page of apps or consumers has, if the request does not say. */
  credentialsPageSize: number;
  /** Words that Salesforce has added since: the name of an enum, such as `ConnectedAppOauthAccessScope` → words. */
  furtherWords: Record<string, readonly string[]>;
  /** How many tokens a user may ask for within an hour, or 0 for no limit; more answer rate_limit_exceeded. */
  tokenRequestsPerHour: number;
  /** The org's clock, in milliseconds since the epoch. A test moves it instead of waiting. */
  now(): number;
}

/** Behaviour of an org by default. */
export const defaultBehaviour: OrgBehaviour = {
  propagation: 0,
  latency: 0,
  deployTime: 0,
  restrictConnectedApps: false,
  refuseConsumerKeyOnUpdate: false,
  policiesAfterOAuthSettings: false,
  blockClientCredentialsFlow: false,
  forcePkce: true,
  refuseGrantedProfiles: true,
  ignoreApprovedProfiles: false,
  secretDelay: 0,
  credentialsPageSize: 100,
  furtherWords: {},
  tokenRefusal: undefined,
  otherRunAsUser: undefined,
  opaqueTokens: false,
  tokenRequestsPerHour: 0,
  now: Date.now,
};
