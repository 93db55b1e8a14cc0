import type { Context } from "hono";
import type { OrgUser } from "../../org.ts";
import { MetadataError } from "../metadataError.ts";
import { mayChangeMetadata, NOT_ALLOWED } from "../permission.ts";
import { answerEnvelope, faultEnvelope, readEnvelope } from "./envelope.ts";
import { type OperationContext, runOperation } from "./operations.ts";

/** Answers one SOAP request; errors become faults. */
export async function answerSoap(context: OperationContext, request: Context): Promise<Response> {
  try {
    const { sessionId, operation } = readEnvelope(new Uint8Array(await request.req.arrayBuffer()));
    const user = await sessionUser(context, sessionId);
    const result = runOperation(context, user, operation);
    return xml(request, answerEnvelope(operation.name, result), 200);
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    const code = error.isUnreadable ? "soapenv:Client" : `sf:${error.code}`;
    const text = error.isUnreadable ? error.message : `${error.code}: ${error.message}`;
    return xml(request, faultEnvelope(code, text), 500);
  }
}

async function sessionUser(context: OperationContext, sessionId: string | undefined): Promise<OrgUser> {
  const user = await context.authenticate(sessionId ?? "", "soap");
  if (!user) {
    const message = `Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key: ${sessionId ?? ""}`;
    throw new MetadataError("INVALID_SESSION_ID", message);
  }
  if (!mayChangeMetadata(user)) throw new MetadataError("INSUFFICIENT_ACCESS", NOT_ALLOWED);
  return user;
}

function xml(context: Context, body: string, status: 200 | 500): Response {
  return context.body(body, status, { "Content-Type": "text/xml; charset=utf-8" });
}
