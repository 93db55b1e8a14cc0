import { Hono } from "hono";
import type { Org } from "../org.ts";
export function restRoutes(_org: Org): Hono {
  return new Hono();
}
