import { jwtPart } from "../../app/jwtPart.ts";
import type { KindName } from "../../app/kindName.ts";
import { messagesOf } from "../../messages.ts";
import type { Explained } from "../../results/explained.ts";
import { redacted } from "../../secrets/redaction.ts";
import { explainRefusal, type Refusal } from "../../token/refusals.ts";

const messages = messagesOf("connectedapp.explain");

/**
 * What an answer of the token endpoint or a token means, without asking any org: by the table by which the verification
 * explains its own refusals. Pure.
 *
 * @param input an error text, a JSON answer, or a token; alone or within other text
 */
export function explain(input: string, kind: KindName): Explained {
  const token = tokenIn(input);
  if (token !== undefined) return explainedJwt(token);
  if (jwtForm.test(input))
    return {
      what: "unknown",
      text: messages.getMessage("damaged"),
      actions: messages.getMessages("damaged.actions"),
    };
  if (/\b00D[A-Za-z0-9]{12,15}!/.test(input))
    return {
      what: "opaqueToken",
      text: messages.getMessage("opaque"),
      actions: messages.getMessages("opaque.actions"),
    };
  const refusal = refusalIn(input);
  const named = {
    kind,
    label: messagesOf("token").getMessage("theApp"),
    runAs: undefined,
    org: messages.getMessage("theOrg"),
  };
  const { meaning, detail, actions } = explainRefusal(refusal, named);
  if (meaning === "otherRefusal" || meaning === "noOAuthAnswer")
    return {
      what: "unknown",
      text: messages.getMessage("unknown", [redacted(shortened(input))]),
      actions: messages.getMessages("unknown.actions"),
    };
  return { what: "refusal", meaning, text: redacted(detail), actions };
}

const jwtForm = /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/;

/** The token within a text, if there is one that can be read, for its table of claims. */
export function tokenIn(input: string): string | undefined {
  const [token] = jwtForm.exec(input) ?? [];
  const isReadable = token
    ?.split(".")
    .slice(0, 2)
    .every((part) => jwtPart(part) !== undefined);
  return isReadable ? token : undefined;
}

function explainedJwt(token: string): Explained {
  const claims = jwtPart(token.split(".")[1]) ?? {};
  const ended = typeof claims.exp === "number" && claims.exp * 1000 < Date.now();
  return {
    what: "token",
    text: messages.getMessage(ended ? "jwt.ended" : "jwt", [
      typeof claims.iss === "string" ? claims.iss : messages.getMessage("jwt.noIssuer"),
    ]),
    actions: messages.getMessages(ended ? "jwt.ended.actions" : "jwt.actions"),
  };
}

/** The words of a refusal: of a JSON answer, or of a text such as `invalid_grant: no client credentials user enabled`. */
function refusalIn(input: string): Refusal {
  const status = /\bHTTP(?:\/[\d.]+)?\s+(\d{3})\b/i.exec(input)?.[1];
  const known = status === undefined ? {} : { status: Number(status) };
  const [body] = /\{[\s\S]*\}/.exec(input) ?? [];
  try {
    const { error, error_description: description = "" } = JSON.parse(body ?? "") as Record<string, unknown>;
    if (typeof error === "string") return { ...known, error, description: String(description) };
  } catch {
    // It is a text.
  }
  const error =
    /\b(?:[a-z]+(?:_[a-z]+)+|OAUTH_[A-Z_]+)\b/.exec(input.replaceAll("error_description", ""))?.[0] ?? "";
  return { ...known, error, description: shortened(input) };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
