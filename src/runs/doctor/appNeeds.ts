import type { DesiredApp } from "../../app/desiredApp.ts";
import type { OrgFacts } from "../../app/orgFacts.ts";
import type { RuleId } from "../../lint/rule.ts";
import { messagesOf } from "../../messages.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { Licenses, LoginLimits } from "../../org/loginLimits.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import { type AppUse, isInUse, useLines } from "../../results/appUse.ts";
import type { LoginLog } from "../../results/check.ts";
import type { Need, NeedId } from "../../results/doctor.ts";
import type { Finding } from "../../results/finding.ts";
import { loginLines } from "../../results/loginLines.ts";
import type { SfError } from "../../sfError.ts";
import type { Seen } from "./look.ts";
import { need } from "./need.ts";

const messages = messagesOf("doctor");

/** An app that the user named, as its spec or the org describes it. */
export interface PatientApp {
  /** Undefined if only its name is known. */
  app: DesiredApp | undefined;
  name: string;
  spec: ReadSpec | undefined;
  isThere: Seen<boolean>;
  /** That the org has no app of the name that somebody typed, and which it has. */
  missing?: SfError;
}

type Findings = readonly Omit<Finding, "location">[];

/** The app itself, what it names in the org, and who uses it. */
export function appNeeds({
  patient: { name, app, isThere, missing },
  findings,
  use,
  org,
}: {
  patient: PatientApp;
  findings: Findings;
  use: Seen<AppUse> | undefined;
  org: TargetOrg;
}): Need[] {
  const about = (id: "permissionSets" | "profiles", rule: RuleId) =>
    app === undefined ? [] : [needOf("app", id, [rule], findings, messages.getMessage(`${id}.there`))];
  return [
    missing === undefined ? thereNeed(name, isThere, org) : missingNeed(missing),
    ...about("permissionSets", "permission-set-missing"),
    ...about("profiles", "profile-missing"),
    ...(use === undefined ? [] : [useNeed(use)]),
  ];
}

function thereNeed(name: string, isThere: Seen<boolean>, org: TargetOrg): Need {
  if ("hidden" in isThere) return need("app", "app", "hidden", isThere.hidden, ["metadata"]);
  return isThere.value
    ? need("app", "app", "passed", messages.getMessage("app.there", [name, org.name]))
    : need("app", "app", "warning", messages.getMessage("app.absent", [name, org.name]));
}

/** A spec may describe what is still to come, but a name alone is of an app that is there. */
function missingNeed({ message, actions = [] }: SfError): Need {
  return { ...need("app", "app", "failed", message), actions };
}

function useNeed(use: Seen<AppUse>): Need {
  if ("hidden" in use) return need("app", "use", "hidden", use.hidden, ["manageUsers"]);
  const [first = "", ...rest] = useLines(use.value);
  const outcome = isInUse(use.value) === undefined ? "hidden" : "passed";
  return { ...need("app", "use", outcome, first), actions: rest };
}

/** The Run As user, and what the profile lets this user do. */
export function runAsNeeds({
  app,
  facts,
  found,
  findings,
  licenses,
  limits,
  refused,
  org,
}: {
  app: DesiredApp;
  facts: Seen<unknown> | undefined;
  found: OrgFacts | undefined;
  findings: Findings;
  licenses: Seen<Licenses | undefined> | undefined;
  limits: Seen<LoginLimits | undefined> | undefined;
  refused: Seen<LoginLog | undefined> | undefined;
  org: string;
}): Need[] {
  const { settings } = app;
  const runAs = settings["oauth.clientCredentials.runAs"];
  if (runAs === undefined) return [need("runAs", "runAs", "failed", messages.getMessage("runAs.unset"))];
  if (facts !== undefined && "hidden" in facts)
    return [need("runAs", "runAs", "hidden", facts.hidden, ["viewSetup"])];
  const user = found?.runAsUser;
  const there = needOf(
    "runAs",
    "runAs",
    ["run-as-missing"],
    findings,
    messages.getMessage("runAs.there", [runAs, org]),
  );
  if (user === undefined) return [there];
  const rule = (id: NeedId, rules: readonly RuleId[], passed: string) =>
    needOf("runAs", id, rules, findings, passed);
  return [
    there,
    rule("runAsActive", ["run-as-inactive"], messages.getMessage("runAsActive.yes")),
    user.isFrozen === undefined
      ? need("runAs", "runAsFrozen", "hidden", messages.getMessage("runAsFrozen.hidden"), ["manageUsers"])
      : rule("runAsFrozen", ["run-as-frozen"], messages.getMessage("runAsFrozen.no")),
    licenseNeed(licenses),
    rule("runAsApi", ["run-as-api-disabled"], messages.getMessage("runAsApi.yes")),
    rule("runAsApiOnly", ["run-as-not-api-only"], messages.getMessage("runAsApiOnly.yes")),
    rule(
      "runAsRights",
      ["run-as-administrator", "run-as-views-all-data"],
      messages.getMessage("runAsRights.few"),
    ),
    approvalNeed(app, found, findings),
    rule("runAsRecent", ["run-as-dormant"], lastLoginText(user.lastLogin)),
    ...limitNeeds(limits, settings["policy.ipRelaxation"]),
    refusedNeed(refused),
  ];
}

function lastLoginText(lastLogin: string | undefined): string {
  return lastLogin === undefined
    ? messages.getMessage("runAsRecent.unknown")
    : messages.getMessage("runAsRecent.last", [lastLogin.slice(0, 10)]);
}

function licenseNeed(licenses: Seen<Licenses | undefined> | undefined): Need {
  if (licenses === undefined || "hidden" in licenses)
    return need("runAs", "runAsLicense", "hidden", licenses?.hidden ?? "", ["viewSetup"]);
  const { user = "", permissionSets = [] } = licenses.value ?? {};
  const all = [user, ...permissionSets].filter((name) => name !== "").join(", ");
  return all === ""
    ? need("runAs", "runAsLicense", "hidden", messages.getMessage("runAsLicense.hidden"), ["viewSetup"])
    : need("runAs", "runAsLicense", "passed", all);
}

/** Whether the app admits the user. That a profile alone admits is not sure in every org. */
function approvalNeed({ settings }: DesiredApp, found: OrgFacts | undefined, findings: Findings): Need {
  const id = "runAsApproved";
  if (settings["policy.permittedUsers"] !== "adminApproved")
    return need("runAs", id, "passed", messages.getMessage("runAsApproved.all"));
  if (found?.isApproved !== undefined)
    return needOf("runAs", id, ["run-as-not-approved"], findings, messages.getMessage("runAsApproved.yes"));
  const byProfile = (settings["policy.profiles"] ?? []).length > 0;
  return byProfile
    ? need("runAs", id, "untold", messages.getMessage("runAsApproved.profile"))
    : need("runAs", id, "failed", messages.getMessage("runAsApproved.nobody"));
}

function limitNeeds(limits: Seen<LoginLimits | undefined> | undefined, ipRelaxation: unknown): Need[] {
  if (limits === undefined || "hidden" in limits || limits.value === undefined) {
    const hidden = limits !== undefined && "hidden" in limits ? limits.hidden : "";
    const detail = hidden || messages.getMessage("loginHours.hidden");
    return (["loginHours", "loginAddresses"] as const).map((id) =>
      need("runAs", id, "hidden", detail, ["metadata"]),
    );
  }
  const { profile, hours, ranges } = limits.value;
  const isRelaxed = String(ipRelaxation ?? "").startsWith("bypass");
  const times = hours
    .map(({ day, from, to }) => messages.getMessage("loginHours.day", [day, clock(from), clock(to)]))
    .join(", ");
  const addresses = ranges.map(({ start, end }) => `${start}–${end}`).join(", ");
  return [
    hours.length === 0
      ? need("runAs", "loginHours", "passed", messages.getMessage("loginHours.any", [profile]))
      : need("runAs", "loginHours", "warning", messages.getMessage("loginHours.some", [profile, times])),
    ranges.length === 0
      ? need("runAs", "loginAddresses", "passed", messages.getMessage("loginAddresses.any", [profile]))
      : need(
          "runAs",
          "loginAddresses",
          isRelaxed ? "passed" : "warning",
          messages.getMessage(isRelaxed ? "loginAddresses.relaxed" : "loginAddresses.some", [
            profile,
            addresses,
          ]),
        ),
  ];
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function refusedNeed(refused: Seen<LoginLog | undefined> | undefined): Need {
  const id = "refusedLogins";
  const log = refused !== undefined && "value" in refused ? refused.value : undefined;
  if (log === undefined) {
    const hidden = refused !== undefined && "hidden" in refused ? refused.hidden : "";
    return need("runAs", id, "hidden", hidden || messages.getMessage("refusedLogins.hidden"), [
      "manageUsers",
    ]);
  }
  if (log.unreadable !== undefined) return need("runAs", id, "hidden", log.unreadable, ["manageUsers"]);
  if (log.entries.length === 0)
    return need("runAs", id, "passed", messages.getMessage("refusedLogins.none", [log.since.slice(0, 10)]));
  const [first = "", ...rest] = loginLines(log);
  return { ...need("runAs", id, "warning", first), actions: rest };
}

const outcomes = { error: "failed", warning: "warning", note: "warning" } as const;

/** What the lint found by these rules; silenced by the spec, it does no more than warn. */
function needOf(
  part: Need["part"],
  id: NeedId,
  rules: readonly RuleId[],
  findings: Findings,
  passed: string,
): Need {
  const own = findings.filter(({ rule }) => rules.some((one) => one === rule));
  const [first] = own;
  if (first === undefined) return need(part, id, "passed", passed);
  const lint = messagesOf("lint");
  const open = own.filter(({ silenced }) => silenced === undefined);
  const worst = open.find(({ level }) => level === "error") ?? open[0];
  return {
    id,
    part,
    outcome: worst === undefined ? "warning" : outcomes[worst.level],
    detail: own
      .map(({ message, silenced }) =>
        silenced === undefined ? message : messages.getMessage("silenced", [message, silenced]),
      )
      .join(" "),
    actions: [...new Set(open.map(({ rule }) => lint.getMessage(`${rule as RuleId}.help`)))],
  };
}
