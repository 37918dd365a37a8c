import type { Pool } from "pg";
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from "rate-limiter-flexible";
import { ownLimitReached } from "./failures.ts";
import { WaitingLine, type Lane } from "./waiting-line.ts";

/**
 * The rate is kept over windows of about a quarter of a second, so that in no second more than 1.25 times the limit is sent;
 * with windows of a second it could be twice, around the border of two.
 */
const windowsPerSecond = 4;
/** A window is taken from the shared store in so many blocks: at most 20 round trips a second, whatever the limit. */
const blocksPerWindow = 5;

type Rate = { readonly tokens: number; readonly windowMs: number };

/** Whole tokens and whole milliseconds (the table holds integers), never more than the limit. */
const rateOf = (requestsPerSecond: number): Rate => {
  const tokens = Math.max(1, Math.floor(requestsPerSecond / windowsPerSecond));
  return { tokens, windowMs: Math.ceil((tokens / requestsPerSecond) * 1000) };
};

/** What all processes share. Gives how many of the wanted tokens were left, and in how many ms the next window begins. */
type Store = (key: string, wanted: number) => Promise<{ granted: number; nextWindowMs: number }>;

/** Makes budgets. With a database they hold over all processes that use it, else for this one. */
export type Budgets = (key: string, requestsPerSecond: number) => Budget;

export const createBudgets = (pool: Pool | null): Budgets => {
  const stores = new Map<number, { rate: Rate; store: Store }>();
  const storeFor = (requestsPerSecond: number) => {
    const known = stores.get(requestsPerSecond);
    if (known !== undefined) return known;
    const rate = rateOf(requestsPerSecond);
    // One limiter is enough to clear away expired rows.
    const limiter = createLimiter(pool, rate, stores.size === 0);
    const made = { rate, store: storeOf(limiter, rate) };
    stores.set(requestsPerSecond, made);
    return made;
  };
  return (key, requestsPerSecond) => {
    const { rate, store } = storeFor(requestsPerSecond);
    return new Budget(key, rate, store);
  };
};

const createLimiter = (
  pool: Pool | null,
  { tokens, windowMs }: Rate,
  clearExpiredByTimeout: boolean,
): RateLimiterAbstract => {
  const options = { keyPrefix: "", points: tokens, duration: windowMs / 1000 };
  if (pool === null) return new RateLimiterMemory(options);
  return new RateLimiterPostgres({
    ...options,
    storeClient: pool,
    storeType: "pool",
    tableName: "upstream_budget",
    tableCreated: true,
    clearExpiredByTimeout,
    // While the database does not answer, each process keeps the limit by itself.
    insuranceLimiter: new RateLimiterMemory(options),
  });
};

const storeOf =
  (limiter: RateLimiterAbstract, { tokens, windowMs }: Rate): Store =>
  async (key, wanted) => {
    try {
      const { msBeforeNext } = await limiter.consume(key, wanted);
      return { granted: wanted, nextWindowMs: msBeforeNext };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) return { granted: 0, nextWindowMs: windowMs };
      // The last block of a window is rarely whole. What it lacks was counted all the same, so nobody else gets this rest.
      const leftBefore = tokens - (refusal.consumedPoints - wanted);
      return { granted: Math.min(wanted, Math.max(0, leftBefore)), nextWindowMs: refusal.msBeforeNext };
    }
  };

type Waiter = { readonly deadline: number; readonly onTurn: () => void; readonly onTooLate: (error: Error) => void };

/** The right to call one integration so many times a second. */
export class Budget {
  readonly #key: string;
  readonly #rate: Rate;
  readonly #store: Store;
  readonly #line = new WaitingLine<Waiter>();
  #tokens = 0;
  #windowEnds = 0;
  /** Epoch ms before which the store has nothing more to give. */
  #opensAt = 0;
  #asking = false;

  constructor(key: string, rate: Rate, store: Store) {
    this.#key = key;
    this.#rate = rate;
    this.#store = store;
  }

  /** Spends a token of the block at hand, if there is one. The usual case: it costs no promise and no round trip. */
  take(): boolean {
    if (this.#tokens === 0 || this.#line.length > 0 || Date.now() >= this.#windowEnds) return false;
    this.#tokens--;
    return true;
  }

  /**
   * Calls `onTurn` when a token was spent for it, or `onTooLate` with RATE_LIMIT_EXCEEDED as soon as it is clear that there
   * will be none by the deadline (epoch ms); neither, when the function that is given back was called before.
   */
  wait(lane: Lane, deadline: number, onTurn: Waiter["onTurn"], onTooLate: Waiter["onTooLate"]): () => void {
    const waiter = { deadline, onTurn, onTooLate };
    const windowsAhead = Math.floor(this.#line.length / this.#rate.tokens);
    const earliest = Math.max(this.#opensAt, Date.now()) + windowsAhead * this.#rate.windowMs;
    if (earliest > deadline) onTooLate(ownLimitReached(new Date(earliest)));
    else this.#line.join(lane, waiter);
    if (!this.#asking) void this.#ask();
    return () => this.#line.leave(waiter);
  }

  async #ask(): Promise<void> {
    const { tokens } = this.#rate;
    this.#asking = true;
    while (this.#line.length > 0) {
      const wanted = Math.min(tokens, Math.max(Math.ceil(tokens / blocksPerWindow), this.#line.length));
      const { granted, nextWindowMs } = await this.#store(this.#key, wanted);
      this.#windowEnds = Date.now() + nextWindowMs;
      this.#tokens = granted;
      // Even if the answer came late, those who waited for it get their tokens: a slow database must not starve them.
      while (this.#tokens > 0) {
        const next = this.#line.next();
        if (next === undefined) break;
        this.#tokens--;
        next.onTurn();
      }
      if (granted < wanted) await this.#untilNextWindow(nextWindowMs);
    }
    this.#asking = false;
  }

  async #untilNextWindow(ms: number): Promise<void> {
    this.#opensAt = Date.now() + ms;
    for (const waiter of this.#line.all()) {
      if (waiter.deadline >= this.#opensAt) continue;
      this.#line.leave(waiter);
      waiter.onTooLate(ownLimitReached(new Date(this.#opensAt)));
    }
    if (this.#line.length > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
