import { asVariable } from "../app/consumer.ts";
import { secretReference } from "../app/secretReference.ts";
import type { MessageText } from "../messageText.ts";
import { isMap } from "./overlay.ts";

/** What a spec may ask from the org to which it is deployed. */
export interface ReferencedOrg {
  /** Of the user who is logged in, such as `admin@example.com.uat`. */
  username: string;
  /** 18 characters. */
  orgId: string;
  /** My Domain URL without a trailing slash. */
  instanceUrl: string;
  /** Host name of the My Domain, such as `acme--uat.sandbox.my.salesforce.com`. */
  myDomain: string;
}

/** The sources of the values of references. */
export interface ReferenceValues {
  variables: Readonly<Record<string, string | undefined>>;
  /** Undefined if no org is given. References to it then stay as they are. */
  org: ReferencedOrg | undefined;
  /** The environment that is laid over the spec. */
  environment?: string | undefined;
}

/** Content whose references are replaced. */
export interface Replaced {
  content: unknown;
  /** Paths of the texts that refer to the org. */
  orgPaths: string[][];
  /** Texts that cannot be replaced. */
  problems: (MessageText<"spec", "unknownReference" | "unsetVariable" | "unnamedEnvironment"> & {
    path: string[];
  })[];
}

/**
 * Stands for the org if none is given, so that a spec can still be checked. A text that is valid for these values is
 * valid for any org.
 */
export const sampleOrg: ReferencedOrg = {
  username: "admin@example.com",
  orgId: "00D000000000000EAA",
  instanceUrl: "https://example.my.salesforce.com",
  myDomain: "example.my.salesforce.com",
};

const reference = /\$(\$\{)|\$\{([^}]*)\}/g;
const variable = /^env:([A-Za-z_]\w*)(?::-(.*))?$/s;
const orgFact = /^org:(username|orgId|instanceUrl|myDomain)$/;

function isFollowedLater([first, second, third]: readonly string[]): boolean {
  return first === "consumer" && third === undefined && (second === "key" || second === "secret");
}

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}`, `${org:username}` and the like in every text, except for the consumer
 * key and secret, whose references are followed only when they are needed. Keys stay as they are, and `$${` stands for a
 * literal `${`. In the references to consumer key and secret, `{APP}` and `{ENVIRONMENT}` are replaced, so that each
 * environment has variables of its own.
 */
export function replaceReferences(content: unknown, values: ReferenceValues): Replaced {
  const problems: Replaced["problems"] = [];
  const orgPaths: string[][] = [];
  const replaceText = (text: string, path: string[]) =>
    text.replace(reference, (whole, literal: string | undefined, inner: string) => {
      if (literal !== undefined) return literal;
      const fact = orgFact.exec(inner)?.[1];
      if (fact !== undefined) {
        orgPaths.push(path);
        return values.org?.[fact as keyof ReferencedOrg] ?? whole;
      }
      const [, name, fallback] = variable.exec(inner) ?? [];
      if (name === undefined) {
        problems.push({ id: "unknownReference", values: [whole], path });
        return whole;
      }
      const value = values.variables[name] || fallback;
      if (value === undefined) problems.push({ id: "unsetVariable", values: [name], path });
      return value ?? whole;
    });
  const replace = (value: unknown, path: string[]): unknown => {
    if (typeof value === "string") return value.includes("${") ? replaceText(value, path) : value;
    if (Array.isArray(value)) return value.map((entry, index) => replace(entry, [...path, String(index)]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const here = [...path, key];
        return [key, isFollowedLater(here) ? inner : replace(inner, here)];
      }),
    );
  };
  const replaced = replace(content, []);
  return { content: withNames(replaced, values.environment, problems), orgPaths, problems };
}

/** The content with both names in the references to consumer key and secret. */
function withNames(
  content: unknown,
  environment: string | undefined,
  problems: Replaced["problems"],
): unknown {
  if (!isMap(content) || !isMap(content.consumer)) return content;
  const names: Readonly<Record<string, unknown>> = { APP: content.name, ENVIRONMENT: environment };
  const named = Object.entries(content.consumer).map(([key, value]) => {
    if (typeof value !== "string" || !secretReference.test(value)) return [key, value];
    const path = ["consumer", key];
    const text = value.replace(/\{(APP|ENVIRONMENT)\}/g, (whole, which: string) => {
      const name = names[which];
      if (typeof name === "string") return asVariable(name);
      // A missing name of the app is told by the schema.
      if (which === "ENVIRONMENT") problems.push({ id: "unnamedEnvironment", values: [], path });
      return whole;
    });
    return [key, text];
  });
  return { ...content, consumer: Object.fromEntries(named) };
}
