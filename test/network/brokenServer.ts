import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How one request is answered. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that answers one request after the other as a test says, the last reply again and again. */
export interface BrokenServer {
  url: string;
  replies: Reply[];
  /** The requests that came, as `GET /path`. */
  asked: string[];
  /** Authorization headers that came. */
  authorizations: string[];
  close(): void;
}

/** Starts it on loopback. */
export async function startBrokenServer(): Promise<BrokenServer> {
  const server = createServer((request, response) => {
    made.asked.push(`${request.method} ${request.url}`);
    const { authorization } = request.headers;
    if (authorization !== undefined) made.authorizations.push(authorization);
    request.resume().on("end", () => {
      const reply = made.replies.length > 1 ? made.replies.shift() : made.replies[0];
      reply?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const made: BrokenServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replies: [],
    asked: [],
    authorizations: [],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return made;
}

/** A whole answer. */
export function reply(
  body: string | Buffer,
  { status = 200, ...headers }: { status?: number } & Record<string, string | number> = {},
): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
}

/** Begins an answer, and breaks the connection off in the middle. */
export const cut: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"records": [', () => response.destroy());
};

/** Breaks the connection off before an answer. */
export const reset: Reply = (response) => void response.destroy();
