// A program of somebody else that uses both libraries: compiled by `npm run check:package` against the package that npm
// would publish, with the declarations checked too.
import { type LocalOrg, type OrgUser, startLocalOrg } from "sf-plugin-cpq/localorg";
import {
  type AccessToken,
  requestToken,
  type TokenProvider,
  tokenProvider,
  type Verification,
  verifyToken,
} from "sf-plugin-cpq/token";

await using org: LocalOrg = await startLocalOrg({ name: "mine", behaviour: { latency: 5 } });
const users: OrgUser[] = org.users;
const request = { instanceUrl: org.url, clientId: "key", clientSecret: "secret" };
const token: AccessToken = await requestToken(request);
const verification: Verification = await verifyToken(request, { scopes: ["api"], timeoutMinutes: 30 });
const provide: TokenProvider = tokenProvider(request);
console.log(users[0]?.username, token.expiresAt?.toISOString(), verification.outcome, await provide());

// @ts-expect-error A request without a secret is none.
await requestToken({ instanceUrl: org.url, clientId: "key" });
// @ts-expect-error An org has no such switch.
await startLocalOrg({ behaviour: { noSuchSwitch: true } });
