import { type Context, Hono } from "hono";
import type { FaultPlan } from "./faultPlan.ts";

/** Where tests in other processes read and set the faults of an org. No request to it is counted. */
const controlPath = "/localorg/faults";

/** `GET` has the requests since the plan was set, `PUT` sets a plan, `DELETE` ends it. */
export function faultControl(plan: FaultPlan): Hono {
  const seen = (context: Context) => context.json({ requests: plan.seen });
  return new Hono()
    .get(controlPath, seen)
    .put(controlPath, async (context) => {
      try {
        plan.set(await context.req.json());
      } catch (error) {
        return context.json({ message: error instanceof Error ? error.message : String(error) }, 400);
      }
      return seen(context);
    })
    .delete(controlPath, (context) => {
      plan.set([]);
      return seen(context);
    });
}
