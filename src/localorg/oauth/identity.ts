import type { Context } from "hono";
import type { Org, OrgUser } from "../org.ts";
import { fullId } from "../salesforceId.ts";
import { timeZone } from "../timeZone.ts";
import { validToken } from "./accessToken.ts";
import { bearerToken } from "./bearerToken.ts";
import { allowsIdentity } from "./scopes.ts";

/**
 * The user behind a token, as OpenID Connect claims. Errors are a 403 with a bare word, as in Salesforce.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_userinfo_endpoint.htm
 */
export async function answerUserInfo(org: Org, context: Context): Promise<Response> {
  const user = await tokenUser(org, context);
  if (typeof user === "string") return context.text(user, 403);
  const [firstName, ...rest] = user.name.split(" ");
  const { id, ...common } = commonClaims(org, user);
  return context.json({
    sub: id,
    ...common,
    preferred_username: user.username,
    name: user.name,
    nickname: user.username.split("@")[0],
    given_name: firstName,
    family_name: rest.join(" "),
    zoneinfo: timeZone,
    picture: `${org.myDomainUrl}/profilephoto/005/F`,
    profile: `${org.myDomainUrl}/${user.id}`,
  });
}

/**
 * The identity URL of a user.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid.htm
 */
export async function answerIdentity(org: Org, context: Context): Promise<Response> {
  const user = await tokenUser(org, context);
  if (typeof user === "string") return context.text(user, 403);
  if (fullId(context.req.param("orgId") ?? "") !== org.id) return context.text("Wrong_Org", 403);
  // A user of the org is shown only to itself.
  if (fullId(context.req.param("userId") ?? "") !== user.id) return context.text("Bad_Id", 403);
  const [firstName, ...rest] = user.name.split(" ");
  const { email_verified: _, updated_at: lastModifiedDate, ...claims } = commonClaims(org, user);
  return context.json({
    ...claims,
    asserted_user: true,
    username: user.username,
    display_name: user.name,
    nick_name: user.username.split("@")[0],
    first_name: firstName,
    last_name: rest.join(" "),
    mobile_phone: null,
    mobile_phone_verified: false,
    timezone: timeZone,
    lastModifiedDate,
  });
}

async function tokenUser(org: Org, context: Context): Promise<OrgUser | string> {
  const token = bearerToken(context);
  if (token === undefined) return "Missing_OAuth_Token";
  const found = await validToken(org, token);
  return found && allowsIdentity(found.scopes) ? found.user : "Bad_OAuth_Token";
}

function commonClaims(org: Org, user: OrgUser) {
  const data = `${org.myDomainUrl}/services/data/v{version}`;
  return {
    id: `${org.myDomainUrl}/id/${org.id}/${user.id}`,
    user_id: user.id,
    organization_id: org.id,
    email: user.email,
    email_verified: true,
    user_type: "STANDARD",
    language: "en_US",
    locale: "en_US",
    utcOffset: -28_800_000,
    active: user.isActive,
    is_app_installed: true,
    updated_at: new Date(org.createdAt).toISOString(),
    photos: {
      picture: `${org.myDomainUrl}/profilephoto/005/F`,
      thumbnail: `${org.myDomainUrl}/profilephoto/005/T`,
    },
    urls: {
      enterprise: `${org.myDomainUrl}/services/Soap/c/{version}/${org.id}`,
      metadata: `${org.myDomainUrl}/services/Soap/m/{version}/${org.id}`,
      partner: `${org.myDomainUrl}/services/Soap/u/{version}/${org.id}`,
      rest: `${data}/`,
      sobjects: `${data}/sobjects/`,
      search: `${data}/search/`,
      query: `${data}/query/`,
      recent: `${data}/recent/`,
      tooling_rest: `${data}/tooling/`,
      profile: `${org.myDomainUrl}/${user.id}`,
      custom_domain: org.myDomainUrl,
    },
  };
}
