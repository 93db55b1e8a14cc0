import type { z } from "zod";
import { byPlace, type Place } from "../app/place.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { settingsWith } from "../app/settings.ts";
import type { MessageText } from "../messageText.ts";
import { environmentSettings, environmentsSchema, sharedKeys } from "./environments.ts";
import { inGeneration } from "./generation.ts";
import { dottedPath, problemsOf } from "./issues.ts";
import { type Content, isMap, overlay, valueAt } from "./overlay.ts";
import type { Problem } from "./problem.ts";
import { type ReferencedOrg, replaceReferences, sampleOrg } from "./references.ts";
import { type AppSpec, knownKeys, specSchema } from "./schema.ts";
import { deepest, type NodePath, type SpecDocument } from "./specDocument.ts";

/** A spec without problems, and where each of its paths stands. */
export interface LoadedSpec {
  /** If it refers to an org and none was given, sample values stand in their place. */
  app: AppSpec;
  /** Undefined if none was chosen. */
  environment: string | undefined;
  /** Username or alias of the environment's org. */
  targetOrg: string | undefined;
  /** The type that the environment's org must have; undefined if any type will do. */
  orgType: z.output<typeof environmentSettings>["orgType"];
  /** The spec as it was written, with the environment laid over it and the known references replaced. */
  content: Content;
  /** What the environment lays over the spec; empty without an environment. */
  overlay: Content;
  /** The spec as it was written, with all of its environments. */
  written: unknown;
  /** Which of the apps that replaced each other this is, from 1. Name and label of `app` carry it from the second on. */
  generation: number;
  /** The places at which the spec refers to an org, if none was given. */
  orgReferences: Place[];
  /** The place of a path such as `oauth.clientCredentials.runAs`, or of its nearest parent in the spec. */
  locate(path: string): Place;
}

/** Either the spec, or all of its problems in the order of the file. */
export type LoadResult = { loaded: LoadedSpec } | { problems: Problem[] };

/** The environment and the org for which a spec is read. */
export interface LoadChoice {
  environment?: string | undefined;
  org?: ReferencedOrg | undefined;
}

/** The names of a spec's environments, in their order; none if the spec has none or cannot be read. */
export function environmentsOf({ document, problems }: SpecDocument): string[] {
  if (problems.length > 0) return [];
  const content = plainContent(document);
  const environments = "content" in content ? valueAt(content.content, ["environments"]) : undefined;
  return isMap(environments) ? Object.keys(environments) : [];
}

/**
 * Reads a spec: environment, references, schema. Pure. Never throws because of what the text holds.
 *
 * @param variables values for `${env:NAME}`
 * @param choice the environment that is laid over the spec, and the org for which it is read
 */
export function loadSpec(
  parsed: SpecDocument,
  variables: Readonly<Record<string, string | undefined>>,
  choice: LoadChoice = {},
): LoadResult {
  if (parsed.problems.length > 0) return { problems: parsed.problems };
  const plain = plainContent(parsed.document);
  if ("reason" in plain) {
    const { location } = parsed.place([]);
    return { problems: [{ id: plain.id, values: [plain.reason], location, path: "" }] };
  }
  const { environment, org } = choice;
  const written = plain.content;
  const { environments, ...base } = isMap(written) ? written : {};
  const misplaced = environmentProblems(environments, environment, parsed);
  if (misplaced.length > 0) return { problems: misplaced };

  const { targetOrg, orgType, usernameSuffix, ...changes } =
    environment === undefined ? {} : ((environments as Record<string, Content | null>)[environment] ?? {});
  const { content: merged, generation } = inGeneration(isMap(written) ? overlay(base, changes) : written);
  const { locate, locateText } = placesIn(parsed, environment);
  const given = Object.entries({ targetOrg, orgType, usernameSuffix });
  const own = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const problemAt = (text: MessageText<"spec">, path: NodePath): Problem => ({
    ...text,
    location: locate(path),
    path: dottedPath(path),
  });

  const values = { variables, org, environment };
  const replaced = replaceReferences(merged, values);
  const ownReplaced = replaceReferences(own, { variables, org: undefined });
  const ownPath = ["environments", environment ?? ""];
  const unset = [
    ...replaced.problems.map(({ path, ...text }) => problemAt(text, path)),
    ...ownReplaced.problems.map(({ path, ...text }) => problemAt(text, [...ownPath, ...path])),
    ...ownReplaced.orgPaths.map((path) => problemAt({ id: "orgOfOrg", values: [] }, [...ownPath, ...path])),
  ];
  if (unset.length > 0) return { problems: unset.sort(byPlace) };

  const ownResult = environmentSettings.safeParse(ownReplaced.content);
  if (!ownResult.success) {
    const checked = { content: written, locate: (path: NodePath) => parsed.place(path).location };
    const issues = ownResult.error.issues.map((issue) => ({ ...issue, path: [...ownPath, ...issue.path] }));
    return { problems: problemsOf(issues, checked, knownKeys).sort(byPlace) };
  }
  const suffixed = (content: unknown) => withSuffix(content, changes, ownResult.data.usernameSuffix);
  const content = suffixed(replaced.content);
  // Replaced from the original: text that was already replaced may contain what looks like a reference.
  const complete =
    org === undefined && replaced.orgPaths.length > 0
      ? suffixed(replaceReferences(merged, { ...values, org: sampleOrg }).content)
      : content;
  const valid = validContent(parsed.document, content, complete);
  if ("issues" in valid)
    return { problems: problemsOf(valid.issues, { content: complete, locate }, knownKeys).sort(byPlace) };
  return {
    loaded: {
      app: valid.app,
      environment,
      targetOrg: ownResult.data.targetOrg,
      orgType: ownResult.data.orgType,
      content: valid.content as Content,
      overlay: changes,
      written,
      generation,
      orgReferences: org === undefined ? replaced.orgPaths.map((path) => locate(path)) : [],
      locate: locateText,
    },
  };
}

/**
 * Finds places in a spec. What is kept of thousands of loaded specs is little: these functions know the document and the
 * environment, and nothing else that `loadSpec` made on its way.
 */
function placesIn(parsed: SpecDocument, environment: string | undefined) {
  const locate = (path: NodePath, prefer?: "key" | "value"): Place => {
    const below = parsed.place(path, prefer);
    if (environment === undefined) return below.location;
    const above = parsed.place(["environments", environment, ...path], prefer);
    const depth = above.depth - 2;
    return depth === path.length || depth > below.depth ? above.location : below.location;
  };
  return { locate, locateText: (path: string) => locate(path.split("."), "key") };
}

type PlainContent = { content: unknown } | { id: "tooDeep" | "alias"; reason: string };

// A spec is loaded once for each of its environments, and there may be hundreds. What they share is made only once.
const plainContents = new WeakMap<SpecDocument["document"], PlainContent>();
const problemsOfEnvironments = new WeakMap<SpecDocument["document"], Problem[]>();

function plainContent(document: SpecDocument["document"]): PlainContent {
  const known = plainContents.get(document) ?? newPlainContent(document);
  plainContents.set(document, known);
  return known;
}

function newPlainContent(document: SpecDocument["document"]): PlainContent {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    // An alias inside its own anchor never ends.
    return isDeeper(content, deepest) ? { id: "tooDeep", reason: String(deepest) } : { content };
  } catch (error) {
    return { id: "alias", reason: reasonOf(error) };
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

interface ValidContent {
  content: unknown;
  app: AppSpec;
}

// Environments that differ only by their org come to the same content. Thousands of them share it, and its check.
const lastValid = new WeakMap<SpecDocument["document"], ValidContent & { text: string }>();

/** @param complete the content as the schema is to see it */
function validContent(
  document: SpecDocument["document"],
  content: unknown,
  complete: unknown,
): ValidContent | { issues: z.core.$ZodIssue[] } {
  const text = JSON.stringify(complete === content ? [content] : [content, complete]);
  const last = lastValid.get(document);
  if (last?.text === text) return last;
  const result = specSchema.safeParse(complete);
  if (!result.success) return { issues: result.error.issues };
  const valid = { text, content, app: result.data };
  lastValid.set(document, valid);
  return valid;
}

/** What is wrong with the environments as a whole, and whether the chosen one exists. */
function environmentProblems(
  environments: unknown,
  chosen: string | undefined,
  parsed: SpecDocument,
): Problem[] {
  const general = problemsOfEnvironments.get(parsed.document) ?? generalProblems(environments, parsed);
  problemsOfEnvironments.set(parsed.document, general);
  if (general.some(({ id }) => id !== "sharedKey")) return general;
  if (chosen === undefined || (isMap(environments) && Object.hasOwn(environments, chosen))) return general;
  const names = isMap(environments) ? Object.keys(environments) : [];
  const location = parsed.place(["environments"], "key").location;
  const place = { location, path: "environments" };
  if (names.length === 0) return [{ id: "noEnvironments", values: [chosen, chosen], ...place }];
  return [{ id: "unknownEnvironment", values: [chosen, names.join(", ")], ...place }];
}

/**
 * What is wrong with the environments, whichever is chosen. If only keys are wrong that all environments share, all
 * problems are `sharedKey`.
 */
function generalProblems(environments: unknown, parsed: SpecDocument): Problem[] {
  const locate = (path: NodePath, prefer?: "key" | "value") => parsed.place(path, prefer).location;
  if (environments === undefined) return [];
  const result = environmentsSchema.safeParse(environments);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => ({
      ...issue,
      path: ["environments", ...issue.path],
    }));
    return problemsOf(issues, { content: { environments }, locate }, knownKeys).sort(byPlace);
  }
  return Object.entries((environments ?? {}) as Record<string, Content | null>).flatMap(([name, changes]) =>
    Object.keys(changes ?? {})
      .filter((key) => (sharedKeys as readonly string[]).includes(key))
      .map((key): Problem => {
        const path = ["environments", name, key];
        return { id: "sharedKey", values: [key], location: locate(path, "key"), path: dottedPath(path) };
      }),
  );
}

/** Adds the environment's suffix to the usernames that the environment does not change. */
function withSuffix(content: unknown, changes: Content, suffix: string | undefined): unknown {
  if (suffix === undefined || !isMap(content)) return content;
  return settingsWith("username").reduce<Content>((result, dotted) => {
    const path = dotted.split(".");
    const username = valueAt(result, path);
    if (typeof username !== "string" || valueAt(changes, path) !== undefined) return result;
    const change = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), username + suffix);
    return overlay(result, change as Content);
  }, content);
}
