// Serves many local orgs in a process of their own, for the measurement of another one. The parent asks by messages:
// what one org has is copied to all others, answers get slow, and requests are counted.
import { setTimeout as pause } from "node:timers/promises";
import { authorize } from "../../src/localorg/salesforceCli/authorizations.ts";
import { startLocalOrgs } from "../../src/localorg/start.ts";

/** What the parent may ask for. */
export type FleetQuestion =
  | { ask: "copy" }
  | { ask: "latency"; milliseconds: number }
  | { ask: "requests" }
  | { ask: "stop" };

const count = Number(process.argv[2] ?? 1);
const { orgs, stop } = await startLocalOrgs({
  orgs: Array.from({ length: count }, (_, index) => ({ name: `fleet-${index + 1}`, isSandbox: true })),
});
for (const org of orgs) await authorize(org);

const answers: Record<FleetQuestion["ask"], (question: FleetQuestion) => number> = {
  copy: () => {
    const [first, ...others] = orgs.map(({ org }) => org);
    if (first === undefined) return 0;
    for (const org of others) {
      Object.assign(
        org,
        structuredClone({ connectedApps: first.connectedApps, components: first.components }),
      );
      const administrator = org.users[0]?.id ?? "";
      for (const app of org.connectedApps.values()) app.createdById = app.modifiedById = administrator;
    }
    return others.length;
  },
  latency: (question) => {
    const latency = "milliseconds" in question ? question.milliseconds : 0;
    for (const { org } of orgs) org.behaviour.latency = latency;
    return latency;
  },
  requests: () => orgs.reduce((sum, { requestCount }) => sum + requestCount(), 0),
  stop: () => 0,
};
process.on("message", async (question: FleetQuestion) => {
  process.send?.(answers[question.ask](question));
  if (question.ask !== "stop") return;
  await stop();
  await pause(0);
  process.disconnect();
});
process.send?.(orgs.length);
