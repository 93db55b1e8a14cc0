/** What a part of a JWT (header or claims) holds, unverified; undefined if it is no JSON object in base64url. */
export function jwtPart(part = ""): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
