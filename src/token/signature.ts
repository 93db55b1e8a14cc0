import type { Messages } from "@salesforce/core/messages";
import { compactVerify, createRemoteJWKSet, customFetch, errors } from "jose";
import { reasonOf } from "../app/reasonOf.ts";
import type { Check } from "../results/check.ts";
import { request } from "./http.ts";
import { check } from "./jwtChecks.ts";

/**
 * Checks the signature against the keys that the org publishes. Where they are is asked of the org's OpenID Connect
 * discovery, so that nothing of it is assumed.
 */
export async function signatureCheck(
  token: string,
  myDomainUrl: string,
  messages: Messages<string>,
): Promise<Check> {
  try {
    const discovery = await request(`${myDomainUrl}/.well-known/openid-configuration`);
    const { jwks_uri: keysUrl } = (discovery.json ?? {}) as { jwks_uri?: unknown };
    if (typeof keysUrl !== "string") {
      return check(
        "signature",
        false,
        messages.getMessage("signature.noKeys", [myDomainUrl, String(discovery.status)]),
      );
    }
    const keys = createRemoteJWKSet(new URL(keysUrl), {
      [customFetch]: async (url, init) => {
        const { status, text } = await request(String(url), { headers: Object.fromEntries(init.headers) });
        return new Response(text, { status });
      },
    });
    const { protectedHeader } = await compactVerify(token, keys, { algorithms: ["RS256"] });
    return check("signature", true, messages.getMessage("signature", [String(protectedHeader.kid)]));
  } catch (error) {
    const reason = reasonOf(error);
    if (error instanceof errors.JWKSNoMatchingKey) {
      return check("signature", false, messages.getMessage("signature.noMatchingKey", [myDomainUrl]));
    }
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      return check("signature", false, messages.getMessage("signature.wrong", [myDomainUrl]));
    }
    return check("signature", false, messages.getMessage("signature.failed", [reason]));
  }
}
