import ip from "ipaddr.js";

/** Why a text is not an IP range: a key of messages/spec.md. */
export type IpRangeProblem =
  | "ipRange"
  | "ipRangeFamilies"
  | "ipRangeOrder"
  | "ipRangePrefix"
  | "ipRangeHostBits";

/** First and last address of a range. */
export interface IpBounds {
  start: string;
  end: string;
}

type Address = ReturnType<typeof ip.parse>;

/**
 * The bounds of a range that is written as `10.0.0.0/8`, as `10.0.0.1-10.0.0.9` (a dash of any length) or as a single
 * address, in IPv4 or IPv6. If it is none, what is wrong with it.
 */
export function parseIpRange(source: string): IpBounds | { problem: IpRangeProblem } {
  const [first = "", prefix, more] = source.trim().split("/");
  if (prefix !== undefined) return more === undefined ? parseBlock(first, prefix) : { problem: "ipRange" };
  const [start = "", end = start, rest] = first.split(/\s*[-–—]\s*/);
  const [from, to] = [parseAddress(start), parseAddress(end)];
  if (from === undefined || to === undefined || rest !== undefined) return { problem: "ipRange" };
  if (from.kind() !== to.kind()) return { problem: "ipRangeFamilies" };
  if (numberOf(from) > numberOf(to)) return { problem: "ipRangeOrder" };
  return { start: textOf(from), end: textOf(to) };
}

/**
 * The canonical text of a range: CIDR if it is exactly one block, the address if it is a single one, else `start-end`.
 * Bounds that are not addresses stay as they are.
 */
export function ipRangeText({ start, end }: IpBounds): string {
  const [from, to] = [parseAddress(start), parseAddress(end)];
  if (from === undefined || to === undefined || from.kind() !== to.kind()) return `${start}-${end}`;
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === last) return textOf(from);
  const size = last - first + 1n;
  const isBlock = size > 1n && (size & (size - 1n)) === 0n && first % size === 0n;
  const prefix = bitsOf(from) - (size.toString(2).length - 1);
  return isBlock ? `${textOf(from)}/${prefix}` : `${textOf(from)}-${textOf(to)}`;
}

function parseBlock(address: string, prefix: string): IpBounds | { problem: IpRangeProblem } {
  const from = parseAddress(address);
  if (from === undefined) return { problem: "ipRange" };
  const bits = bitsOf(from);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return { problem: "ipRangePrefix" };
  const size = 1n << BigInt(bits - Number(prefix));
  const first = numberOf(from);
  if (first % size !== 0n) return { problem: "ipRangeHostBits" };
  return { start: textOf(from), end: textOf(addressOf(first + size - 1n, bits)) };
}

/** IPv4 in its usual four decimal parts only: 10.1 is an error, although some tools read it as 10.0.0.1. */
function parseAddress(source: string): Address | undefined {
  if (ip.IPv4.isValidFourPartDecimal(source)) return ip.IPv4.parse(source);
  return !source.includes("%") && ip.IPv6.isValid(source) ? ip.IPv6.parse(source) : undefined;
}

function textOf(address: Address): string {
  return address instanceof ip.IPv6 ? address.toRFC5952String() : address.toString();
}

function bitsOf(address: Address): number {
  return address.toByteArray().length * 8;
}

/** An address as a number, to compare and to count with. */
export function numberOf(address: Address): bigint {
  return address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function addressOf(value: bigint, bits: number): Address {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 - index * 8)) & 255n),
  );
  return ip.fromByteArray(bytes);
}
