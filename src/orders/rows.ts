import type { Pool, PoolClient } from "pg";
import { appendEvents } from "../events/log.ts";
import { orderColumns, orderOf, payloadOf, type OrderRow, type StoredOrder } from "./order.ts";

/** The order by its id, or null when the account has none. `lock` keeps others from changing it until the transaction ends. */
export const findOrder = async (
  client: Pool | PoolClient,
  accountId: string,
  orderId: string,
  lock = false,
): Promise<StoredOrder | null> => {
  const { rows } = await client.query<OrderRow>({
    name: lock ? "lock-order" : "find-order",
    text: `select ${orderColumns} from "order" where account_id = $1 and id = $2 ${lock ? "for update" : ""}`,
    values: [accountId, orderId],
  });
  return rows[0] === undefined ? null : orderOf(rows[0]);
};

/** Tells subscribers how the order stands now. Must be the last statement of the transaction. */
export const announce = async (client: PoolClient, accountId: string, order: StoredOrder): Promise<void> => {
  const { id, integrationId } = order;
  await appendEvents(client, accountId, [
    { kind: "order.changed", integrationId, subjectId: id, payload: payloadOf(order) },
  ]);
};
