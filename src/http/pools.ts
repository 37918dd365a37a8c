import type { LookupFunction } from "node:net";
import { Pool } from "undici";
import type { UpstreamRequest } from "../contract/index.ts";

/**
 * An idle connection is kept so long for the next read (ms), unless the system names another time. One that turns out to be
 * dead costs a read a retry.
 */
const keepAliveMs = 20_000;

/** The connections of one integration, by origin. */
export class Pools {
  readonly #pools = { read: new Map<string, Pool>(), write: new Map<string, Pool>() };
  readonly #options: { lookup: LookupFunction; connectTimeoutMs: number };

  constructor(options: { lookup: LookupFunction; connectTimeoutMs: number }) {
    this.#options = options;
  }

  get(origin: string, effect: UpstreamRequest<unknown>["effect"]): Pool | undefined {
    return this.#pools[effect].get(origin);
  }

  open(origin: string, effect: UpstreamRequest<unknown>["effect"], connections: number): Pool {
    const { lookup, connectTimeoutMs } = this.#options;
    const pool = new Pool(origin, {
      connections,
      // A write goes out on a connection of its own. On a kept one it could meet the system's closing it, and then nobody
      // knows whether it was read.
      pipelining: effect === "write" ? 0 : 1,
      keepAliveTimeout: keepAliveMs,
      // HTTP/2 puts many calls on one connection, which then fail together, and a write among them.
      allowH2: false,
      connect: { lookup, timeout: connectTimeoutMs },
      // The deadline of each call is kept by the call.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#pools[effect].set(origin, pool);
    return pool;
  }

  /** Lets go of all connections. Calls under way finish; with `now` they are cut. */
  async close(now = false): Promise<void> {
    const pools = Object.values(this.#pools).flatMap((byOrigin) => [...byOrigin.values()]);
    for (const byOrigin of Object.values(this.#pools)) byOrigin.clear();
    await Promise.all(pools.map((pool) => (now ? pool.destroy() : pool.close())));
  }
}
