import { createHmac } from "node:crypto";
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defaultBehaviour } from "../../src/localorg/behaviour.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { credentials, getWithToken, postForm, requestToken, startSandbox, userOf } from "./clients.ts";
import { addConnectedApp, consumerKey, consumerSecret, cpqApp, withOAuth } from "./connectedApp.ts";

let sandbox: LocalOrg;
const url = (path: string) => sandbox.org.myDomainUrl + path;
const sobjects = (token: string) => getWithToken(url("/services/data/v67.0/sobjects"), token);

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  Object.assign(sandbox.org.behaviour, defaultBehaviour);
  addConnectedApp(sandbox.org, cpqApp);
});

test("issues an RS256 JWT with the documented header and claims, which jose verifies by discovery", async () => {
  addConnectedApp(sandbox.org, cpqApp, { jwtTimeoutMinutes: 5 });
  const token = await requestToken(sandbox);
  const discovery = (await (await fetch(url("/.well-known/openid-configuration"))).json()) as {
    jwks_uri: string;
    issuer: string;
  };
  const { payload, protectedHeader } = await jwtVerify(
    token,
    createRemoteJWKSet(new URL(discovery.jwks_uri)),
    {
      issuer: discovery.issuer,
      audience: sandbox.org.myDomainUrl,
    },
  );
  expect(protectedHeader).toEqual({
    alg: "RS256",
    typ: "JWT",
    kid: expect.stringMatching(new RegExp(`^CORE_ATJWT\\.${sandbox.org.id}\\.\\d{13}$`)),
    tnk: `core/sandbox/${sandbox.org.id}`,
    tty: "sfdc-core-token",
    ver: "1.0",
  });
  expect(payload).toEqual({
    scp: "api",
    aud: [sandbox.org.myDomainUrl],
    iss: sandbox.org.myDomainUrl,
    sub: `uid:${userOf(sandbox, "cpq.integration@example.com").id}`,
    nbf: expect.any(Number),
    iat: expect.any(Number),
    exp: Number(payload.iat) + 5 * 60,
    mty: "oauth",
    sfi: expect.any(String),
    roles: [],
    hsc: false,
    client_id: consumerKey,
  });
});

test("answers a token request with all documented fields and a right signature", async () => {
  const response = await postForm(url("/services/oauth2/token"), credentials);
  const answer = (await response.json()) as Record<string, string>;
  const user = userOf(sandbox, "cpq.integration@example.com");
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    signature: createHmac("sha256", consumerSecret)
      .update(`${answer.id}${answer.issued_at}`)
      .digest("base64"),
    scope: "api",
    instance_url: sandbox.org.myDomainUrl,
    id: url(`/id/${sandbox.org.id}/${user.id}`),
    token_type: "Bearer",
    issued_at: expect.stringMatching(/^\d{13}$/),
    token_format: "jwt",
    api_instance_url: "https://test.api.salesforce.com",
  });
});

test("takes the credentials as HTTP Basic", async () => {
  const basic = `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}`;
  const form = { grant_type: "client_credentials" };
  const response = await postForm(url("/services/oauth2/token"), form, { Authorization: basic });
  expect(response.status).toBe(200);
});

test("issues an opaque token if the app issues no JWTs, and the REST API takes it", async () => {
  addConnectedApp(sandbox.org, withOAuth({ isNamedUserJwtEnabled: "false" }));
  const response = await postForm(url("/services/oauth2/token"), credentials);
  const answer = (await response.json()) as Record<string, string>;
  expect(answer.access_token).toMatch(/^00D\w{12}![\w.]+$/);
  expect(answer).not.toHaveProperty("token_format");
  expect((await sobjects(answer.access_token ?? "")).status).toBe(200);
});

test("maps each metadata scope to its OAuth name", async () => {
  const scopes = ["Basic", "OpenID", "CustomPermissions", "SFAP", "CDPIdentityResolution", "Pardot"];
  addConnectedApp(sandbox.org, withOAuth({ scopes }));
  const answer = (await (await postForm(url("/services/oauth2/token"), credentials)).json()) as {
    scope: string;
  };
  expect(answer.scope).toBe("id openid custom_permissions sfap_api cdp_identityresolution_api pardot_api");
});

test("the REST API refuses a token without the scope api", async () => {
  addConnectedApp(sandbox.org, withOAuth({ scopes: ["OpenID"] }));
  const response = await sobjects(await requestToken(sandbox));
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual([
    { message: "This session is not valid for use with the REST API", errorCode: "INVALID_SESSION_ID" },
  ]);
});

describe("a JWT is refused", () => {
  const expired = [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }];
  const expectRefused = async (token: string) => {
    const response = await sobjects(token);
    expect(await response.json()).toEqual(expired);
    expect(response.status).toBe(401);
  };

  test("when it was tampered with", async () => {
    const [header = "", payload = "", signature = ""] = (await requestToken(sandbox)).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    claims.sub = `uid:${sandbox.org.users[0]?.id}`;
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    await expectRefused([header, forged, signature].join("."));
  });

  test("when another key has signed it, or none", async () => {
    const token = await requestToken(sandbox);
    const { privateKey } = await generateKeyPair("RS256");
    const header = { ...decodeProtectedHeader(token), alg: "RS256" };
    await expectRefused(await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey));
    const none = Buffer.from(JSON.stringify({ ...header, alg: "none" })).toString("base64url");
    await expectRefused(`${none}.${token.split(".")[1]}.`);
  });

  test("when the public key was used as a shared secret", async () => {
    const token = await requestToken(sandbox);
    const { keys } = (await (await fetch(url("/id/keys"))).json()) as { keys: object[] };
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
    const header = { ...decodeProtectedHeader(token), alg: "HS256" };
    await expectRefused(await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(secret));
  });

  test("when its time is over", async () => {
    let now = Date.now();
    sandbox.org.behaviour.now = () => now;
    addConnectedApp(sandbox.org, cpqApp, { jwtTimeoutMinutes: 1 });
    const token = await requestToken(sandbox);
    now += 58_000;
    expect((await sobjects(token)).status).toBe(200);
    now += 3000;
    await expectRefused(token);
  });

  test("when its user has become inactive, or its app is gone", async () => {
    const token = await requestToken(sandbox);
    const user = userOf(sandbox, "cpq.integration@example.com");
    user.isActive = false;
    await expectRefused(token);
    user.isActive = true;
    expect((await sobjects(token)).status).toBe(200);
    sandbox.org.connectedApps.clear();
    await expectRefused(token);
  });
});

test("publishes the public half of the key only", async () => {
  const { keys } = (await (await fetch(url("/id/keys"))).json()) as { keys: object[] };
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});

describe("introspection", () => {
  const introspect = async (form: Record<string, string>) => {
    const { grant_type: _, ...client } = credentials;
    const response = await postForm(url("/services/oauth2/introspect"), { ...client, ...form });
    return { status: response.status, body: await response.json() };
  };

  test("describes an active token", async () => {
    const token = await requestToken(sandbox);
    const claims = decodeJwt(token);
    const user = userOf(sandbox, "cpq.integration@example.com");
    expect((await introspect({ token, token_type_hint: "access_token" })).body).toEqual({
      active: true,
      scope: "api",
      client_id: consumerKey,
      username: "cpq.integration@example.com",
      sub: url(`/id/${sandbox.org.id}/${user.id}`),
      token_type: "access_token",
      exp: claims.exp,
      iat: claims.iat,
      nbf: claims.iat,
    });
  });

  test("says no more than inactive of an unknown token and of another app's", async () => {
    expect((await introspect({ token: "nonsense" })).body).toEqual({ active: false });
    expect((await introspect({ token: sandbox.accessToken })).body).toEqual({ active: false });
    addConnectedApp(sandbox.org, withOAuth({ isIntrospectAllTokens: "true" }));
    expect((await introspect({ token: sandbox.accessToken })).body).toMatchObject({ active: true });
  });

  test("wants the client's credentials and a token", async () => {
    const token = await requestToken(sandbox);
    expect((await introspect({ token, client_secret: "wrong" })).body).toMatchObject({
      error: "invalid_client",
    });
    expect(await introspect({})).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("revocation", () => {
  test.each([
    { what: "a JWT, by POST", isNamedUserJwtEnabled: "true", method: "POST" },
    { what: "an opaque token, by POST", isNamedUserJwtEnabled: "false", method: "POST" },
    { what: "a JWT, by GET", isNamedUserJwtEnabled: "true", method: "GET" },
  ])("takes back $what", async ({ isNamedUserJwtEnabled, method }) => {
    addConnectedApp(sandbox.org, withOAuth({ isNamedUserJwtEnabled }));
    const token = await requestToken(sandbox);
    expect((await sobjects(token)).status).toBe(200);
    const revoke = url("/services/oauth2/revoke");
    const response =
      method === "POST"
        ? await postForm(revoke, { token })
        : await fetch(`${revoke}?token=${encodeURIComponent(token)}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect((await sobjects(token)).status).toBe(401);
    const again = await postForm(revoke, { token });
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ error: "invalid_token" });
  });
});

describe("userinfo and identity URL", () => {
  test("tell who the user is", async () => {
    const token = await requestToken(sandbox);
    const user = userOf(sandbox, "cpq.integration@example.com");
    const userInfo = await (await getWithToken(url("/services/oauth2/userinfo"), token)).json();
    expect(userInfo).toMatchObject({
      user_id: user.id,
      organization_id: sandbox.org.id,
      preferred_username: user.username,
      email_verified: true,
      active: true,
    });
    const identity = await (await getWithToken(url(`/id/${sandbox.org.id}/${user.id}`), token)).json();
    expect(identity).toMatchObject({ user_id: user.id, username: user.username, asserted_user: true });
  });

  test("answer 403 with a word for a missing token, a bad one, and a wrong org or user", async () => {
    const user = userOf(sandbox, "cpq.integration@example.com");
    const token = await requestToken(sandbox);
    const missing = await fetch(url("/services/oauth2/userinfo"));
    expect([missing.status, await missing.text()]).toEqual([403, "Missing_OAuth_Token"]);
    const bad = await getWithToken(url("/services/oauth2/userinfo"), "nonsense");
    expect([bad.status, await bad.text()]).toEqual([403, "Bad_OAuth_Token"]);
    const wrongOrg = await getWithToken(url(`/id/00D000000000000AAA/${user.id}`), token);
    expect([wrongOrg.status, await wrongOrg.text()]).toEqual([403, "Wrong_Org"]);
    const otherUser = await getWithToken(url(`/id/${sandbox.org.id}/${sandbox.org.users[0]?.id}`), token);
    expect([otherUser.status, await otherUser.text()]).toEqual([403, "Bad_Id"]);
  });
});
