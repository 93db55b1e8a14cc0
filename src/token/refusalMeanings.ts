import { messagesOf } from "../messages.ts";
import type { SetupPlaces } from "./setupPlaces.ts";

const messages = messagesOf("token");

/** The names that next steps contain. */
interface Names extends SetupPlaces {
  app: string;
  /** Of the Run As user. */
  user: string;
  /** My Domain URL. */
  org: string;
}

/** The words of a refusal. All that are given must fit. */
interface Words {
  error?: RegExp;
  description?: RegExp;
  /** Of the HTTP answer; 0 if it is not known. */
  status?(status: number): boolean;
}

interface Meaning {
  /** One of these has to fit. */
  when: readonly Words[];
  /** Asking again may help. */
  passes?: boolean;
  /** It says nothing about the app. */
  saysNothing?: boolean;
  next(names: Names): string[];
}

const isTrouble = (status: number) => status === 429 || status >= 500;

/**
 * What the refusals of the token endpoint mean. The first row that fits counts, so rows for particular words come
 * before general ones. The wording varies between releases: error names are matched whole, descriptions loosely.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
const meanings = {
  ipRestricted: {
    when: [{ description: /ip restricted|login hours/i }],
    next: ({ user, policies }) => messages.getMessages("refusal.ipRestricted.actions", [user, policies]),
  },
  noValidScopes: {
    when: [{ description: /no valid scope/i }],
    next: ({ settings }) => messages.getMessages("refusal.noValidScopes.actions", [settings]),
  },
  notApprovedByUser: {
    when: [{ description: /approved this consumer/i }],
    next: ({ user, policies }) => messages.getMessages("refusal.notApprovedByUser.actions", [user, policies]),
  },
  // Reported with the error name invalid_client, which otherwise means a wrong secret; see Help 005132365.
  appNotInstalled: {
    when: [{ description: /must be installed/i }],
    next: ({ app, user }) => messages.getMessages("refusal.appNotInstalled.actions", [app, user]),
  },
  appNotFound: {
    when: [{ error: /^app_not_found$/i }, { description: /app is not installed/i }],
    next: ({ org }) => messages.getMessages("refusal.appNotFound.actions", [org]),
  },
  otherOrg: {
    when: [{ error: /^OAUTH_AUTHORIZATION_BLOCKED$/i }, { description: /cross-org/i }],
    next: ({ app, org }) => messages.getMessages("refusal.otherOrg.actions", [app, org]),
  },
  notApproved: {
    when: [{ error: /^(invalid_app_access|OAUTH_APP_ACCESS_DENIED)$/i }, { description: /admin approved/i }],
    next: ({ app, user }) => messages.getMessages("refusal.notApproved.actions", [app, user]),
  },
  userFrozen: {
    when: [{ error: /frozen/i }, { description: /frozen/i }],
    next: ({ user }) => messages.getMessages("refusal.userFrozen.actions", [user, user]),
  },
  inactiveUser: {
    when: [{ error: /^inactive_user$/ }, { description: /user is inactive|inactive user/i }],
    next: ({ user, app }) => messages.getMessages("refusal.inactiveUser.actions", [user, app]),
  },
  inactiveOrg: {
    when: [{ error: /^inactive_org$/ }],
    next: () => messages.getMessages("refusal.inactiveOrg.actions"),
  },
  rateLimit: {
    when: [{ error: /^rate_limit_exceeded$/ }, { description: /(rate|number of logins) exceeded/i }],
    passes: true,
    saysNothing: true,
    next: ({ user }) => messages.getMessages("refusal.rateLimit.actions", [user]),
  },
  unknownKey: {
    when: [{ error: /^invalid_client_id$/ }, { error: /^invalid_client$/, description: /identifier/i }],
    passes: true,
    next: ({ org, consumer }) => messages.getMessages("refusal.unknownKey.actions", [org, consumer]),
  },
  wrongSecret: {
    when: [{ error: /^invalid_client$/ }],
    passes: true,
    next: ({ consumer }) => messages.getMessages("refusal.wrongSecret.actions", [consumer]),
  },
  wrongDomain: {
    when: [{ error: /^invalid_(grant|request)$/, description: /domain/i }],
    next: ({ org }) => messages.getMessages("refusal.wrongDomain.actions", [org]),
  },
  flowDisabled: {
    when: [
      { error: /^(unsupported_grant_type|unauthorized_client)$/ },
      { error: /^invalid_grant$/, description: /flow|grant type/i },
    ],
    next: ({ settings, policies }) =>
      messages.getMessages("refusal.flowDisabled.actions", [settings, policies]),
  },
  noRunAsUser: {
    when: [{ error: /^invalid_grant$/, description: /user/i }],
    next: ({ policies, user }) => messages.getMessages("refusal.noRunAsUser.actions", [policies, user, user]),
  },
  orgInTrouble: {
    when: [
      { error: /^(server_error|temporarily_unavailable|unknown_error)$/ },
      { error: /^$/, status: isTrouble },
    ],
    passes: true,
    saysNothing: true,
    next: () => messages.getMessages("refusal.orgInTrouble.actions"),
  },
  noOAuthAnswer: {
    when: [{ error: /^$/, status: (status) => status > 0 }],
    saysNothing: true,
    next: ({ org }) => messages.getMessages("refusal.noOAuthAnswer.actions", [org]),
  },
  otherRefusal: {
    when: [{}],
    next: ({ user, app }) => messages.getMessages("refusal.otherRefusal.actions", [user, app]),
  },
} satisfies Record<string, Meaning>;

export type RefusalMeaning = keyof typeof meanings;

export const refusalMeanings: Readonly<Record<RefusalMeaning, Meaning>> = meanings;
