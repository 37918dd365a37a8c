import { setTimeout as sleep } from "node:timers/promises";
import type { PoolClient } from "pg";
import type { Logger } from "pino";
import { addAudit } from "../accounts/audit.ts";
import type { OrderOutcome } from "../contract/index.ts";
import type { Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import type { Actor } from "../integrations/index.ts";
import { attemptByKey, close, enter, markSent, settleOrder, type Attempt, type Operation } from "./journal.ts";
import type { StoredOrder } from "./order.ts";
import { announce, findOrder } from "./rows.ts";
import { verdictOfError, verdictOfOutcome, type Verdict } from "./verdict.ts";

/** One write as it is asked for. */
export type Write = {
  readonly operation: Operation;
  readonly integrationId: string;
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly orderId: string;
  /** Stores what is asked for, in the transaction that journals it. What it throws leaves nothing behind. */
  readonly store: (client: PoolClient) => Promise<StoredOrder>;
  /** Opens the way to the vendor. What it throws leaves the attempt unsent. */
  readonly openSend: () => Promise<Send>;
};

/** Calls the vendor. The signal ends the call when its lease is nearly out, never because a client has gone. */
export type Send = (order: StoredOrder, signal: AbortSignal) => Promise<OrderOutcome>;

/** `leaseMs`: how long a process may take over a write before others may think that it died. */
export type Writing = { readonly database: Database; readonly log: Logger; readonly leaseMs: number };

/** How long a caller waits for the answer that another one is getting, before it is told PENDING. */
const patienceMs = 2000;

/** The part of the lease that the call may take; the rest is for writing down its answer. */
const callShare = 0.8;

/** Journals the write and sends it; or answers with what became of the same one before. */
export const write = async (writing: Writing, { accountId, actor }: Actor, asked: Write): Promise<StoredOrder> => {
  const { database, leaseMs } = writing;
  const entered = await database.transaction(async (client) => {
    const attempt = await enter(client, { accountId, leaseMs, ...asked });
    if (attempt === null) return null;
    const order = await asked.store(client);
    await addAudit(client, {
      accountId,
      actor,
      action: asked.operation,
      integrationId: asked.integrationId,
      details: { orderId: order.id, number: order.number },
    });
    await announce(client, accountId, order);
    return { attempt, order };
  });
  if (entered !== null) return send(writing, entered.attempt, entered.order, asked.openSend);
  const earlier = await attemptByKey(database.pool, accountId, asked.idempotencyKey);
  if (earlier === null) throw new GatewayError("CONFLICT");
  return repeat(writing, earlier, asked);
};

/**
 * Answers a key that was used before: with its order as it stands, or by sending what was never sent.
 * @throws GatewayError IDEMPOTENCY_KEY_REUSED when it was used for something else.
 */
export const repeat = async (
  writing: Writing,
  earlier: Attempt,
  { bodyHash, openSend }: Pick<Write, "bodyHash" | "openSend">,
): Promise<StoredOrder> => {
  if (!earlier.bodyHash.equals(bodyHash)) throw new GatewayError("IDEMPOTENCY_KEY_REUSED");
  return earlier.status === "PENDING" && earlier.leaseIsOver
    ? send(writing, earlier, null, openSend)
    : answerOfOther(writing, earlier);
};

/** Sends the attempt, unless somebody else does. `entered`: the order that we have just stored with it. */
const send = async (
  writing: Writing,
  attempt: Attempt,
  entered: StoredOrder | null,
  openSend: Write["openSend"],
): Promise<StoredOrder> => {
  const { database, log, leaseMs } = writing;
  // Whatever can fail by itself comes before SENT: afterwards a failure of ours is a doubt about the vendor.
  const callVendor = await openSend();
  const order = entered ?? (await orderOfAttempt(writing, attempt));
  if (!(await markSent(database.pool, attempt, { entered: entered !== null, leaseMs })))
    return answerOfOther(writing, attempt);

  const ids = { attemptId: attempt.id, orderId: attempt.orderId, operation: attempt.operation };
  const verdict = await callVendor(order, AbortSignal.timeout(Math.ceil(leaseMs * callShare))).then(
    verdictOfOutcome,
    (error) => {
      if (!(error instanceof GatewayError))
        log.error({ ...ids, ...describeUnexpected(error) }, "A write failed unexpectedly");
      return verdictOfError(error);
    },
  );
  log.info({ ...ids, attempt: verdict.attempt, code: verdict.errorCode }, "A write was answered");
  try {
    return await settle(writing, attempt, verdict);
  } catch (error) {
    // The answer is known here alone; without this line it would be lost, and the attempt becomes UNKNOWN.
    log.error(
      { ...ids, attempt: verdict.attempt, code: verdict.errorCode },
      "The answer to a write could not be stored",
    );
    throw error;
  }
};

const settle = async (writing: Writing, attempt: Attempt, verdict: Verdict): Promise<StoredOrder> => {
  const settled = await writing.database.transaction(async (client) =>
    (await close(client, attempt, verdict)) ? settleOrder(client, attempt, verdict) : null,
  );
  // Null: a person has settled it before its answer came, or the order is gone.
  return settled ?? orderOfAttempt(writing, attempt);
};

/** Waits a little for the verdict that another caller or process is getting, and answers with the order as it stands then. */
const answerOfOther = async (writing: Writing, attempt: Attempt): Promise<StoredOrder> => {
  const end = Date.now() + patienceMs;
  for (
    let pauseMs = 20;
    Date.now() < end && (await isUnderWay(writing, attempt));
    pauseMs = Math.min(pauseMs * 2, 200)
  ) {
    await sleep(pauseMs);
  }
  return orderOfAttempt(writing, attempt);
};

const isUnderWay = async ({ database }: Writing, { id, accountId }: Attempt): Promise<boolean> => {
  const { rowCount } = await database.pool.query({
    name: "attempt-is-under-way",
    text: `
      select 1 from write_attempt
      where account_id = $1 and id = $2 and (status = 'SENT' or status = 'PENDING' and lease_until >= now())`,
    values: [accountId, id],
  });
  return rowCount === 1;
};

const orderOfAttempt = async ({ database }: Writing, { accountId, orderId }: Attempt): Promise<StoredOrder> => {
  const order = await findOrder(database.pool, accountId, orderId);
  if (order === null) throw new GatewayError("NOT_FOUND");
  return order;
};

/** Where an unexpected error came from. Not its message: that may quote the order, and logs hold no personal data. */
const describeUnexpected = (error: unknown): { error: string; at: string[] } =>
  error instanceof Error
    ? {
        error: error.name,
        at: (error.stack ?? "")
          .split("\n")
          .filter((line) => /^\s+at /.test(line))
          .map((line) => line.trim()),
      }
    : { error: typeof error, at: [] };
