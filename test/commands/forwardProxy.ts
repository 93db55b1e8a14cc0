import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";

/** A proxy as companies have them: plain requests are passed on, and for `https` a tunnel is opened. */
export interface ForwardProxy {
  url: string;
  /** What went through it: the method, and the address or, for a tunnel, the host. */
  seen: string[];
}

/**
 * Starts a proxy on loopback, and stops it when the test ends.
 *
 * @param refuses which addresses the proxy does not let through: it hangs up
 */
export async function startForwardProxy(
  refuses: (address: string) => boolean = () => false,
): Promise<ForwardProxy> {
  const seen: string[] = [];
  const server = createServer((incoming, answer) => {
    const address = incoming.url ?? "";
    seen.push(`${incoming.method} ${address}`);
    if (refuses(address)) incoming.socket.destroy();
    else passOn(address, incoming, answer);
  });
  server.on("connect", (incoming, socket: Duplex) => {
    seen.push(`CONNECT ${incoming.url}`);
    const { hostname, port } = new URL(`https://${incoming.url}`);
    const far = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      far.pipe(socket).pipe(far);
    });
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, seen };
}

/** Lets a server be reached by `https` too, and stops that when the test ends. @returns its address */
export async function serveByTls(
  target: string,
  certificate: { cert: string; key: string },
): Promise<string> {
  const server = createTlsServer(certificate, (incoming, answer) =>
    passOn(`${target}${incoming.url}`, incoming, answer),
  );
  return `https://localhost:${await portOf(server)}`;
}

function passOn(address: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = incoming;
  const outgoing = request(address, { method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  outgoing.on("error", () => answer.destroy());
  incoming.pipe(outgoing);
}

/** The port of a server that listens until the test ends. */
async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}
