import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import type { Actor, Open } from "../integrations/index.ts";
import { createOrder } from "./create.ts";
import {
  countOrders,
  listOrders,
  ordersByIds,
  type OrderFilter,
  type OrderPage,
  type OrderPageRequest,
} from "./list.ts";
import type { CreateOrder, StoredOrder } from "./order.ts";
import { refundOrder, type RefundOrder } from "./refund.ts";
import { settleAbandoned, settleByPerson, type SettledOutcome } from "./settle.ts";

export { orderFromPayload, type CreateOrder, type Loyalty, type OrderPayload, type StoredOrder } from "./order.ts";
export type { OrderFilter, OrderPage, OrderPageRequest } from "./list.ts";
export type { RefundOrder } from "./refund.ts";
export type { SettledOutcome } from "./settle.ts";

/** Orders at the connected systems: made, refunded and read. Every change is told as the event `order.changed`. */
export type Orders = {
  /**
   * Makes an order at an integration, at most once for an idempotency key of the account. What the vendor says is a state of
   * the order that comes back: CONFIRMED; REJECTED with its words; UNKNOWN when nobody can tell; PENDING when the vendor
   * took it for later, when another caller is still sending it, or, with an `errorCode`, when it provably never reached the
   * vendor: then the same key and input send it again.
   * @throws GatewayError BAD_INPUT with every problem, IDEMPOTENCY_KEY_REUSED, NOT_SUPPORTED, INTEGRATION_NOT_FOUND,
   *   INTEGRATION_DISABLED: then nothing was stored or sent.
   */
  create(actor: Actor, input: CreateOrder): Promise<StoredOrder>;
  /**
   * Takes a confirmed order back, by the same rules; read `refundStatus`. A refund that was rejected may be asked for again.
   * @throws GatewayError NOT_FOUND, CONFLICT for an order that is not confirmed or has a refund already, and as `create`.
   */
  refund(actor: Actor, input: RefundOrder): Promise<StoredOrder>;
  /**
   * Takes a person's word for what became of an order or its refund: one that is UNKNOWN, or PENDING and not being sent. A
   * rejected order gives its number back.
   * @throws GatewayError NOT_FOUND, CONFLICT when the outcome is known or being found out.
   */
  settle(actor: Actor, orderId: string, outcome: SettledOutcome): Promise<StoredOrder>;
  /**
   * Makes those UNKNOWN that were sent by a process which died before the answer; gives how many. To be called at start and
   * every few seconds, by any number of processes.
   */
  settleAbandoned(): Promise<number>;
  /** The account's orders among these ids, in any order. */
  byIds(accountId: string, ids: readonly string[]): Promise<StoredOrder[]>;
  /** A page of the account's orders, newest first. @throws GatewayError BAD_INPUT for a cursor that is none. */
  list(
    accountId: string,
    request: { readonly filter: OrderFilter; readonly page: OrderPageRequest },
  ): Promise<OrderPage>;
  count(accountId: string, filter: OrderFilter): Promise<number>;
  /** Waits until no write is under way in this process, at most so long (ms): before the database is closed. */
  idle(deadlineMs: number): Promise<void>;
};

/**
 * @param leaseMs how long a write may take before other processes may think that its sender died. Must be well above the
 *   time-out of a vendor's call: the call itself is ended at four fifths of it.
 */
export const createOrders = ({
  database,
  open,
  log,
  leaseMs = 60_000,
}: {
  database: Database;
  open: Open;
  log: Logger;
  leaseMs?: number;
}): Orders => {
  const writing = { database, open, log, leaseMs };
  const underWay = new Set<Promise<unknown>>();
  // A client that has gone leaves its write behind: nothing but this set knows of it.
  const track = <T>(run: Promise<T>): Promise<T> => {
    const ended: Promise<unknown> = run.catch(() => undefined).finally(() => underWay.delete(ended));
    underWay.add(ended);
    return run;
  };
  return {
    create: (actor, input) => track(createOrder(writing, actor, input)),
    refund: (actor, input) => track(refundOrder(writing, actor, input)),
    settle: (actor, orderId, outcome) => settleByPerson(database, actor, orderId, outcome),
    settleAbandoned: () => settleAbandoned({ database, log }),
    byIds: (accountId, ids) => ordersByIds(database.pool, accountId, ids),
    list: (accountId, request) => listOrders(database.pool, accountId, request),
    count: (accountId, filter) => countOrders(database.pool, accountId, filter),
    idle: async (deadlineMs) => {
      await Promise.race([Promise.all(underWay), sleep(deadlineMs, undefined, { ref: false })]);
    },
  };
};
