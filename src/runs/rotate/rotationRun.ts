import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import type { Rotation } from "../../results/rotation.ts";
import { isOlderThan, type SecretAge } from "../../results/secretAge.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { Journal } from "../appInOrg/journal.ts";
import type { Progress } from "../appInOrg/progress.ts";
import { askedAge } from "../appInOrg/secretAge.ts";
import { readPairs } from "./stagePair.ts";

/** What is to be done. `rotate` goes on with a rotation that did not end. */
type RotateAction = "rotate" | "resume" | "abort" | "revokeFormer";

/** What the user asked for. Durations are in milliseconds. */
export interface RotateOptions {
  action: RotateAction;
  /** Rotate only if the secret is older. */
  ifOlderThan: number | undefined;
  /** What to do if nobody knows how old it is. */
  ifAgeUnknown: "rotate" | "skip" | "fail";
  /**
   * How long the former pair works on. Without it, a later run revokes it, or the org after 30 days. With `revokeFormer`, how
   * long it must have been the former one already.
   */
  grace: number | undefined;
  enableCredentialAccess: boolean;
  /** Delete a former connected app also if somebody uses it, or if nobody can know. */
  evenIfUsed: boolean;
  /** Say what would be done, and change nothing. */
  dryRun: boolean;
  /** The flags of these that change what the command means, as words of a command line. */
  flags: string;
  /** `--grace` as it was typed, after a space, if it was. */
  graceFlag: string;
  /** Milliseconds since the epoch until which the new pair's propagation and other runs are waited for. */
  deadline: number;
}

/** What both ways of a rotation work on. */
export interface Run {
  app: AppInOrg;
  age: SecretAge;
  journal: Journal;
  options: RotateOptions;
  progress: Progress;
  /** Does something for which the org must let its credentials be read. */
  inAccess<Result>(work: (isNew: boolean) => Promise<Result>): Promise<Result>;
}

/**
 * What the run ends with if the secret is young enough, or if nobody knows its age and the user wants no rotation then.
 * What the machine cannot tell, those who last longer are asked.
 *
 * @throws SfError `AgeUnknownError` if the user wants that
 */
export async function notDue(run: Run): Promise<Rotation | undefined> {
  const { app, options, inAccess } = run;
  const { ifOlderThan: longest, ifAgeUnknown } = options;
  if (longest === undefined) return undefined;
  const isOlder = (age: SecretAge) => isOlderThan(age, longest, Date.now());
  if (isOlder(run.age) === undefined)
    run.age = await inAccess((isNew) =>
      askedAge(app, async () => (await readPairs(app.org, app.desired.name, isNew)).staged),
    );
  const { unknown = "" } = run.age;
  switch (isOlder(run.age)) {
    case false:
      return reportOf(run, { outcome: "notDue" });
    case true:
      return undefined;
    case undefined:
      if (ifAgeUnknown === "fail")
        throw messagesOf("rotation").createError("ageUnknown", [app.desired.name, app.org.name, unknown]);
      return ifAgeUnknown === "skip" ? reportOf(run, { outcome: "ageUnknown" }) : undefined;
  }
}

/** The command line that finishes a rotation. */
export function finishing(app: AppInOrg): string {
  return `${commandOf(app)} --resume`;
}

/** The command line of a rotation, or of another command for the same app, without the flags that say how. */
export function commandOf({ spec, org }: AppInOrg, command = "rotate"): string {
  const { file, environment, app } = spec;
  const which = file === "" ? `--name ${shellWord(app.name)}` : `--spec ${shellWord(file)}`;
  const named = environment === undefined ? "" : ` --environment ${shellWord(environment)}`;
  return `sf cpq connectedapp ${command} ${which}${named} --target-org ${shellWord(org.name)}`;
}

export function reportOf(
  { app: { org, desired }, journal, age }: Run,
  done: Omit<Rotation, "org" | "app" | "notes" | "secretAge"> & Partial<Pick<Rotation, "notes">>,
): Rotation {
  return {
    org: { id: org.id, name: org.name, instanceUrl: org.instanceUrl },
    app: { kind: desired.kind, name: desired.name },
    notes: journal.notes,
    secretAge: age,
    ...done,
  };
}
