import ip from "ipaddr.js";
import { numberOf, parseIpRange } from "../app/ipRange.ts";
import { hitIf, type LintRules } from "./rule.ts";

const path = "oauth.trustedIpRanges";

/** The most addresses that a range may hold: a /8 of IPv4, a /32 of IPv6. */
const widest = { ipv4: 2n ** 24n, ipv6: 2n ** 96n };

export const trustedIpRangeRules = {
  "trusted-ip-range-wide": {
    level: "warning",
    find: ({ settings }) =>
      (settings[path] ?? []).flatMap(({ range = "" }) => hitIf(isWide(range), path, range)),
  },
} satisfies LintRules;

function isWide(range: string): boolean {
  const bounds = parseIpRange(range);
  if ("problem" in bounds) return false;
  const [first, last] = [ip.parse(bounds.start), ip.parse(bounds.end)];
  // IPv4 addresses may be written in the form of IPv6.
  const isIpv4 = [first, last].every(
    (address) => address instanceof ip.IPv4 || address.isIPv4MappedAddress(),
  );
  return numberOf(last) - numberOf(first) >= (isIpv4 ? widest.ipv4 : widest.ipv6);
}
