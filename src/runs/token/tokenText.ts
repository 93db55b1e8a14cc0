import type { Token } from "./tokenCache.ts";

/** How a token is printed; without a format, the token alone. */
export const tokenFormats = ["header", "env", "json"] as const;
export type TokenFormat = (typeof tokenFormats)[number];

/** A token for standard output. */
export function tokenText(token: Token, format: TokenFormat | undefined): string {
  switch (format) {
    case "header":
      return `Authorization: Bearer ${token.accessToken}`;
    case "env":
      return `CPQ_ACCESS_TOKEN=${token.accessToken}\nCPQ_INSTANCE_URL=${token.instanceUrl}`;
    case "json":
      return JSON.stringify({ tokenType: "Bearer", ...token }, null, 2);
    default:
      return token.accessToken;
  }
}
