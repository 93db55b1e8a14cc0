import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** What a server answers; a text is sent as a page. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** An org's token endpoint, keys and REST API, as strange as a test wants them. */
export interface TokenServer {
  url: string;
  /** The token that is issued next. */
  token(change?: { header?: object; payload?: JWTPayload; key?: SigningKey }): Promise<string>;
  /** The same token with `alg: none`, or signed by HS256 with the public key, as forgers do. */
  unsigned(): Promise<string>;
  signedByPublicKey(): Promise<string>;
  /** Answers by path; what is not here is answered as an org does. Each one takes the number of times that it was asked. */
  answers: Map<string, (times: number) => Answer>;
  /** Answers the paths of the REST API that are not above. */
  otherwise(path: string): Answer;
  /** How often each path was asked. */
  asked: Map<string, number>;
  keys: JWK[];
  close(): void;
}

export const discovery = "/.well-known/openid-configuration";
/** Where Salesforce's orgs have their keys, and where this one says that it has them. */
export const usualKeys = "/id/keys";
export const discoveredKeys = "/keys/of/today";

export const kid = "CORE_ATJWT.00D000000000001.1725579420125";

/** Starts such a server on loopback. */
export async function startTokenServer(): Promise<TokenServer> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  const server = createServer((request, response) => void respond(made, request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({
    iss: url,
    aud: [url],
    sub: "uid:005000000000001AAA",
    client_id: "3MVG9ExampleKey",
    scp: "api",
    iat: now(),
    nbf: now(),
    exp: now() + 1800,
  });
  const encoded = (header: object) =>
    [header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const made: TokenServer = {
    url,
    token: ({ header, payload, key = privateKey } = {}) =>
      new SignJWT({ ...claims(), ...payload })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid, ...header })
        .sign(key),
    unsigned: async () => `${encoded({ alg: "none", typ: "JWT" })}.`,
    signedByPublicKey: async () => {
      const text = encoded({ alg: "HS256", typ: "JWT", kid });
      return `${text}.${createHmac("sha256", JSON.stringify(publicJwk)).update(text).digest("base64url")}`;
    },
    answers: new Map(),
    otherwise: () => ({ body: {} }),
    asked: new Map(),
    keys: [publicJwk],
    close: () => stop(server),
  };
  return made;
}

async function respond(made: TokenServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "";
  const times = (made.asked.get(path) ?? 0) + 1;
  made.asked.set(path, times);
  const answer = made.answers.get(path)?.(times) ?? (await answerOfOrg(made, path));
  const { status = 200, body = "", headers = {} } = answer;
  const type = typeof body === "string" ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function answerOfOrg(made: TokenServer, path: string): Promise<Answer> {
  if (path === "/services/oauth2/token") return { body: { access_token: await made.token() } };
  if (path === discovery) return { body: { jwks_uri: `${made.url}${discoveredKeys}` } };
  if (path === usualKeys || path === discoveredKeys) return { body: { keys: made.keys } };
  return path.startsWith("/services/data/") ? made.otherwise(path) : { status: 404, body: {} };
}

function stop(server: Server): void {
  server.closeAllConnections();
  server.close();
}
