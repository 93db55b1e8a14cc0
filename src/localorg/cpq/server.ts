import { Hono } from "hono";
import { type LoopbackServer, serveOnLoopback } from "../http/loopbackServer.ts";
import type { Org } from "../org.ts";
export function startCpqServer(_org: Org, port: number): Promise<LoopbackServer> {
  return serveOnLoopback(new Hono(), port);
}
