import { reasonOf } from "../../app/reasonOf.ts";
import { messagesOf } from "../../messages.ts";
import { readStaged, type StagedCredentials, stagedSlot } from "../../org/stagedCredentials.ts";
import type { SecretAge } from "../../results/secretAge.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { ownerOf, storeOf } from "./consumer.ts";

type AgedApp = Pick<AppInOrg, "org" | "desired" | "reading" | "spec" | "allowed">;

/** How old the secret of an app is, as far as that can be said without another question to anybody. */
export function knownAge({ org, desired, reading }: Pick<AgedApp, "org" | "desired" | "reading">): SecretAge {
  const { actual, createdAt } = reading;
  const owner = { orgId: org.id, kind: desired.kind, appName: desired.name };
  const since = machineStore().storedAt(owner, actual?.consumerKey);
  return {
    ...(createdAt === undefined ? {} : { appSince: createdAt }),
    ...(since === undefined
      ? { unknown: messagesOf("secretAge").getMessage("machineForgets") }
      : { since, knownFrom: "machine" as const }),
  };
}

/**
 * The same, and who lasts longer than a machine is asked too: the spec's store, and the org. Of several answers, the oldest
 * counts: a secret that was stored again is no younger for it.
 *
 * @param readFormer reads the second pair of an external client app
 */
export async function askedAge(
  app: AgedApp,
  readFormer = async () => readStaged(app.org, await stagedSlot(app.org, app.desired.name)),
): Promise<SecretAge> {
  const known = knownAge(app);
  const answers = await Promise.all([inStore(app), inOrg(app, readFormer)]);
  const machine = known.since === undefined ? [] : [{ since: known.since, knownFrom: "machine" as const }];
  const [oldest] = [...machine, ...answers.flatMap((answer) => ("since" in answer ? [answer] : []))].sort(
    (one, other) => Date.parse(one.since) - Date.parse(other.since),
  );
  const { appSince, unknown = "" } = known;
  const about = appSince === undefined ? {} : { appSince };
  if (oldest !== undefined) return { ...about, ...oldest };
  const reasons = answers.flatMap((answer) => ("unknown" in answer ? [answer.unknown] : []));
  return { ...about, unknown: [unknown, ...reasons].join(" ") };
}

type Answer = { since: string; knownFrom: "store" | "org" } | { unknown: string };

async function inStore(app: AgedApp): Promise<Answer> {
  const messages = messagesOf("secretAge");
  if ((app.spec.app.consumer.store ?? "machine") === "machine")
    return { unknown: messages.getMessage("noStore") };
  try {
    const store = storeOf(app);
    if (store.since === undefined)
      return { unknown: messages.getMessage("storeWithoutSince", [store.place]) };
    const since = await store.since(ownerOf(app));
    return since === undefined
      ? { unknown: messages.getMessage("storeEmpty", [store.place]) }
      : { since, knownFrom: "store" };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}

/**
 * An org tells nothing of an app's secret but this: after a rotation, an external client app keeps the former pair beside
 * its own for a while, with the time of the change.
 */
async function inOrg(
  { desired }: AgedApp,
  readFormer: () => Promise<StagedCredentials | undefined>,
): Promise<Answer> {
  const messages = messagesOf("secretAge");
  if (desired.kind === "ConnectedApp") return { unknown: messages.getMessage("orgOfConnectedApp") };
  try {
    const former = await readFormer();
    const isFormer = former !== undefined && former.state !== "Active";
    return isFormer && former.since !== undefined
      ? { since: new Date(former.since).toISOString(), knownFrom: "org" }
      : { unknown: messages.getMessage("orgWithoutFormer") };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}
