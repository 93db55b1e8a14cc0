import { z } from "zod";
import { type Fault, type FaultInput, faultsSchema } from "./fault.ts";

/** A request as a plan knows it. */
export interface SeenRequest {
  /** From 1, since the plan was set. */
  number: number;
  method: string;
  /** With the query. */
  path: string;
  /** Of the Metadata API's SOAP. */
  operation?: string;
  /** Of a question how a deploy or retrieve stands: which of them, from 1, as they were first asked for. */
  job?: number;
  /** What met it. */
  fault?: Fault["fault"];
}

/** So that an org that runs for days does not grow. */
const mostSeen = 10_000;

/** What goes wrong between an org and whoever asks it, and what was asked. */
export class FaultPlan {
  #faults: Fault[] = [];
  #matches: number[] = [];
  #count = 0;
  #seen: SeenRequest[] = [];
  #jobs: string[] = [];
  #met = Promise.withResolvers<void>();

  constructor(faults: readonly FaultInput[] = []) {
    this.set(faults);
  }

  /**
   * Replaces the plan; requests are counted from 1 again.
   *
   * @throws Error that names what is wrong in it
   */
  set(faults: unknown): void {
    const parsed = faultsSchema.safeParse(faults);
    if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
    this.#faults = parsed.data;
    this.#matches = this.#faults.map(() => 0);
    this.#count = 0;
    this.#seen = [];
    this.#jobs = [];
    this.#met = Promise.withResolvers();
  }

  /** The requests since the plan was set, the last ten thousand of them. */
  get seen(): readonly SeenRequest[] {
    return this.#seen;
  }

  /**
   * Fulfilled when the first fault of the plan meets a request, after what the org does before it fails.
   *
   * @internal
   */
  get met(): Promise<void> {
    return this.#met.promise;
  }

  /** @internal */
  tellMet(): void {
    this.#met.resolve();
  }

  /**
   * Counts a request, and says what goes wrong with it. The first fault that meets it does.
   *
   * @param jobId of the deploy or retrieve that it asks about
   * @internal
   */
  take(request: Pick<SeenRequest, "method" | "path" | "operation">, jobId?: string): Fault | undefined {
    this.#count += 1;
    const job = jobId === undefined ? {} : { job: this.#jobNumber(jobId) };
    const seen: SeenRequest = { number: this.#count, ...request, ...job };
    let met: Fault | undefined;
    this.#faults.forEach((fault, index) => {
      if (!meets(fault, seen)) return;
      const before = this.#matches[index] ?? 0;
      this.#matches[index] = before + 1;
      if (before >= fault.after && before < fault.after + fault.times) met ??= fault;
    });
    this.#seen.push(met === undefined ? seen : { ...seen, fault: met.fault });
    if (this.#seen.length > mostSeen) this.#seen.shift();
    return met;
  }

  #jobNumber(id: string): number {
    if (!this.#jobs.includes(id)) this.#jobs.push(id);
    return this.#jobs.indexOf(id) + 1;
  }
}

function meets(fault: Fault, { number, method, path, operation, job }: SeenRequest): boolean {
  return (
    (fault.request === undefined || fault.request === number) &&
    (fault.method === undefined || fault.method.toUpperCase() === method) &&
    (fault.path === undefined || new RegExp(fault.path).test(path)) &&
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.job === undefined || fault.job === job)
  );
}
