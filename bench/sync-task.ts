import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import type { Connection, GuestRecord, Json, Stream } from "../src/contract/index.ts";
import { openDatabase, type Database } from "../src/database/index.ts";
import { rowsFromJson, valuesOfCopyText, type TypedColumn } from "../src/guests/bulk.ts";
import { vendorColumns } from "../src/guests/columns.ts";
import { foundedGuestId } from "../src/guests/ids.ts";
import { prepareGuest, type PreparedGuest } from "../src/guests/prepare.ts";
import { createHttp, type Http } from "../src/http/index.ts";
import { iBonus, type Credentials } from "../src/providers/i-bonus/index.ts";
import { createSync, isOver, readRun } from "../src/sync/index.ts";

/** One measurement of bench/sync.ts, in a process of its own. `again`: the sync of what is already there. */
export type Task = {
  readonly kind: "read" | "write" | "sync" | "again";
  readonly credentials: Credentials;
  readonly databaseUrl: string;
};

export type TaskResult = {
  readonly guests: number;
  readonly ms: number;
  readonly rssMb: number;
  readonly heapMb: number;
};

const accountId = "0191c1f0-0000-7000-8000-0000000000aa";
const integrationId = "0191c1f0-0000-7000-8000-0000000000bb";

const log = pino({ level: "warn" });

/** i-bonus as the gateway reaches it, but for the pace: 50 calls a second would be the limit of a loopback. */
const connect = (http: Http, credentials: Credentials): { connection: Connection; stream: Stream<GuestRecord> } => {
  const upstream = http.upstreamFor({
    key: "bench",
    concurrency: iBonus.limits.concurrency,
    requestsPerSecond: 10_000,
    readError: (answer) => iBonus.readError(answer),
  });
  const connection = iBonus.connect({ credentials: () => Promise.resolve(credentials), upstream });
  const stream = connection.streams.guests;
  if (stream === undefined) throw new Error("i-bonus has guests");
  return { connection, stream };
};

/** Every page, mapped. */
async function* readMapped(http: Http, credentials: Credentials) {
  const { stream } = connect(http, credentials);
  let cursor: Json = null;
  do {
    const { records, next } = await stream.readPage(cursor, { pageSize: stream.pageSize, lane: "background" });
    yield records.map((raw) => ({ externalId: stream.externalId(raw), guest: stream.map(raw), raw }));
    cursor = next;
  } while (cursor !== null);
}

const read = async ({ credentials }: Task, http: Http): Promise<number> => {
  let guests = 0;
  for await (const page of readMapped(http, credentials)) guests += page.length;
  return guests;
};

const profileColumns: readonly TypedColumn[] = [
  ["id", "uuid"],
  ["guest_id", "uuid"],
  ["evidence", "jsonb"],
  ["digest", "text"],
  ...vendorColumns,
];

/** One statement for a page: both tables, upserted by their keys. */
const writeText = `
  with n as materialized (select * from ${rowsFromJson("$3", profileColumns, "item")}),
  guests as (
    insert into guest (account_id, id, name, search_name, email, phone)
    select $1::uuid, guest_id, name, search_name, email, phone from n
    on conflict (account_id, id) do update set name = excluded.name, changed_at = now()
  )
  insert into guest_profile (account_id, integration_id, id, guest_id, evidence, digest, ${vendorColumns.map(([name]) => name).join(", ")})
  select $1::uuid, $2::uuid, id, guest_id, evidence, decode(digest, 'hex'), ${vendorColumns.map(([name]) => name).join(", ")} from n
  on conflict (account_id, id) do update set raw = excluded.raw, digest = excluded.digest, changed_at = now()`;

/** What is to be written lies in memory before the clock runs. */
const write = async (task: Task, http: Http, database: Database): Promise<{ guests: number; ms: number }> => {
  const prepared: PreparedGuest[] = [];
  for await (const page of readMapped(http, task.credentials)) {
    for (const record of page) prepared.push(prepareGuest(integrationId, "RU", record));
  }
  const perStatement = 5_000;
  const pages: unknown[][] = [];
  for (let from = 0; from < prepared.length; from += perStatement) {
    pages.push(
      prepared
        .slice(from, from + perStatement)
        .map(({ id, digest, copyText }) => [
          id,
          foundedGuestId(id),
          '[{"kind":"FOUNDER"}]',
          digest,
          ...valuesOfCopyText(copyText),
        ]),
    );
  }
  const began = performance.now();
  for (const rows of pages) {
    await database.pool.query({
      name: "write-page",
      text: writeText,
      values: [accountId, integrationId, JSON.stringify(rows)],
    });
  }
  return { guests: prepared.length, ms: performance.now() - began };
};

/** The engine as it is, queue and events included, from the request to the end of the run. */
const sync = async ({ credentials }: Task, http: Http, database: Database): Promise<{ guests: number; ms: number }> => {
  await database.pool.query(
    "insert into account (id, name, sealed_data_key) values ($1, 'bench', '') on conflict do nothing",
    [accountId],
  );
  await database.pool.query(
    `insert into integration (id, account_id, provider, name, sealed_credentials, credential_preview, updated_at)
     values ($1, $2, 'i-bonus', 'bench', '', '{}', now()) on conflict do nothing`,
    [integrationId, accountId],
  );
  const { connection } = connect(http, credentials);
  const engine = createSync({
    database,
    log,
    open: async () => ({
      id: integrationId,
      accountId,
      name: "bench",
      provider: iBonus,
      connection,
      defaultCountry: "RU",
      generation: 1,
      capabilities: [],
    }),
  });
  await engine.start();
  const { runId } = await engine.request(accountId, integrationId, "MANUAL");
  for (;;) {
    const run = await readRun(database.pool, accountId, runId);
    if (run !== null && isOver(run.status)) {
      await engine.stop({ deadlineMs: 5_000 });
      if (run.status !== "SUCCEEDED" || run.startedAt === null || run.finishedAt === null) {
        throw new Error(`The run ended ${run.status}: ${run.errorMessage}`);
      }
      return { guests: run.read, ms: run.finishedAt.getTime() - run.startedAt.getTime() };
    }
    await sleep(100);
  }
};

const task = JSON.parse(process.argv[2] ?? "{}") as Task;
let heap = 0;
const watching = setInterval(() => (heap = Math.max(heap, process.memoryUsage().heapUsed)), 50);
const database = await openDatabase({ url: task.databaseUrl, poolSize: 10, applicationName: "guestgraph bench" });
const http = createHttp({ pool: database.pool, allowedNetworks: ["127.0.0.0/8"], timeoutMs: 15_000, log });
const began = performance.now();
const result =
  task.kind === "read"
    ? { guests: await read(task, http), ms: performance.now() - began }
    : await (task.kind === "write" ? write : sync)(task, http, database);
clearInterval(watching);
await http.close();
await database.close();
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ ...result, rssMb: maxRSS / 1024, heapMb: heap / 2 ** 20 } satisfies TaskResult));
