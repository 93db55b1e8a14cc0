import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { OrgLogin } from "../org.ts";
import { newId } from "../salesforceId.ts";
import type { Asking } from "./tokenRefusals.ts";

/** How many logins an org remembers. */
const maxLogins = 20_000;

/** Where a request comes from. */
export function callerOf(context: Context): Pick<OrgLogin, "sourceIp" | "forwardedForIp"> {
  const address = getConnInfo(context).remote.address ?? "";
  // An IPv4 client of an IPv6 socket.
  const sourceIp = address.replace(/^::ffff:(?=\d+\.)/, "");
  return { sourceIp, forwardedForIp: context.req.header("X-Forwarded-For") };
}

/** Remembers that somebody asked for a token in the name of a user. */
export function recordLogin({ org, app, user }: Asking, context: Context, status: string): void {
  org.logins.push({
    id: newId("0Ya"),
    at: org.behaviour.now(),
    userId: user.id,
    application: app.label,
    status,
    ...callerOf(context),
  });
  if (org.logins.length > maxLogins) org.logins.shift();
}
