import type { PoolClient } from "pg";
import { validate as isUuid } from "uuid";
import type { Logger } from "pino";
import { addAudit } from "../accounts/audit.ts";
import type { Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import type { OrderStatus } from "../generated/prisma/enums.ts";
import type { Actor } from "../integrations/index.ts";
import { close, lockAbandoned, lockLatest, overrule, settleOrder, type Operation } from "./journal.ts";
import type { StoredOrder } from "./order.ts";
import { findOrder } from "./rows.ts";
import { abandoned } from "./verdict.ts";

/** Makes attempts UNKNOWN whose process died between sending and the answer: see `Orders.settleAbandoned`. */
export const settleAbandoned = async ({ database, log }: { database: Database; log: Logger }): Promise<number> => {
  // One a transaction: each ends with its account's lock, and two of those in one transaction could deadlock.
  const settleNext = (): Promise<boolean> =>
    database.transaction(async (client) => {
      const attempt = await lockAbandoned(client);
      if (attempt === null) return false;
      await close(client, attempt, abandoned);
      await settleOrder(client, attempt, abandoned);
      const { id: attemptId, orderId, operation } = attempt;
      log.warn({ attemptId, orderId, operation }, "A write was abandoned; its outcome is unknown");
      return true;
    });
  let settled = 0;
  while (await settleNext()) settled += 1;
  return settled;
};

/** The outcomes that a person can find out at the vendor. */
export type SettledOutcome = "CONFIRMED" | "REJECTED";

const isOpen = (status: OrderStatus | null): boolean => status === "UNKNOWN" || status === "PENDING";

/** Takes a person's word for what became of an order or its refund: see `Orders.settle`. */
export const settleByPerson = (
  database: Database,
  { accountId, actor }: Actor,
  orderId: string,
  outcome: SettledOutcome,
): Promise<StoredOrder> =>
  database.transaction(async (client) => {
    const { operation } = await openOperation(client, accountId, orderId);
    const attempt = await lockLatest(client, accountId, orderId, operation);
    if (attempt === null) throw nothingToSettle();
    if (attempt.status === "SENT" || (attempt.status === "PENDING" && !attempt.leaseIsOver)) throw stillUnderWay();
    // Somebody else may have settled it while we waited for the lock.
    const now = await openOperation(client, accountId, orderId);
    if (now.operation !== operation) throw nothingToSettle();
    await overrule(client, attempt, outcome === "CONFIRMED" ? "APPLIED" : "REJECTED");
    await addAudit(client, {
      accountId,
      actor,
      action: "order.settle",
      integrationId: now.integrationId,
      details: { orderId, operation, outcome },
    });
    const verdict = { status: outcome, errorCode: null, errorMessage: null, vendorId: null };
    const order = await settleOrder(client, attempt, verdict);
    if (order === null) throw new GatewayError("NOT_FOUND");
    return order;
  });

/** What of the order waits for an outcome: a refund begins only after the sale has got its own. */
const openOperation = async (
  client: PoolClient,
  accountId: string,
  orderId: string,
): Promise<{ operation: Operation; integrationId: string }> => {
  const order = isUuid(orderId) ? await findOrder(client, accountId, orderId) : null;
  if (order === null) throw new GatewayError("NOT_FOUND");
  const { status, refundStatus, integrationId } = order;
  if (isOpen(status)) return { operation: "order.create", integrationId };
  if (isOpen(refundStatus)) return { operation: "order.refund", integrationId };
  throw nothingToSettle();
};

const nothingToSettle = (): GatewayError =>
  new GatewayError("CONFLICT", {
    message: { en: "The outcome of this order is known already.", ru: "Исход этого заказа уже известен." },
  });

const stillUnderWay = (): GatewayError =>
  new GatewayError("CONFLICT", {
    message: {
      en: "It is being sent right now; wait for the answer.",
      ru: "Операция выполняется прямо сейчас, дождитесь ответа.",
    },
  });
