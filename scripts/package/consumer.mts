// A program of somebody else that uses both libraries: compiled by `npm run check:package` against the package that npm
// would publish, with the declarations checked too.
import { type LocalOrg, type OrgUser, startLocalOrg } from "sf-plugin-cpq/localorg";
import {
  type AccessToken,
  requestToken,
  type TokenProvider,
  type TokenRequest,
  tokenProvider,
  type Verification,
  verifyToken,
} from "sf-plugin-cpq/token";

await using org: LocalOrg = await startLocalOrg({
  behaviour: { latency: 5 },
  apps: [{ name: "Callers", scopes: ["api"] }],
  faults: [{ fault: "status", status: 503 }],
});
const users: OrgUser[] = org.users;
const [app] = org.apps;
if (app === undefined) throw new Error("One app was asked for.");
const request: TokenRequest = { instanceUrl: org.url, ...app };
const token: AccessToken = await requestToken(request);
const verification: Verification = await verifyToken(request, { scopes: ["api"], timeoutMinutes: 30 });
const provide: TokenProvider = tokenProvider(request);
console.log(users[0]?.username, token.expiresAt?.toISOString(), verification.outcome, await provide());

// @ts-expect-error A request without a secret is none.
await requestToken({ instanceUrl: org.url, clientId: "key" });
// @ts-expect-error An org has no such switch.
await startLocalOrg({ behaviour: { noSuchSwitch: true } });
