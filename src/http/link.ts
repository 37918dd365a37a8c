import type { Logger } from "pino";
import type { Pool } from "undici";
import type { ErrorAnswer, UpstreamRequest, VendorError } from "../contract/index.ts";
import { readUrl, type AddressGuard } from "./address-guard.ts";
import type { Budget, Budgets } from "./budget.ts";
import { Call, type CallHost } from "./call.ts";
import type { Failed } from "./failures.ts";
import { Member } from "./member.ts";
import { Pools } from "./pools.ts";
import { headerListOf, pathOf, sharingKey } from "./prepare.ts";
import { Slots } from "./slots.ts";

/** How much one integration may be asked, and how its errors are read. */
export type LinkOptions = {
  /** Integration id and credential generation. Nothing is shared across keys: no connection, no call, no budget. */
  readonly key: string;
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly readError: (answer: ErrorAnswer) => VendorError;
};

/** `sent`: tries that were put on the wire. `shared`: reads that were answered by another one's call. */
export type Counts = { readonly sent: number; readonly shared: number };

/** What all links of a process have in common. */
export type Shared = {
  readonly guard: AddressGuard;
  readonly budgets: Budgets;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly pauseMs: number | undefined;
  readonly log: Pick<Logger, "debug">;
};

type Box = { call: Call | undefined };

/** A host that takes longer to be reached (name, TCP and TLS) is taken for unreachable. */
const connectTimeoutMs = 5000;

/** The way to one integration: its connections, its limits and the calls under way. */
export class Link implements CallHost {
  lastUsed = Date.now();
  readonly counts = { sent: 0, shared: 0 };
  readonly slots: Slots;
  budget: Budget;
  readonly maxBodyBytes: number;
  readonly pauseMs: number | undefined;
  #options: LinkOptions;
  readonly #shared: Shared;
  readonly #pools: Pools;
  #callsUnderWay = 0;
  /**
   * The reads that others can join. Through a box that is emptied at the end: V8 chains the tables that a Map has outgrown, and
   * one of them in the old generation keeps all later ones alive with what they held. With the calls themselves in the Map,
   * collecting garbage took 14 % of the time of a busy process, with boxes 6 %.
   */
  readonly #reads = new Map<string, Box>();
  #onIdle: (() => void) | undefined;

  constructor(options: LinkOptions, shared: Shared) {
    this.#options = options;
    this.#shared = shared;
    this.slots = new Slots(options.concurrency);
    this.budget = shared.budgets(options.key, options.requestsPerSecond);
    this.maxBodyBytes = shared.maxBodyBytes;
    this.pauseMs = shared.pauseMs;
    const { guard, timeoutMs } = shared;
    this.#pools = new Pools({ lookup: guard.lookup, connectTimeoutMs: Math.min(connectTimeoutMs, timeoutMs) });
  }

  /** Takes on changed limits. Calls under way are not disturbed. */
  set options(options: LinkOptions) {
    if (options.requestsPerSecond !== this.#options.requestsPerSecond)
      this.budget = this.#shared.budgets(options.key, options.requestsPerSecond);
    this.slots.limit = options.concurrency;
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#callsUnderWay === 0;
  }

  /** Settles when no call is under way. */
  idle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => (this.#onIdle = resolve));
  }

  close(now = false): Promise<void> {
    return this.#pools.close(now);
  }

  /** @throws GatewayError ADDRESS_REFUSED at once; all else comes through the promise. */
  request<Result>(request: UpstreamRequest<Result>): Promise<Result> {
    request.signal?.throwIfAborted();
    const target = readUrl(request.url);
    const path = pathOf(target, request.query);
    const body = request.json === undefined ? null : JSON.stringify(request.json);
    const timeoutMs = request.timeoutMs ?? this.#shared.timeoutMs;
    const key = request.effect === "read" ? sharingKey(request, target.origin, path, body, timeoutMs) : undefined;

    const known = key === undefined ? undefined : this.#reads.get(key)?.call;
    if (known !== undefined) {
      this.counts.shared++;
      return Member.wait(known, request, timeoutMs);
    }
    const call = this.#prepare(request, target, path, body, key);
    this.#callsUnderWay++;
    const result = Member.wait(call, request, timeoutMs);
    void call.run();
    return result;
  }

  #prepare(
    request: UpstreamRequest<unknown>,
    target: URL,
    path: string,
    body: string | null,
    key: string | undefined,
  ): Call {
    const { method, effect, expects, headers, query, json, lane = "interactive" } = request;
    const { origin, host } = target;
    const call = new Call(
      {
        method,
        origin,
        host,
        path,
        effect,
        headers,
        query,
        json,
        body,
        expects,
        lane,
        key,
        pool: this.#pools.get(origin, effect) ?? this.#openPool(target, effect),
        headerList: headerListOf(headers, body !== null),
        readError: this.#options.readError,
      },
      this,
    );
    if (key !== undefined) this.#reads.set(key, { call });
    return call;
  }

  #openPool(target: URL, effect: UpstreamRequest<unknown>["effect"]): Pool {
    this.#shared.guard.checkHost(target);
    return this.#pools.open(target.origin, effect, this.#options.concurrency);
  }

  onSend(): void {
    this.counts.sent++;
  }

  onFailedTry({ prepared }: Call, { error, again }: Failed, tries: number): void {
    const { method, origin, path } = prepared;
    const request = `${method} ${origin}${path.split("?", 1)[0]}`;
    const { code, details } = error;
    this.#shared.log.debug({ request, code, status: details.providerStatus, tries, again }, "An upstream call failed.");
  }

  /** Its outcome, a failure too, is for those who wait now. */
  onAbandoned(call: Call): void {
    const { key } = call.prepared;
    const box = key === undefined ? undefined : this.#reads.get(key);
    // Another one may have taken its place.
    if (key === undefined || box?.call !== call) return;
    box.call = undefined;
    this.#reads.delete(key);
  }

  onEnd(call: Call): void {
    this.onAbandoned(call);
    this.#callsUnderWay--;
    this.lastUsed = Date.now();
    if (this.isIdle) this.#onIdle?.();
  }
}
