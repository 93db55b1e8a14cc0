import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { decodeJwt } from "jose/jwt/decode";
import { makeFolder } from "../../files/folder.ts";
import { whileLockedAtOnce } from "../../files/lockedFile.ts";
import { messagesOf } from "../../messages.ts";
import { pause } from "../../network/ending.ts";
import { redacted } from "../../secrets/redaction.ts";
import { SfError } from "../../sfError.ts";
import { explainRefusal } from "../../token/refusals.ts";
import { requestToken } from "../../token/tokenRequest.ts";
import { type AppChoice, appOfToken, inputsOf, type TokenApp } from "./appOfToken.ts";
import { type CacheFolders, cachedToken, cacheFile, keepToken, type Token } from "./tokenCache.ts";

/** A token, and whether it was there before. */
export interface GivenToken extends Token {
  cached: boolean;
  /** Why it could not be kept for the next call. */
  notKept?: string;
}

const messages = messagesOf("connectedapp.token");

/** How long one call waits for another that requests the same token, in milliseconds. */
const longestWait = 120_000;

/**
 * A token for the app's callers: the one of a former call if enough of its lifetime is left, else a new one. If several
 * ask at once, one of them requests it.
 *
 * @param args the arguments of the command, by which the cache knows the call
 * @param fresh request a new token in any case
 * @throws SfError `TokenRefusedError` with what the refusal means, or as `appOfToken`
 */
export async function giveToken(
  choice: AppChoice,
  args: readonly string[],
  folders: CacheFolders,
  fresh: boolean,
): Promise<GivenToken> {
  // A secret from standard input decides who may have the token, and is known only after it is read.
  const isRead = choice.secretFrom === "stdin";
  const app = isRead ? await appOfToken(choice) : undefined;
  const secret = app?.consumer.secret;
  const request = async (): Promise<GivenToken> => {
    const requestedAt = Date.now();
    const inputs = { ...inputsOf(choice), ...(secret === undefined ? {} : { secret }) };
    const token = await newToken(app ?? (await appOfToken(choice)));
    return {
      ...token,
      cached: false,
      ...keptOrNot(() => keepToken(folders, args, inputs, token, requestedAt)),
    };
  };
  const kept = (): GivenToken | undefined => {
    const known = fresh ? undefined : cachedToken(folders, args, secret);
    return known && { ...known, cached: true };
  };
  const file = cacheFile(folders, args);
  const folder = keptOrNot(() => {
    makeFolder(dirname(file), 0o700);
    accessSync(dirname(file), constants.W_OK);
  });
  if (folder.notKept !== undefined) return kept() ?? { ...(await request()), ...folder };
  const end = Date.now() + longestWait;
  for (;;) {
    const given = kept() ?? (await whileLockedAtOnce(file, async () => kept() ?? (await request())));
    if (given !== undefined) return given;
    if (Date.now() > end) throw messages.createError("lockNotHad", [file]);
    await pause(50);
  }
}

/** A cache that cannot be written costs a request, and is no reason to have no token. */
function keptOrNot(keep: () => void): Pick<GivenToken, "notKept"> {
  try {
    keep();
    return {};
  } catch (error) {
    return { notKept: (error as Error).message };
  }
}

/** Requests a token. @throws SfError `TokenRefusedError`, `UnreachableError` */
async function newToken({ instanceUrl, consumer, kind, label, spec }: TokenApp): Promise<Token> {
  const answer = await requestToken(instanceUrl, consumer);
  if (answer.issued) return { accessToken: answer.accessToken, instanceUrl, ...timesOf(answer.accessToken) };
  const runAs = spec?.app.oauth?.clientCredentials?.runAs;
  // Only the org's words can repeat the secret. In a sentence of ours, a secret such as "wrong" is just a word.
  const { error, description } = answer;
  const refusal = {
    ...answer,
    error: redacted(error, [consumer.secret]),
    description: redacted(description, [consumer.secret]),
  };
  const named = { kind, label: label ?? messagesOf("token").getMessage("theApp"), runAs, org: instanceUrl };
  const { detail, actions } = explainRefusal(refusal, named);
  throw SfError.create({ name: "TokenRefusedError", message: detail, actions });
}

/** When a token was issued and when it ends. An opaque token does not say. */
function timesOf(accessToken: string): Pick<Token, "issuedAt" | "expiresAt"> {
  try {
    const { iat, exp } = decodeJwt(accessToken);
    if (typeof iat !== "number" || typeof exp !== "number") return {};
    return { issuedAt: new Date(iat * 1000).toISOString(), expiresAt: new Date(exp * 1000).toISOString() };
  } catch {
    return {};
  }
}
