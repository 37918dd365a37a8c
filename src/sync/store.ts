import type { Pool, PoolClient } from "pg";
import type { ErrorCode } from "../errors.ts";
import { appendEvents } from "../events/log.ts";
import type { SyncStatus, SyncTrigger } from "../generated/prisma/enums.ts";
import { progressOf, type RunRow } from "./progress.ts";
import { statesBefore } from "./status.ts";

/** A run that this worker holds: `fence` proves it with every write. */
export type HeldRun = {
  readonly accountId: string;
  readonly integrationId: string;
  readonly id: string;
  readonly fence: number;
};

type Db = Pool | PoolClient;

const runColumns = `
  r.id, r.account_id as "accountId", r.integration_id as "integrationId", r.status, r.trigger, r.stage, r.fence, r.tries,
  r.cancel_requested as "cancelRequested", r.waiting_until as "waitingUntil", r.wait_reason as "waitReason",
  r.pages, r.read, r.created, r.updated, r.unchanged, r.deleted, r.failed,
  r.expected, r.expected_is_guess as "expectedIsGuess", r.error_code as "errorCode", r.error_message as "errorMessage",
  r.queued_at as "queuedAt", r.started_at as "startedAt", r.finished_at as "finishedAt",
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'stream', s.stream, 'status', s.status, 'cursor', s.cursor, 'pages', s.pages, 'read', s.read, 'created', s.created,
      'updated', s.updated, 'unchanged', s.unchanged, 'deleted', s.deleted, 'failed', s.failed, 'expected', s.expected
    ) order by s.position) from sync_run_stream s where s.account_id = r.account_id and s.run_id = r.id
  ), '[]') as streams`;

/** A run with its streams. */
export const readRun = async (db: Db, accountId: string, runId: string): Promise<RunRow | null> => {
  const { rows } = await db.query<RunRow>({
    name: "read-run",
    text: `select ${runColumns} from sync_run r where r.account_id = $1 and r.id = $2`,
    values: [accountId, runId],
  });
  return rows[0] ?? null;
};

/** Runs by id, those that are there. */
export const readRuns = async (db: Db, accountId: string, runIds: readonly string[]): Promise<RunRow[]> => {
  const { rows } = await db.query<RunRow>({
    name: "read-runs",
    text: `select ${runColumns} from sync_run r where r.account_id = $1 and r.id = any($2::uuid[])`,
    values: [accountId, runIds],
  });
  return rows;
};

/** The newest run of an integration. */
export const latestRun = async (db: Db, accountId: string, integrationId: string): Promise<RunRow | null> => {
  const { rows } = await db.query<RunRow>({
    name: "latest-run",
    text: `select ${runColumns} from sync_run r where r.account_id = $1 and r.integration_id = $2
           order by r.queued_at desc, r.id desc limit 1`,
    values: [accountId, integrationId],
  });
  return rows[0] ?? null;
};

/** Tells the run as it stands now. The last statement of a transaction: see `appendEvents`. */
export const tellRun = async (client: PoolClient, accountId: string, runId: string): Promise<void> => {
  const run = await readRun(client, accountId, runId);
  if (run === null) return;
  await appendEvents(client, accountId, [
    { kind: "sync.changed", integrationId: run.integrationId, subjectId: run.id, payload: progressOf(run) },
  ]);
};

/** Adds a QUEUED run. @returns false when the integration has an active run already. */
export const insertRun = async (
  client: PoolClient,
  { id, accountId, integrationId, trigger }: Omit<HeldRun, "fence"> & { readonly trigger: SyncTrigger },
): Promise<boolean> => {
  const { rowCount } = await client.query(
    `insert into sync_run (id, account_id, integration_id, active_for, trigger, lease_until)
     values ($1, $2, $3, $3, $4, now() + ${queueLease}) on conflict (active_for) do nothing`,
    [id, accountId, integrationId, trigger],
  );
  return rowCount === 1;
};

export const activeRunId = async (db: Db, accountId: string, integrationId: string): Promise<string | null> => {
  const { rows } = await db.query<{ id: string }>("select id from sync_run where account_id = $1 and active_for = $2", [
    accountId,
    integrationId,
  ]);
  return rows[0]?.id ?? null;
};

/** How long a QUEUED run may go without a worker before its job is sent again: the queue may have lost it with a process. */
export const queueLease = "interval '60 seconds'";

/** Makes this worker the run's owner. @returns null when it is not to be had: over, cancelled, somebody else's, not yet due. */
export const claimRun = async (
  client: PoolClient,
  accountId: string,
  runId: string,
  leaseSeconds: number,
): Promise<{ run: HeldRun; tries: number; cancelRequested: boolean } | null> => {
  const { rows } = await client.query<{
    integration_id: string;
    fence: number;
    tries: number;
    cancel_requested: boolean;
  }>(
    `update sync_run set status = 'RUNNING', fence = fence + 1, tries = tries + 1, stage = 'starting',
       lease_until = now() + make_interval(secs => $3), started_at = coalesce(started_at, now()),
       waiting_until = null, wait_reason = null
     where account_id = $1 and id = $2 and status = any($4::"SyncStatus"[])
       and (waiting_until is null or waiting_until <= now() + interval '1 second')
     returning integration_id, fence, tries, cancel_requested`,
    [accountId, runId, leaseSeconds, statesBefore("RUNNING")],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const run = { accountId, integrationId: row.integration_id, id: runId, fence: row.fence };
  return { run, tries: row.tries, cancelRequested: row.cancel_requested };
};

/** Where a worker stands with its run. */
export type Hold = "held" | "cancelled" | "lost";

/** Locks the run to the end of the transaction, if it is still this worker's: two workers can never both write. */
export const lockRun = async (client: PoolClient, { accountId, id, fence }: HeldRun): Promise<Hold> => {
  const { rows } = await client.query<{ cancel_requested: boolean; status: string }>({
    name: "lock-run",
    text: `
      select r.cancel_requested, i.status from sync_run r
      join integration i on i.account_id = r.account_id and i.id = r.integration_id
      where r.account_id = $1 and r.id = $2 and r.fence = $3 and r.status = 'RUNNING' for update of r`,
    values: [accountId, id, fence],
  });
  const [row] = rows;
  if (row === undefined) return "lost";
  return row.cancel_requested || row.status === "INACTIVE" ? "cancelled" : "held";
};

/** Says that the worker lives. */
export const extendLease = async (db: Db, { accountId, id, fence }: HeldRun, leaseSeconds: number): Promise<Hold> => {
  const { rows } = await db.query<{ cancel_requested: boolean }>({
    name: "extend-lease",
    text: `
      update sync_run set lease_until = now() + make_interval(secs => $4)
      where account_id = $1 and id = $2 and fence = $3 and status = 'RUNNING' returning cancel_requested`,
    values: [accountId, id, fence, leaseSeconds],
  });
  const [row] = rows;
  return row === undefined ? "lost" : row.cancel_requested ? "cancelled" : "held";
};

/** What is told of a run that stops. */
export type Ending = { readonly code: ErrorCode; readonly message: string } | null;

/** Ends a run that this worker holds (`lockRun`). Streams that were not finished end like it. */
export const endRun = async (
  client: PoolClient,
  { accountId, id }: Pick<HeldRun, "accountId" | "id">,
  status: Extract<SyncStatus, "SUCCEEDED" | "FAILED" | "CANCELLED">,
  error: Ending,
): Promise<void> => {
  await client.query(
    `with streams as (
       update sync_run_stream set status = $3, error_code = $4, error_message = $5
       where account_id = $1 and run_id = $2 and status <> 'SUCCEEDED'
     )
     update sync_run set status = $3, active_for = null, stage = null, lease_until = null, waiting_until = null,
       wait_reason = null, error_code = $4, error_message = $5, finished_at = now()
     where account_id = $1 and id = $2 and status = any($6::"SyncStatus"[])`,
    [accountId, id, status, error?.code ?? null, error?.message ?? null, statesBefore(status)],
  );
};

/** Lets a run wait for its vendor. */
export const parkRun = async (
  client: PoolClient,
  { accountId, id }: HeldRun,
  until: Date,
  reason: string,
): Promise<void> => {
  await client.query(
    `update sync_run set status = 'WAITING', stage = 'waiting', lease_until = null, waiting_until = $3, wait_reason = $4
     where account_id = $1 and id = $2 and status = any($5::"SyncStatus"[])`,
    [accountId, id, until, reason, statesBefore("WAITING")],
  );
};

/** Puts a run back into the queue. @param blameless its worker only stopped: that is no try without success. */
export const requeueRun = async (
  client: PoolClient,
  accountId: string,
  runId: string,
  { blameless }: { blameless: boolean },
): Promise<void> => {
  await client.query(
    `update sync_run set status = 'QUEUED', stage = null, waiting_until = null, wait_reason = null,
       lease_until = now() + ${queueLease}, tries = case when $3 then greatest(tries - 1, 0) else tries end
     where account_id = $1 and id = $2 and status = any($4::"SyncStatus"[])`,
    [accountId, runId, blameless, statesBefore("QUEUED")],
  );
};
