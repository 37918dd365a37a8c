import type { LookupFunction } from "node:net";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Upstream } from "../contract/index.ts";
import { createAddressGuard, readUrl } from "./address-guard.ts";
import { createBudgets } from "./budget.ts";
import { stopping } from "./failures.ts";
import { Link, type Counts, type LinkOptions } from "./link.ts";

export type { Counts, LinkOptions } from "./link.ts";

/** The one way to call other people's systems. Made once a process. */
export type Http = {
  /** The same key gives the same connections, budget and calls under way; changed limits take hold at once. */
  upstreamFor(options: LinkOptions): Upstream;
  /**
   * An early check of an address that a user types: what it looks like, and an IP address in it. What a name resolves to is
   * checked when it is called.
   * @throws GatewayError ADDRESS_REFUSED
   */
  assertAddressAllowed(url: string): void;
  /** What was called under this key since it was last idle for a minute. */
  calls(key: string): Counts;
  /** Takes no more, waits for calls under way (at most `patienceMs`), and lets go of every connection. */
  close(patienceMs?: number): Promise<void>;
};

export type HttpOptions = {
  /** Where request budgets are shared between processes; null: each process keeps its own. */
  readonly pool: Pool | null;
  /** CIDR networks or single addresses that are allowed beside public ones. */
  readonly allowedNetworks: readonly string[];
  /** For one call with all its tries, unless the call says otherwise. */
  readonly timeoutMs: number;
  readonly log: Pick<Logger, "debug">;
  /** An answer may be so big. */
  readonly maxBodyBytes?: number;
  /** In place of `dns.lookup`. The guard checks its answers all the same. */
  readonly lookup?: LookupFunction;
  /** The first pause before a retry, at most; it doubles. */
  readonly pauseMs?: number;
  /** After so long without a call, the connections of an integration are let go. */
  readonly idleMs?: number;
};

const defaults = { maxBodyBytes: 32 * 1024 * 1024, idleMs: 60_000, patienceMs: 5000 };

export const createHttp = ({
  pool,
  allowedNetworks,
  timeoutMs,
  log,
  maxBodyBytes = defaults.maxBodyBytes,
  lookup,
  pauseMs,
  idleMs = defaults.idleMs,
}: HttpOptions): Http => {
  const guard = createAddressGuard(allowedNetworks, lookup);
  const shared = { guard, budgets: createBudgets(pool), timeoutMs, maxBodyBytes, pauseMs, log };
  const links = new Map<string, Link>();
  let isClosing = false;

  const linkFor = (options: LinkOptions): Link => {
    let link = links.get(options.key);
    if (link === undefined) links.set(options.key, (link = new Link(options, shared)));
    return link;
  };

  const sweep = setInterval(() => {
    const before = Date.now() - idleMs;
    for (const [key, link] of links) {
      if (!link.isIdle || link.lastUsed > before) continue;
      links.delete(key);
      void link.close();
    }
  }, idleMs / 2).unref();

  return {
    upstreamFor(options) {
      const known = links.get(options.key);
      if (known !== undefined) known.options = options;
      return {
        request(request) {
          if (isClosing) return Promise.reject(stopping());
          try {
            // Looked up each time, because an idle link is swept away while its integration stays open.
            return linkFor(options).request(request);
          } catch (error) {
            return Promise.reject(error);
          }
        },
      };
    },
    assertAddressAllowed: (url) => guard.checkHost(readUrl(url)),
    calls: (key) => ({ ...(links.get(key)?.counts ?? { sent: 0, shared: 0 }) }),
    async close(patienceMs = defaults.patienceMs) {
      isClosing = true;
      clearInterval(sweep);
      const timer = setTimeout(() => links.forEach((link) => void link.close(true)), patienceMs);
      await Promise.all([...links.values()].map((link) => link.idle()));
      clearTimeout(timer);
      await Promise.all([...links.values()].map((link) => link.close()));
    },
  };
};
