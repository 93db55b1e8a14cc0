import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/** An HTTP server that is listening on loopback. */
export interface LoopbackServer {
  port: number;
  /** Stops it at once; connections that clients keep open are closed too. */
  close(): Promise<void>;
}

/**
 * Serves an app on 127.0.0.1 and, if the machine has IPv6, on ::1, so that `localhost` reaches it either way.
 *
 * @param port The port, or 0 for a free one.
 * @throws Error if the port is in use, or may not be used
 */
export async function serveOnLoopback(app: Hono, port: number): Promise<LoopbackServer> {
  // A free IPv4 port may be taken on IPv6, so that `localhost` would reach another program: then another one is tried.
  for (let attempt = 1; ; attempt++) {
    const ipv4 = await listen(app, "127.0.0.1", port);
    try {
      const ipv6 = await listenOnIpv6(app, ipv4.port);
      return {
        port: ipv4.port,
        close: async () => {
          await Promise.all([ipv4.close(), ipv6?.close()]);
        },
      };
    } catch (error) {
      await ipv4.close();
      if (port !== 0 || attempt === 10) throw error;
    }
  }
}

async function listenOnIpv6(app: Hono, port: number): Promise<LoopbackServer | undefined> {
  try {
    return await listen(app, "::1", port);
  } catch (error) {
    const code = error instanceof Error && error.cause ? (error.cause as NodeJS.ErrnoException).code : "";
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return undefined;
    throw error;
  }
}

function listen(app: Hono, hostname: string, port: number): Promise<LoopbackServer> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname }) as Server;
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(explain(cause, hostname, port)));
    server.listen({ port, host: hostname }, () => {
      const address = server.address();
      const actualPort = typeof address === "object" && address ? address.port : port;
      resolve({ port: actualPort, close: () => close(server) });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function explain(cause: NodeJS.ErrnoException, hostname: string, port: number): Error {
  const why =
    cause.code === "EADDRINUSE"
      ? "it is in use by another program. Choose another port, or 0 for a free one."
      : cause.message;
  return new Error(`The local org cannot listen on port ${port} of ${hostname}: ${why}`, { cause });
}
