import { rareSettings } from "./rareSettings.ts";
import { hitIf, type LintRules } from "./rule.ts";

const path = "oauth.trustedIpRanges";
const widestIpv4 = 2 ** 24;

export const trustedIpRangeRules: LintRules = {
  "trusted-ip-range-wide": {
    level: "warning",
    find: (app) => {
      const ranges = rareSettings(app)[path];
      if (!Array.isArray(ranges)) return [];
      return ranges.flatMap(({ range }: { range?: unknown }) =>
        hitIf(typeof range === "string" && isWide(range), path, String(range)),
      );
    },
  },
};

/** Whether a range in canonical form (CIDR, `start-end`, one address) is wider than a /8 of IPv4 or a /32 of IPv6. */
function isWide(range: string): boolean {
  const [address = "", prefix] = range.split("/");
  if (prefix !== undefined) {
    if (!address.includes(":")) return Number(prefix) < 8;
    // IPv4 addresses in the form of IPv6 begin after 96 bits.
    return Number(prefix) < (/^::ffff:/i.test(address) ? 96 + 8 : 32);
  }
  const [start = "", end = start] = range.split("-");
  return start.includes(":")
    ? first32Bits(end) > first32Bits(start)
    : ipv4Number(end) - ipv4Number(start) >= widestIpv4;
}

function ipv4Number(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function first32Bits(address: string): number {
  const [high = ""] = address.split("::");
  const [first = "", second = ""] = high.split(":");
  return Number.parseInt(first || "0", 16) * 2 ** 16 + Number.parseInt(second || "0", 16);
}
