import { type Document, isScalar, visit } from "yaml";
import { specPathsWith } from "../app/settings.ts";

type Range = readonly [from: number, to: number];

const secretKeys = specPathsWith("secret").map((path) => path.split(".").at(-1) ?? "");

/** A line with such a key whose value is not a reference. */
const secretLine = new RegExp(`((?:${secretKeys.join("|")})["']?\\s*:\\s*)(?!\\s*["']?\\$\\{)(\\S.*)`, "gi");

/** A private key in PEM up to its end; if its last line is missing, everything that follows. */
const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/gs;

/** The text of a file without its secrets, found by their places in the documents and, if the YAML is broken, by their lines. */
export function withoutSecrets(source: string, documents: readonly Document.Parsed[]): string {
  const hidden = source
    .replace(secretLine, (_, key: string, value: string) => key + stars(value))
    .replace(privateKey, stars);
  return documents
    .flatMap(secretRanges)
    .reduce((text, [from, to]) => text.slice(0, from) + stars(text.slice(from, to)) + text.slice(to), hidden);
}

function secretRanges(document: Document.Parsed): Range[] {
  const ranges: Range[] = [];
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(value) || !value.range || !isScalar(key)) return;
      const text = String(value.value);
      const isSecret = secretKeys.includes(String(key.value)) && !text.startsWith("${");
      if (isSecret || mayBePrivateKey(text)) ranges.push([value.range[0], value.range[1]]);
    },
  });
  return ranges;
}

/** A private key in base64 looks like a certificate in base64, and people cannot read either. */
function mayBePrivateKey(text: string): boolean {
  const isBase64 = /[A-Za-z0-9+/=]{40}/.test(text) && /^[A-Za-z0-9+/=\s]+$/.test(text);
  return isBase64 || text.includes("PRIVATE KEY");
}

function stars(value: string): string {
  return value.replace(/\S/g, "*");
}
