import { setTimeout as delay } from "node:timers/promises";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getPath } from "hono/utils/url";
import type { OrgBehaviour } from "../behaviour.ts";
import { faultsOf } from "../faults/applyFault.ts";
import { faultControl } from "../faults/control.ts";
import type { FaultPlan } from "../faults/faultPlan.ts";
import { answerError, answerRestError, notFound, RestError } from "./salesforceErrors.ts";

const maxBodyBytes = 50 * 1024 * 1024;

/** A web app with what all answers of an org have in common: error bodies, latency, the size limit, faults. */
export function newOrgApp(behaviour: OrgBehaviour, faults: FaultPlan, onAnswer: () => void): Hono {
  const app = new Hono({ getPath: (request) => plainPath(getPath(request)) });
  app.route("/", faultControl(faults));
  app.use(async (_context, next) => {
    if (behaviour.latency > 0) await delay(behaviour.latency);
    await next();
    onAnswer();
  });
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) =>
        answerRestError(
          context,
          new RestError(413, "REQUEST_LIMIT_EXCEEDED", `The request is larger than ${maxBodyBytes} bytes.`),
        ),
    }),
  );
  app.use(faultsOf(faults));
  app.notFound((context) => answerRestError(context, notFound()));
  app.onError(answerError);
  return app;
}

/** The sf CLI asks for `//services/data`, others for `/services/data/`, and Salesforce takes all of them. */
function plainPath(path: string): string {
  return path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
}
