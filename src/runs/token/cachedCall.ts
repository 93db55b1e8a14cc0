import { type CacheFolders, cachedToken } from "./tokenCache.ts";
import { type TokenFormat, tokenFormats, tokenText } from "./tokenText.ts";

/**
 * The whole output of a call of the command `token` whose token is in the cache, without loading what could request
 * one. Undefined if anything about the call is not plain; then the command itself decides.
 */
export function cachedOutput(args: readonly string[], folders: CacheFolders): string | undefined {
  if (args.some((word) => /^(--fresh|--decode|--json|--help|-h|stdin|--secret-from=stdin)$/.test(word)))
    return undefined;
  const format = formatOf(args);
  if (format !== undefined && !(tokenFormats as readonly string[]).includes(format)) return undefined;
  const token = cachedToken(folders, args);
  return token && tokenText(token, format as TokenFormat | undefined);
}

function formatOf(args: readonly string[]): string | undefined {
  const index = args.indexOf("--format");
  if (index >= 0) return args[index + 1] ?? "";
  return args.find((word) => word.startsWith("--format="))?.slice("--format=".length);
}
