import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  canonicalCertificate,
  certificateBody,
  certificateProblem,
  foldedCertificate,
} from "../../../src/app/certificate.ts";
import { certificate, otherCertificate, pem } from "../certificates.ts";

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsaPair = generateKeyPairSync("rsa", { modulusLength: 1024 });
const textOf = (bytes: Buffer) => bytes.toString("base64");
const pkcs8 = textOf(pair.privateKey.export({ format: "der", type: "pkcs8" }));
const sec1 = textOf(pair.privateKey.export({ format: "der", type: "sec1" }));
const pkcs1 = textOf(rsaPair.privateKey.export({ format: "der", type: "pkcs1" }));
const publicKey = textOf(pair.publicKey.export({ format: "der", type: "spki" }));

const bytes = (...values: number[]) => textOf(Buffer.from(values));

const withKey = { id: "certificateWithPrivateKey", found: "" };
const cut = { id: "certificateCut", found: "" };
const unreadable = { id: "certificateUnreadable", found: "" };
const problems = [
  {
    title: "a private key beside it",
    text: `${pem(pkcs8, "PRIVATE KEY")}\n${pem(certificate)}`,
    problem: withKey,
  },
  { title: "a private key alone", text: pem(sec1, "EC PRIVATE KEY"), problem: withKey },
  { title: "an encrypted private key", text: pem(pkcs8, "ENCRYPTED PRIVATE KEY"), problem: withKey },
  { title: "a private key that is cut", text: pem(pkcs8, "PRIVATE KEY").slice(0, 90), problem: withKey },
  { title: "a private key in base64", text: pkcs8, problem: withKey },
  { title: "a private key of an elliptic curve in base64", text: sec1, problem: withKey },
  { title: "a private key of RSA in base64", text: pkcs1, problem: withKey },
  {
    title: "a public key",
    text: pem(publicKey, "PUBLIC KEY"),
    problem: { id: "certificateOther", found: "PUBLIC KEY" },
  },
  {
    title: "a public key in base64",
    text: publicKey,
    problem: { id: "certificateOther", found: "PUBLIC KEY" },
  },
  {
    title: "a request for a certificate",
    text: pem(certificate, "CERTIFICATE REQUEST"),
    problem: { id: "certificateOther", found: "CERTIFICATE REQUEST" },
  },
  {
    title: "a chain",
    text: `${pem(certificate)}\n${pem(otherCertificate)}`,
    problem: { id: "certificateSeveral", found: "2" },
  },
  { title: "a last line that is not complete", text: pem(certificate).slice(0, -1), problem: cut },
  { title: "no last line", text: pem(certificate).split("\n").slice(0, 4).join("\n"), problem: cut },
  { title: "no first line", text: pem(certificate).split("\n").slice(1).join("\n"), problem: cut },
  { title: "a line too few", text: pem(certificate.slice(0, 256)), problem: cut },
  { title: "base64 that is cut", text: certificate.slice(0, 256), problem: cut },
  { title: "base64 that lacks its end alone", text: certificate.slice(0, -4), problem: cut },
  { title: "the first four bytes alone", text: bytes(0x30, 0x82, 0x01, 0x8c), problem: cut },
  { title: "the first two bytes alone", text: bytes(0x30, 0x82), problem: unreadable },
  { title: "another thing than a sequence", text: bytes(0x31, 0x82, 1, 0, 0), problem: unreadable },
  { title: "a sequence of another length", text: bytes(0x30, 0x81, 0xff, 0, 0), problem: unreadable },
  { title: "a whole sequence of another content", text: bytes(0x30, 0x82, 0, 1, 0), problem: unreadable },
  {
    title: "a certificate of another form",
    text: pem(certificate, "TRUSTED CERTIFICATE"),
    problem: { id: "certificateOther", found: "TRUSTED CERTIFICATE" },
  },
  { title: "more after its end", text: `${certificate.replace(/=*$/, "")}AAAA`, problem: unreadable },
  { title: "a byte that is another", text: pem(certificate.replace("MIIB", "MIIX")), problem: cut },
  { title: "another text", text: "hello", problem: unreadable },
  { title: "base64 of another text", text: "aGVsbG8gd29ybGQ=", problem: unreadable },
  {
    title: "signs that base64 has not",
    text: pem(`${certificate.slice(0, 64)}!${certificate.slice(65)}`),
    problem: unreadable,
  },
];

describe("certificateProblem", () => {
  test.each(problems)("finds $title", ({ text, problem }) => {
    expect(certificateProblem(text)).toEqual(problem);
  });
  test.each([
    { title: "PEM", text: pem(certificate) },
    { title: "PEM under its older name", text: pem(certificate, "X509 CERTIFICATE") },
    { title: "PEM with text before it", text: `Bag Attributes\n    friendlyName: x\n${pem(certificate)}` },
    { title: "PEM in one line", text: pem(certificate).replaceAll("\n", " ") },
    { title: "base64", text: certificate },
    { title: "base64 in lines with spaces", text: certificate.replace(/.{76}/g, "$& \n  ") },
  ])("finds nothing in $title", ({ text }) => {
    expect(certificateProblem(text)).toBeUndefined();
  });
});

test("several certificates are compared one by one", () =>
  expect(certificateBody(`${pem(certificate)}\n${pem(otherCertificate)}`)).toBe(
    `${certificate},${otherCertificate}`,
  ));

test("metadata gets PEM without what stands around it, and base64 in one line", () => {
  expect(canonicalCertificate(`subject=x\r\n${pem(certificate).replaceAll("\n", "\r\n")}\r\n`)).toBe(
    pem(certificate),
  );
  expect(canonicalCertificate(certificate.replace(/.{64}/g, "$&\n"))).toBe(certificate);
});

test("people read lines of at most 64 characters", () => {
  const longest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));
  expect(longest(foldedCertificate(certificate))).toBe(64);
  expect(foldedCertificate(certificate).replaceAll("\n", "")).toBe(certificate);
  expect(foldedCertificate(pem(certificate))).toBe(pem(certificate));
});
