import { messagesOf } from "../../messages.ts";
import type { SfError } from "../../sfError.ts";

/** How many calls an org takes until one has shown it. */
const usualCalls = 10;

/** Counts calls to orgs, and ends them before there are too many. */
export class CallBudget {
  readonly #most: number;
  #made = 0;
  /** The most that one org has taken so far. */
  #mostOfOrg = 0;
  readonly #open = new Set<OrgCalls>();

  /** @param most how many calls may be made; without it, they are only counted */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /**
   * Begins with an org, if the calls that are left are enough for it and for those that are open: an org that is checked
   * half-way has taken calls in vain.
   *
   * @throws SfError `MaxCallsError`
   */
  open(): OrgCalls {
    const perOrg = this.#mostOfOrg || Math.min(usualCalls, this.#most);
    const promised = [...this.#open].reduce((sum, { made }) => sum + Math.max(0, perOrg - made), 0);
    if (this.#made + promised + perOrg > this.#most) throw this.#exhausted();
    const calls: OrgCalls = {
      made: 0,
      take: (count) => {
        if (this.#made + count > this.#most) throw this.#exhausted();
        this.#made += count;
        calls.made += count;
      },
      close: () => {
        this.#open.delete(calls);
        this.#mostOfOrg = Math.max(this.#mostOfOrg, calls.made);
      },
    };
    this.#open.add(calls);
    return calls;
  }

  #exhausted(): SfError {
    return messagesOf("connectedapp.drift").createError("maxCalls", [this.#made, this.#most]);
  }
}

/** The calls to one org. */
export interface OrgCalls {
  made: number;
  /** Takes some before they are made. @throws SfError `MaxCallsError` if there are too few left */
  take(count: number): void;
  /** The org is done. */
  close(): void;
}
