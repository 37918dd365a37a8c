import type { Pool, PoolClient } from "pg";
import { v7 } from "uuid";
import type { WriteStatus } from "../generated/prisma/enums.ts";
import { orderColumns, orderOf, refusedSuffix, type OrderRow, type StoredOrder } from "./order.ts";
import { announce } from "./rows.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The journal of writes to vendors. An attempt moves
 *
 *     PENDING → SENT → APPLIED | REJECTED | UNKNOWN        and back SENT → PENDING when it provably never arrived
 *
 * and each arrow is a committed statement of its own that names the state it starts from. PENDING → SENT comes before the
 * call, so of all who try only one sends; whoever finds SENT never sends. A process may die anywhere: before SENT the same
 * key takes the attempt over once its lease is out, after SENT `settleAbandoned` makes it UNKNOWN, for a person to settle.
 */
export type Operation = "order.create" | "order.refund";

/** One write to a vendor, as the journal has it. */
export type Attempt = {
  readonly id: string;
  readonly accountId: string;
  readonly operation: Operation;
  readonly orderId: string;
  readonly bodyHash: Buffer;
  readonly status: WriteStatus;
  /** Nobody is about to send it: its process died, or it came back unsent. */
  readonly leaseIsOver: boolean;
};

const attemptColumns = `id, account_id as "accountId", operation, subject_id as "orderId", body_hash as "bodyHash", status,
  (lease_until is null or lease_until < now()) as "leaseIsOver"`;

/**
 * Enters an attempt as PENDING, for `leaseMs` ours to send. Null: the key is taken. While another transaction enters the
 * same key, this waits for its end.
 */
export const enter = async (
  client: PoolClient,
  attempt: Pick<Attempt, "accountId" | "operation" | "orderId" | "bodyHash"> & {
    readonly integrationId: string;
    readonly idempotencyKey: string;
    readonly leaseMs: number;
  },
): Promise<Attempt | null> => {
  const { rows } = await client.query<Attempt>({
    name: "enter-attempt",
    text: `
      insert into write_attempt
        (id, account_id, integration_id, operation, idempotency_key, body_hash, subject_id, status, lease_until)
      values ($1, $2, $3, $4, $5, $6, $7, 'PENDING', now() + $8 * interval '1 millisecond')
      on conflict (account_id, idempotency_key) do nothing
      returning ${attemptColumns}`,
    values: [
      v7(),
      attempt.accountId,
      attempt.integrationId,
      attempt.operation,
      attempt.idempotencyKey,
      attempt.bodyHash,
      attempt.orderId,
      attempt.leaseMs,
    ],
  });
  return rows[0] ?? null;
};

/** The attempt that has this key, or null. */
export const attemptByKey = async (
  client: Pool | PoolClient,
  accountId: string,
  idempotencyKey: string,
): Promise<Attempt | null> => {
  const { rows } = await client.query<Attempt>({
    name: "attempt-by-key",
    text: `select ${attemptColumns} from write_attempt where account_id = $1 and idempotency_key = $2`,
    values: [accountId, idempotencyKey],
  });
  return rows[0] ?? null;
};

/**
 * Whether it is ours to send now: PENDING, and entered by us or with its lease out. Committed before the call, because what
 * may have left must never look as if it had not.
 */
export const markSent = async (
  pool: Pool,
  { id, accountId }: Pick<Attempt, "id" | "accountId">,
  { entered, leaseMs }: { readonly entered: boolean; readonly leaseMs: number },
): Promise<boolean> => {
  const { rowCount } = await pool.query({
    name: "mark-attempt-sent",
    text: `
      update write_attempt
      set status = 'SENT', sent_at = now(), lease_until = now() + $4 * interval '1 millisecond'
      where account_id = $1 and id = $2 and status = 'PENDING' and ($3 or lease_until is null or lease_until < now())`,
    values: [accountId, id, entered, leaseMs],
  });
  return rowCount === 1;
};

/**
 * Moves an attempt to its verdict, if it still waits for one. UNKNOWN waits, too: an answer that comes after all, late or
 * from a person, is worth more.
 */
export const close = async (
  client: PoolClient,
  { id, accountId }: Pick<Attempt, "id" | "accountId">,
  verdict: Verdict,
): Promise<boolean> => {
  const { rowCount } = await client.query({
    name: "close-attempt",
    text: `
      update write_attempt
      set status = $3::"WriteStatus", error_code = $4, error_message = $5, upstream_status = $6, upstream_request_id = $7,
          lease_until = null, settled_at = case when $3 in ('APPLIED', 'REJECTED') then now() end
      where account_id = $1 and id = $2 and status in ('SENT', 'UNKNOWN')`,
    values: [
      accountId,
      id,
      verdict.attempt,
      verdict.errorCode,
      verdict.errorMessage,
      verdict.upstreamStatus,
      verdict.upstreamRequestId,
    ],
  });
  return rowCount === 1;
};

/** The next attempt that was sent and whose lease is out, locked; null when there is none. Those that others hold are passed by. */
export const lockAbandoned = async (client: PoolClient): Promise<Attempt | null> => {
  const { rows } = await client.query<Attempt>({
    name: "lock-abandoned-attempt",
    text: `
      select ${attemptColumns} from write_attempt
      where status = 'SENT' and lease_until < now()
      order by lease_until limit 1 for update skip locked`,
  });
  return rows[0] ?? null;
};

/** The newest attempt of this operation on the order, locked; null when there is none. */
export const lockLatest = async (
  client: PoolClient,
  accountId: string,
  orderId: string,
  operation: Operation,
): Promise<Attempt | null> => {
  const { rows } = await client.query<Attempt>({
    name: "lock-latest-attempt",
    text: `
      select ${attemptColumns} from write_attempt
      where account_id = $1 and subject_id = $2 and operation = $3
      order by id desc limit 1 for update`,
    values: [accountId, orderId, operation],
  });
  return rows[0] ?? null;
};

/** Ends an attempt by a person's word, which later answers do not change. */
export const overrule = async (
  client: PoolClient,
  { id, accountId }: Pick<Attempt, "id" | "accountId">,
  status: "APPLIED" | "REJECTED",
): Promise<void> => {
  await client.query({
    name: "overrule-attempt",
    text: `
      update write_attempt set status = $3::"WriteStatus", lease_until = null, settled_at = now()
      where account_id = $1 and id = $2`,
    values: [accountId, id, status],
  });
};

/** What of a verdict concerns the order. */
export type OrderVerdict = Pick<Verdict, "status" | "errorCode" | "errorMessage" | "vendorId">;

const settleSale = `
  update "order"
  set status = $3::"OrderStatus", error_code = $4, error_message = $5, changed_at = now(),
      vendor_id = coalesce($6, vendor_id),
      external_id = case when $3 = 'REJECTED' then external_id || $7 else external_id end
  where account_id = $1 and id = $2 returning ${orderColumns}`;

/** The vendor's id and the number stay those of the sale. */
const settleRefund = `
  update "order" set refund_status = $3::"OrderStatus", error_code = $4, error_message = $5, changed_at = now()
  where account_id = $1 and id = $2 returning ${orderColumns}`;

/**
 * Gives the order of an attempt its verdict, in the transaction that has moved the attempt, and tells subscribers: the last
 * statement. Null: the order is gone, deleted with its integration while the write was out; the journal alone remembers it.
 */
export const settleOrder = async (
  client: PoolClient,
  { accountId, operation, orderId }: Pick<Attempt, "accountId" | "operation" | "orderId">,
  { status, errorCode, errorMessage, vendorId }: OrderVerdict,
): Promise<StoredOrder | null> => {
  const values = [accountId, orderId, status, errorCode, errorMessage];
  const { rows } = await client.query<OrderRow>(
    operation === "order.create"
      ? { name: "settle-sale", text: settleSale, values: [...values, vendorId, refusedSuffix(orderId)] }
      : { name: "settle-refund", text: settleRefund, values },
  );
  if (rows[0] === undefined) return null;
  const order = orderOf(rows[0]);
  await announce(client, accountId, order);
  return order;
};
