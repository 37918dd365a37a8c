import type { PoolClient } from "pg";
import { rowsFromJson, type TypedColumn } from "../guests/bulk.ts";
import { recordId, storableJson, type PageCounts } from "../guests/index.ts";
import type { Batch, Failure } from "./run.ts";
import type { HeldRun } from "./store.ts";

/** Notes the streams of a run, in their order; what an interrupted run has noted stays. The last complete run gives a guess at their size. */
export const planStreams = async (
  client: PoolClient,
  { accountId, integrationId, id }: HeldRun,
  streams: readonly string[],
): Promise<void> => {
  await client.query(
    `insert into sync_run_stream (account_id, run_id, stream, position, expected)
     select $1, $2, planned.stream, planned.position, known.records
     from unnest($4::text[]) with ordinality as planned(stream, position)
     left join stream_state known on known.account_id = $1 and known.integration_id = $3
       and known.stream = planned.stream and known.last_complete_at is not null
     on conflict do nothing`,
    [accountId, id, integrationId, streams],
  );
  await client.query(
    `update sync_run set expected = s.expected, expected_is_guess = true
     from (select sum(expected)::int as expected from sync_run_stream where account_id = $1 and run_id = $2) s
     where account_id = $1 and id = $2 and sync_run.expected is null and s.expected is not null`,
    [accountId, id],
  );
};

/** Says what the run is at. */
export const startStream = async (client: PoolClient, { accountId, id }: HeldRun, stream: string): Promise<void> => {
  await client.query(
    `with started as (
       update sync_run_stream set status = 'RUNNING' where account_id = $1 and run_id = $2 and stream = $3
     )
     update sync_run set stage = 'reading ' || $3::text where account_id = $1 and id = $2`,
    [accountId, id, stream],
  );
};

/** Adds what a batch did, with its checkpoint, to the stream and to the run. A page was written: tries begin anew. */
export const addProgress = async (
  client: PoolClient,
  { accountId, id }: HeldRun,
  stream: string,
  batch: Batch<unknown>,
  { created, updated, unchanged }: PageCounts,
): Promise<void> => {
  await client.query({
    name: "add-progress",
    text: `
      with at_stream as (
        update sync_run_stream set cursor = $4, pages = pages + $5, read = read + $6, created = created + $7,
          updated = updated + $8, unchanged = unchanged + $9, failed = failed + $10, expected = coalesce($11, expected),
          status = case when $4::jsonb is null then 'SUCCEEDED' else status end
        where account_id = $1 and run_id = $2 and stream = $3
      )
      update sync_run set tries = 0, pages = pages + $5, read = read + $6, created = created + $7, updated = updated + $8,
        unchanged = unchanged + $9, failed = failed + $10,
        expected = case when $11::int is null then expected else $11 + coalesce((
          select sum(expected)::int from sync_run_stream s
          where s.account_id = $1 and s.run_id = $2 and s.stream <> $3
        ), 0) end,
        expected_is_guess = expected_is_guess and $11::int is null
      where account_id = $1 and id = $2`,
    values: [
      accountId,
      id,
      stream,
      batch.next === null ? null : JSON.stringify(batch.next),
      batch.pages,
      batch.read,
      created,
      updated,
      unchanged,
      batch.failures.length,
      batch.total,
    ],
  });
};

/** Where the streams of a finished run stand: what the next run starts from, and guesses its size by. */
export const completeStreams = async (client: PoolClient, { accountId, integrationId, id }: HeldRun): Promise<void> => {
  await client.query(
    `insert into stream_state (account_id, integration_id, stream, records, last_complete_at, updated_at)
     select account_id, $2, stream, read, now(), now() from sync_run_stream where account_id = $1 and run_id = $3
     on conflict (account_id, integration_id, stream)
       do update set records = excluded.records, last_complete_at = now(), updated_at = now()`,
    [accountId, integrationId, id],
  );
};

const failureColumns: readonly TypedColumn[] = [
  ["id", "uuid"],
  ["external_id", "text"],
  ["reason", "text"],
  ["raw", "jsonb"],
];

/** Whether records of this stream are kept as failed. */
export const hasFailures = async (
  client: PoolClient,
  { accountId, integrationId }: HeldRun,
  stream: string,
): Promise<boolean> => {
  const { rows } = await client.query<{ exists: boolean }>(
    "select exists (select from failed_record where account_id = $1 and integration_id = $2 and stream = $3)",
    [accountId, integrationId, stream],
  );
  return rows[0]?.exists ?? false;
};

/** Forgets failed records that could be mapped now. */
export const forgetFailures = async (
  client: PoolClient,
  { accountId, integrationId }: HeldRun,
  stream: string,
  externalIds: readonly string[],
): Promise<void> => {
  await client.query({
    name: "forget-failures",
    text: `
      delete from failed_record
      where account_id = $1 and integration_id = $2 and stream = $3 and external_id = any($4::text[])`,
    values: [accountId, integrationId, stream, externalIds],
  });
};

/** Keeps records that could not be mapped, each once, with the reason and the vendor's object. */
export const keepFailures = async (
  client: PoolClient,
  { accountId, integrationId, id: runId }: HeldRun,
  stream: string,
  failures: readonly Failure[],
): Promise<void> => {
  if (failures.length === 0) return;
  const byId = new Map(failures.map((one) => [failureId(integrationId, stream, one.externalId), one]));
  const rows = [...byId].map(([id, { externalId, reason, raw }]) => [id, externalId, reason, storableJson(raw)]);
  await client.query(
    `insert into failed_record (id, account_id, integration_id, run_id, stream, external_id, reason, raw)
     select n.id, $1, $2, $3, $4, n.external_id, n.reason, n.raw from ${rowsFromJson("$5", failureColumns, "n")}
     on conflict (account_id, integration_id, stream, external_id)
       do update set run_id = excluded.run_id, reason = excluded.reason, raw = excluded.raw, created_at = now()`,
    [accountId, integrationId, runId, stream, JSON.stringify(rows)],
  );
};

const failureId = (integrationId: string, stream: string, externalId: string): string =>
  recordId(integrationId, `failed-${stream}`, externalId);
