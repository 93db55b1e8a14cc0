import { messagesOf } from "../../messages.ts";
import {
  type AppDrift,
  type Change,
  type Drift,
  type DriftReport,
  isChange,
  type UnclaimedApp,
} from "../../results/drift.ts";
import { secretAgeText } from "../../results/secretAge.ts";
import { timeText } from "../../results/times.ts";

const messages = messagesOf("drift");

/** The counts of a report in one line. */
export function summaryText({ apps, unclaimed = [] }: DriftReport): string {
  const count = (state: AppDrift["state"]) => apps.filter((app) => app.state === state).length;
  const text = messages.getMessage(apps.length === 1 ? "summary.one" : "summary.many", [
    apps.length,
    count("inSync"),
    count("drifted"),
    count("unchecked"),
  ]);
  return unclaimed.length === 0
    ? text
    : `${text} ${messages.getMessage("summary.unclaimed", [unclaimed.length])}`;
}

/** An app and where it is, such as `CPQ_Admin_API in uat`. */
export function subjectName({ name, environment, org }: AppDrift): string {
  return messagesOf("findings").getMessage("subject", [name, environment ?? orgText(org)]);
}

/** The org's name, or that none was named: such an app could not be checked. */
export function orgText({ name }: AppDrift["org"]): string {
  return name === "" ? messages.getMessage("noOrg") : name;
}

/** How old an app's secret is, as a fact with its name; none if that says nothing. */
export function secretAgeFacts(
  { secretAge }: AppDrift,
  { checkedAt }: Pick<DriftReport, "checkedAt">,
): [name: string, text: string][] {
  if (secretAge === undefined) return [];
  const { getMessage } = messagesOf("secretAge");
  return [[getMessage("secret"), secretAgeText(secretAge, Date.parse(checkedAt))]];
}

/** An app that no spec claims, and why it matters, in one sentence. */
export function unclaimedText({ kind, name, org, why }: UnclaimedApp): string {
  const reasons = why.map((reason) => messages.getMessage(`why.${reason}`)).join(", ");
  return messages.getMessage("unclaimed", [kind, name, org.name, reasons]);
}

/** The apps that nobody looked at: a sentence for each org and reason. */
export function passedOverTexts({ passedOver = [] }: DriftReport): string[] {
  const groups = Map.groupBy(passedOver, ({ org, why }) => JSON.stringify([org.name, why]));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const names = [first, ...others].map(({ kind, name }) => `${kind} ${name}`).join(", ");
    return [messages.getMessage(`passedOver.${first.why}`, [first.org.name, names])];
  });
}

/**
 * Who last changed an app, and when, in one sentence. If something was changed and nobody knows by whom, the sentence says
 * where to look; of an app that is not there, nobody knows whether it ever was.
 */
export function changeText(
  { changes, org, drifts }: AppDrift,
  { checkedAt }: Pick<DriftReport, "checkedAt">,
): string {
  const [last] = changes;
  if (last !== undefined) return lastChangeText(last, checkedAt);
  if (drifts.some(({ kind }) => kind === "appMissing"))
    return messages.getMessage("lastChange.missing", [org.name]);
  return drifts.some(({ kind }) => isChange(kind))
    ? messages.getMessage("lastChange.unknown", [org.name])
    : "";
}

function lastChangeText({ by, delegate, at, what = "" }: Change, checkedAt: string): string {
  const shown = timeText(at, Date.parse(checkedAt));
  const who = by === "" ? "Salesforce" : by;
  const text =
    delegate === undefined
      ? messages.getMessage("lastChange", [who, shown, what])
      : messages.getMessage("lastChange.delegate", [delegate, who, shown, what]);
  return text.trimEnd();
}

/** What to do about several drifts, without repetition: commands that differ only in the accepted path become one. */
export function remediesOf(drifts: readonly Drift[]): string[] {
  const paths = new Map<string, string[]>();
  for (const text of drifts.flatMap(({ remedy }) => remedy)) {
    const [, command = text, path] = /^(.*) --accept (\S+)$/.exec(text) ?? [];
    const known = paths.get(command) ?? [];
    if (path !== undefined && !known.includes(path)) known.push(path);
    paths.set(command, known);
  }
  return [...paths].map(([command, accepted]) =>
    [command, ...accepted.map((path) => `--accept ${path}`)].join(" "),
  );
}
