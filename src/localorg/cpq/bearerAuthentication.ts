import type { Context } from "hono";
import { createRemoteJWKSet } from "jose/jwks/remote";
import { jwtVerify } from "jose/jwt/verify";
import { bearerToken } from "../oauth/bearerToken.ts";
import type { Org, OrgUser } from "../org.ts";
import { CpqError } from "./cpqError.ts";

/** The permission set that makes a Salesforce user an administrator of CPQ. */
const adminPermissionSet = "CPQ_Integration";

/**
 * Makes the check of a bearer token as an outside service does it: with nothing but what the org publishes.
 *
 * @returns a function that resolves to the user, or throws a CpqError: 401 if the token is not accepted, 403 if its user
 *   has too few privileges
 */
export function createAuthentication(org: Org): (context: Context) => Promise<OrgUser> {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  return async (context) => {
    const token = bearerToken(context);
    if (token === undefined)
      throw new CpqError(401, "Full authentication is required to access this resource.");
    keys ??= createRemoteJWKSet(new URL(await jwksUri(org)));
    const user = await subject(org, token, keys);
    if (!user.permissionSets.includes(adminPermissionSet)) throw new CpqError(403, "Access is denied.");
    return user;
  };
}

async function jwksUri(org: Org): Promise<string> {
  const response = await fetch(`${org.myDomainUrl}/.well-known/openid-configuration`);
  const { jwks_uri: uri } = (await response.json()) as { jwks_uri: string };
  return uri;
}

async function subject(
  org: Org,
  token: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
): Promise<OrgUser> {
  const invalid = (reason: string) => new CpqError(401, `The token is not valid: ${reason}`);
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ["RS256"],
    issuer: org.myDomainUrl,
    audience: org.myDomainUrl,
    typ: "JWT",
    currentDate: new Date(org.behaviour.now()),
    requiredClaims: ["sub", "exp"],
  }).catch((error: Error) => {
    throw invalid(error.message);
  });
  if (protectedHeader.tty !== "sfdc-core-token") throw invalid("it is no access token");
  const user = org.users.find(({ id }) => payload.sub === `uid:${id}`);
  if (!user?.isActive) throw invalid("its user is not active");
  return user;
}
