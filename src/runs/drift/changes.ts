import type { AuditRow } from "../../org/auditTrail.ts";
import type { Change } from "../../results/drift.ts";

/** What shows whether a row of the audit trail is about an app. */
export interface NamedApp {
  /** The app's label in its spec. */
  label: string;
  /** Its label in the org; undefined if the org has no such app. */
  labelInOrg: string | undefined;
}

const mostChanges = 5;

/**
 * Who changed an app, newest first: the rows of the audit trail that name it beyond doubt, and the last change of its
 * metadata. Pure.
 *
 * @param labels the labels of all apps of the org, of both kinds; undefined if they are not known, so that no row is
 *   beyond doubt
 */
export function changesOf(
  app: NamedApp,
  lastChange: Change | undefined,
  rows: readonly AuditRow[],
  labels: readonly string[] | undefined,
): Change[] {
  const changes = (labels === undefined ? [] : rowsAbout(app, rows, labels)).map(changeOf);
  const isNew = lastChange !== undefined && !changes.some(({ at }) => second(at) === second(lastChange.at));
  return [...changes, ...(isNew ? [lastChange] : [])]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, mostChanges);
}

function changeOf({ at, by, delegate, what }: AuditRow): Change {
  return { at, by, ...(delegate === "" ? {} : { delegate }), what };
}

function second(at: string): string {
  return at.slice(0, 19);
}

/** A row names an app by its label, within a text. A label that another app also has, or had, proves nothing. */
function rowsAbout(
  { label, labelInOrg }: NamedApp,
  rows: readonly AuditRow[],
  labels: readonly string[],
): AuditRow[] {
  const own = [...new Set([label, labelInOrg ?? label])].filter(
    (candidate) =>
      labels.filter((other) => other === candidate).length === (candidate === labelInOrg ? 1 : 0),
  );
  const others = labels.filter((other) => !own.includes(other));
  return rows.filter(
    (row) => isAboutApps(row) && own.some((candidate) => names(row.what, candidate, others)),
  );
}

/** Users, permission sets and many other things may have the same name as an app. */
function isAboutApps({ subject, what }: AuditRow): boolean {
  return /connected ?app|external ?client ?app|oauth/i.test(`${subject} ${what}`);
}

/** Whether a text contains the whole label, and not as a part of another app's label or of longer words. */
function names(text: string, label: string, others: readonly string[]): boolean {
  const longer = others.filter((other) => other.includes(label)).sort((a, b) => b.length - a.length);
  const rest = longer.reduce((left, other) => left.replaceAll(other, "\0"), text);
  return placesOf(rest, label).some((start) =>
    standsAlone(rest.slice(0, start), rest.slice(start + label.length)),
  );
}

function placesOf(text: string, label: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) places.push(at);
  return places;
}

/**
 * Whether the words beside a label are not part of it. A capital letter or a number there may belong to the label of an
 * app that is gone, unless it is a word that the org itself puts there: "Created Connected App CPQ Admin API".
 */
function standsAlone(before: string, after: string): boolean {
  const [, word = "", space = ""] = /([\p{L}\p{N}_-]+)(\s*)$/u.exec(before) ?? [];
  const isFirst = before.trim() === word;
  const isOrgsWord = /^(\p{Ll}|Apps?$|Applications?$)/u.test(word) || (isFirst && /ed$/.test(word));
  if (word !== "" && (space === "" || !isOrgsWord)) return false;
  const [, gap = "", next = ""] = /^(\s*)([\p{L}\p{N}_-]+)/u.exec(after) ?? [];
  return next === "" || (gap !== "" && /^\p{Ll}/u.test(next));
}
