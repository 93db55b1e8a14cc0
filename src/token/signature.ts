import { decodeProtectedHeader } from "jose/decode/protected_header";
import * as errors from "jose/errors";
import { compactVerify } from "jose/jws/compact/verify";
import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { SfError } from "../sfError.ts";
import { checkOf } from "./checks.ts";
import type { OrgKeys, PublishedKeys } from "./publishedKeys.ts";

const messages = messagesOf("token");
const algorithms = ["RS256"];

/**
 * Checks the signature against the keys that the org publishes: those in the usual place, and if they do not confirm it,
 * those where it says that they are. If they cannot be read, or the token's key is not among them, this says nothing about
 * the token.
 */
export async function signatureCheck(
  token: string,
  myDomainUrl: string,
  { usual, published }: OrgKeys,
): Promise<Check> {
  const { alg, kid } = decodeProtectedHeader(token);
  if (!algorithms.includes(String(alg)))
    return forged(messages.getMessage("signature.algorithm", [String(alg)]));
  try {
    const isRight = (await isConfirmedBy(token, await usual)) || (await isSignedBy(token, await published()));
    return isRight
      ? checkOf("signature", "passed", messages.getMessage("signature", [String(kid)]))
      : forged(messages.getMessage("signature.wrong", [myDomainUrl]));
  } catch (error) {
    return unverified(error, String(kid), myDomainUrl);
  }
}

async function isConfirmedBy(token: string, keys: PublishedKeys | undefined): Promise<boolean> {
  if (keys === undefined) return false;
  // The token may be made with a newer key than these.
  return isSignedBy(token, keys).catch(() => false);
}

function forged(detail: string): Check {
  return checkOf("signature", "failed", detail, messages.getMessages("forged.actions"));
}

function unverified(error: unknown, kid: string, myDomainUrl: string): Check {
  if (error instanceof errors.JWKSNoMatchingKey) {
    const detail = messages.getMessage("signature.noMatchingKey", [myDomainUrl, kid]);
    return checkOf(
      "signature",
      "unverified",
      detail,
      messages.getMessages("signature.noMatchingKey.actions"),
    );
  }
  const { message, actions = [] } = SfError.wrap(error);
  return checkOf("signature", "unverified", messages.getMessage("signature.unverified", [message]), actions);
}

/** @throws JWKSNoMatchingKey, or another error of jose if a key cannot be used */
async function isSignedBy(token: string, key: PublishedKeys): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms });
    return true;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid)
      return false;
    // If a token names no key, any of several may have signed it.
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const candidate of error) if (await isSignedBy(token, () => candidate)) return true;
    return false;
  }
}
