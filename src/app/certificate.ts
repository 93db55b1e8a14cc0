/** Why a text is not a certificate: a key of messages/spec.md, and what the text is instead. */
export interface CertificateProblem {
  id:
    | "certificateWithPrivateKey"
    | "certificateOther"
    | "certificateCut"
    | "certificateSeveral"
    | "certificateUnreadable";
  /** Never a part of the text itself, because that may be a private key. */
  found: string;
}

const block = /-----BEGIN ((?:X509 )?CERTIFICATE)-----(.*?)-----END \1-----/gs;
const label = /-----(?:BEGIN|END) ([A-Z0-9 ]{1,40})/;

/**
 * The content of a certificate, in whatever form it is written: its base64 without line breaks, without PEM's first and
 * last line and without any text around them. Pipeline variables hold line breaks as `\n`.
 */
export function certificateBody(text: string): string {
  const bodies = bodiesOf(text);
  return (bodies.length === 0 ? [text] : bodies).map(joined).join(",");
}

/** A certificate as metadata gets it: PEM without any text around it if it was PEM, else its base64 in one line. */
export function canonicalCertificate(text: string): string {
  const [body] = bodiesOf(text);
  if (body === undefined) return joined(text);
  return `-----BEGIN CERTIFICATE-----\n${folded(joined(body))}\n-----END CERTIFICATE-----`;
}

/** The same for people to read: no line is longer than 64 characters. */
export function foldedCertificate(text: string): string {
  const canonical = canonicalCertificate(text);
  return canonical.includes("\n") ? canonical : folded(canonical);
}

/**
 * Why a text is not an X.509 certificate in PEM or base64; undefined if it is one. The problem never holds the text.
 */
export function certificateProblem(text: string): CertificateProblem | undefined {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)) return problem("certificateWithPrivateKey");
  const [body, ...others] = bodiesOf(text);
  if (others.length > 0) return problem("certificateSeveral", String(others.length + 1));
  const found = label.exec(text)?.[1];
  if (body !== undefined || found === undefined) return problemOfBody(joined(body ?? text));
  return /^(X509 )?CERTIFICATE$/.test(found) ? problem("certificateCut") : problem("certificateOther", found);
}

function problemOfBody(base64: string): CertificateProblem | undefined {
  if (!isBase64(base64)) return problem("certificateUnreadable");
  const bytes = Buffer.from(base64, "base64");
  // The module is slow to load, and most specs have no certificate.
  const { X509Certificate, createPrivateKey, createPublicKey } = process.getBuiltinModule("node:crypto");
  if (succeeds(() => new X509Certificate(bytes).raw.length === bytes.length)) return undefined;
  const keyTypes = ["pkcs8", "pkcs1", "sec1"] as const;
  if (keyTypes.some((type) => succeeds(() => createPrivateKey({ key: bytes, format: "der", type }))))
    return problem("certificateWithPrivateKey");
  if (succeeds(() => createPublicKey({ key: bytes, format: "der", type: "spki" })))
    return problem("certificateOther", "PUBLIC KEY");
  return problem(lengthOf(bytes) > bytes.length ? "certificateCut" : "certificateUnreadable");
}

/** The length that the bytes give themselves. Every certificate is a DER sequence with a two-byte length. */
function lengthOf(bytes: Buffer): number {
  const isSequence = bytes.length >= 4 && bytes[0] === 0x30 && bytes[1] === 0x82;
  return isSequence ? bytes.readUInt16BE(2) + 4 : 0;
}

function bodiesOf(text: string): string[] {
  return [...text.matchAll(block)].map(([, , body = ""]) => body);
}

function folded(base64: string): string {
  return base64.replace(/.{64}(?=.)/g, "$&\n");
}

function joined(text: string): string {
  return text.replace(/\\[nr]|\s/g, "");
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function succeeds(attempt: () => unknown): boolean {
  try {
    return Boolean(attempt());
  } catch {
    return false;
  }
}

function problem(id: CertificateProblem["id"], found = ""): CertificateProblem {
  return { id, found };
}
