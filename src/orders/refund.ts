import type { PoolClient } from "pg";
import { validate as isUuid } from "uuid";
import { GatewayError } from "../errors.ts";
import type { Actor, Open } from "../integrations/index.ts";
import { hashOfRefund } from "./body-hash.ts";
import { problemOfKey } from "./check.ts";
import { openOrders } from "./create.ts";
import { attemptByKey } from "./journal.ts";
import { orderColumns, orderOf, requestOf, type OrderRow, type StoredOrder } from "./order.ts";
import { findOrder } from "./rows.ts";
import { repeat, write, type Send, type Writing } from "./write.ts";

/** A refund as a client asks for it: of the whole order. */
export type RefundOrder = { readonly orderId: string; readonly idempotencyKey: string };

const conflict = (en: string, ru: string): GatewayError => new GatewayError("CONFLICT", { message: { en, ru } });

/** Refunds an order: see `Orders.refund`. */
export const refundOrder = async (
  writing: Writing & { readonly open: Open },
  actor: Actor,
  { orderId, idempotencyKey }: RefundOrder,
): Promise<StoredOrder> => {
  const { accountId } = actor;
  const { pool } = writing.database;
  const problem = problemOfKey(idempotencyKey);
  if (problem !== null) {
    throw new GatewayError("BAD_INPUT", { fields: [{ path: ["idempotencyKey"], message: problem }] });
  }
  const bodyHash = hashOfRefund(orderId);
  const openSend = async (): Promise<Send> => {
    const { integrationId } = await orderToRefund();
    const { orders } = await openOrders(writing.open, accountId, integrationId, "REFUND_ORDER");
    const refund = orders.refund?.bind(orders);
    if (refund === undefined) throw new GatewayError("NOT_SUPPORTED");
    return async (order, signal) => refund(requestOf(order), { signal });
  };
  const orderToRefund = async (): Promise<StoredOrder> => {
    const order = isUuid(orderId) ? await findOrder(pool, accountId, orderId) : null;
    if (order === null) throw new GatewayError("NOT_FOUND");
    return order;
  };

  const earlier = await attemptByKey(pool, accountId, idempotencyKey);
  if (earlier !== null) return repeat(writing, earlier, { bodyHash, openSend });
  const { integrationId } = await orderToRefund();
  // Before anything is stored: a system that gives nothing back gets no refund that stays PENDING.
  const send = await openSend();
  return write(writing, actor, {
    operation: "order.refund",
    integrationId,
    idempotencyKey,
    bodyHash,
    orderId,
    openSend: async () => send,
    store: (client) => startRefund(client, accountId, orderId),
  });
};

/** Under the order's lock, so that of two refunds with two keys the second finds the first. */
const startRefund = async (client: PoolClient, accountId: string, orderId: string): Promise<StoredOrder> => {
  const order = await findOrder(client, accountId, orderId, true);
  if (order === null) throw new GatewayError("NOT_FOUND");
  if (order.status !== "CONFIRMED") {
    throw conflict("Only a confirmed order can be refunded.", "Вернуть можно только подтверждённый заказ.");
  }
  switch (order.refundStatus) {
    case "CONFIRMED":
      throw conflict("This order is refunded already.", "Этот заказ уже возвращён.");
    case "PENDING":
      throw conflict(
        "A refund of this order is under way. Repeat it with its own idempotency key.",
        "Возврат этого заказа уже начат. Повторите его с тем же ключом идемпотентности.",
      );
    case "UNKNOWN":
      throw conflict(
        "Whether this order was refunded is not known. Check at the system and settle it first.",
        "Неизвестно, возвращён ли этот заказ. Сначала проверьте в системе и укажите исход.",
      );
  }
  const { rows } = await client.query<OrderRow>({
    name: "start-refund",
    text: `
      update "order" set refund_status = 'PENDING', error_code = null, error_message = null, changed_at = now()
      where account_id = $1 and id = $2 returning ${orderColumns}`,
    values: [accountId, orderId],
  });
  if (rows[0] === undefined) throw new GatewayError("NOT_FOUND");
  return orderOf(rows[0]);
};
