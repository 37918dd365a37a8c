import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/support/server.ts";
import type { GuestRecord, Json, Provider, Stream } from "../contract/index.ts";
import { openDatabase, type Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import type { Open } from "../integrations/index.ts";
import { createSync, latestRun, readRun, type RunRow, type Sync, type SyncProgress } from "./index.ts";
import { claimRun, insertRun, lockRun, requeueRun } from "./store.ts";

let server: TestDatabase;
let database: Database;
const log = pino({ level: "silent" });
const running: { stop(): Promise<void> }[] = [];

const openHere = (): Promise<Database> => openDatabase({ url: server.url, poolSize: 10, applicationName: "sync test" });
beforeAll(async () => {
  server = await createTestDatabase();
  database = await openHere();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  // What a test leaves behind is not for the next one's engine.
  await database.pool.query("update sync_run set status = 'CANCELLED', active_for = null where active_for is not null");
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

type Vendor = {
  size: number;
  /** Called before a page is given; what it throws is what the vendor answers. */
  onPage: (offset: number, signal: AbortSignal | undefined) => Promise<void> | void;
  reads: number;
};

const pageSize = 10;
const nobody = {
  emails: [],
  cards: [],
  birthDate: null,
  language: null,
  avatarUrl: null,
  purchases: null,
  reviews: null,
  customFields: null,
  sourceCreatedAt: null,
  sourceUpdatedAt: null,
};

/** A vendor of `size` guests; number 13 has a phone that is no text, which cannot be mapped. */
const streamOf = (vendor: Vendor): Stream<GuestRecord> => ({
  mode: "full",
  pageSize,
  stableOrder: true,
  async readPage(cursor: Json, { signal }) {
    const offset = typeof cursor === "number" ? cursor : 0;
    vendor.reads += 1;
    await vendor.onPage(offset, signal);
    const records = Array.from({ length: Math.min(pageSize, vendor.size - offset) }, (_, index) => ({
      id: offset + index,
      phone: offset + index === 13 ? { unexpected: true } : `7912${1_000_000 + offset + index}`,
    }));
    return { records, next: offset + pageSize < vendor.size ? offset + pageSize : null };
  },
  externalId: (raw) => String((raw as { id: number }).id),
  map: (raw) => {
    const { id, phone } = raw as { id: number; phone: unknown };
    if (typeof phone !== "string") throw new Error("phone: expected text");
    return { ...nobody, name: `Guest ${id}`, phones: [phone] };
  },
});

/** An account with one integration of such a vendor. */
const createWorld = async (size = 55) => {
  const [accountId, integrationId] = [v7(), v7()];
  await database.pool.query("insert into account (id, name, sealed_data_key) values ($1, 'a', '')", [accountId]);
  await database.pool.query(
    `insert into integration (id, account_id, provider, name, sealed_credentials, credential_preview, updated_at)
     values ($1, $2, 'fake', 'Fake', '', '{}', now())`,
    [integrationId, accountId],
  );
  const vendor: Vendor = { size, onPage: () => undefined, reads: 0 };
  const open: Open = async (account, id) => {
    const { rows } = await database.pool.query<{ status: string }>(
      "select status from integration where account_id = $1 and id = $2",
      [account, id],
    );
    if (rows[0] === undefined) throw new GatewayError("INTEGRATION_NOT_FOUND");
    if (rows[0].status === "INACTIVE") throw new GatewayError("INTEGRATION_DISABLED");
    return {
      id,
      accountId: account,
      name: "Fake",
      // The engine looks at the connection only.
      provider: {} as Provider,
      connection: { whoAmI: () => Promise.reject(new Error("not asked")), streams: { guests: streamOf(vendor) } },
      defaultCountry: "RU",
      generation: 1,
      capabilities: [],
    };
  };
  const engine = async (over = database, pace: Parameters<typeof createSync>[0]["pace"] = {}): Promise<Sync> => {
    const sync = createSync({
      database: over,
      open,
      log,
      pace: { pagesAhead: 2, recordsPerWrite: 20, tickMs: 200, ...pace },
    });
    await sync.start();
    running.push({ stop: () => sync.stop({ deadlineMs: 5_000 }) });
    return sync;
  };
  const request = (sync: Sync) => sync.request(accountId, integrationId, "MANUAL");
  const until = async (runId: string, wanted: (run: RunRow) => boolean): Promise<RunRow> => {
    for (let tries = 0; tries < 400; tries += 1) {
      const run = await readRun(database.pool, accountId, runId);
      if (run !== null && wanted(run)) return run;
      await sleep(50);
    }
    throw new Error(`The run stands at ${JSON.stringify(await readRun(database.pool, accountId, runId))}`);
  };
  const query = async <Row extends object>(text: string): Promise<Row[]> =>
    (await database.pool.query<Row>(text, [accountId])).rows;
  const externalIds = async (): Promise<number[]> => {
    const rows = await query<{ external_id: string }>("select external_id from guest_profile where account_id = $1");
    return rows.map(({ external_id }) => Number(external_id)).sort((a, b) => a - b);
  };
  const events = async (): Promise<SyncProgress[]> => {
    const rows = await query<{ payload: SyncProgress }>(
      "select payload from event where account_id = $1 and kind = 'sync.changed' order by number",
    );
    return rows.map(({ payload }) => payload);
  };
  const integration = async () => {
    const [row] = await query<{
      status: string;
      error_code: string | null;
      next_sync_at: Date | null;
      last_sync_at: Date | null;
    }>("select status, error_code, next_sync_at, last_sync_at from integration where account_id = $1");
    return row;
  };
  return { accountId, integrationId, vendor, open, engine, request, until, query, externalIds, events, integration };
};

const all = (size: number): number[] => Array.from({ length: size }, (_, index) => index).filter((id) => id !== 13);
const is =
  (...statuses: string[]) =>
  ({ status }: RunRow): boolean =>
    statuses.includes(status);

describe("a sync", () => {
  it("brings every guest once, keeps what cannot be mapped, and tells all of it", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    const { runId, isNew } = await world.request(sync);
    expect(isNew).toBe(true);
    const run = await world.until(runId, is("SUCCEEDED", "FAILED"));
    expect(run).toMatchObject({
      status: "SUCCEEDED",
      pages: 6,
      read: 55,
      created: 54,
      failed: 1,
      stage: null,
      tries: 0,
    });
    expect(run.streams).toMatchObject([{ stream: "guests", status: "SUCCEEDED", read: 55, created: 54, failed: 1 }]);
    expect(await world.externalIds()).toEqual(all(55));
    expect(
      await world.query("select stream, external_id, reason, raw from failed_record where account_id = $1"),
    ).toEqual([
      {
        stream: "guests",
        external_id: "13",
        reason: "phone: expected text",
        raw: { id: 13, phone: { unexpected: true } },
      },
    ]);
    const told = await world.events();
    expect(told[0]).toMatchObject({ status: "QUEUED", id: runId, read: 0, streams: [] });
    expect(told.at(-1)).toMatchObject({ status: "SUCCEEDED", read: 55, finishedAt: run.finishedAt?.toISOString() });
    const reads = told.map(({ read }) => read);
    expect(reads).toEqual([...reads].sort((a, b) => a - b));
    expect(await world.integration()).toMatchObject({ status: "ACTIVE", error_code: null });
    expect((await latestRun(database.pool, world.accountId, world.integrationId))?.id).toBe(runId);
  });

  it("that is repeated writes nothing, guesses its size, and forgets failures that healed", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    await world.until((await world.request(sync)).runId, is("SUCCEEDED"));
    const versions = () =>
      world.query(`select id, xmin::text from guest_profile where account_id = $1
                   union all select id, xmin::text from guest where account_id = $1 order by 1`);
    const before = await versions();
    const again = await world.until((await world.request(sync)).runId, is("SUCCEEDED"));
    expect(again).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 54,
      failed: 1,
      expected: 55,
      expectedIsGuess: true,
    });
    expect(await versions()).toEqual(before);
    expect(await world.query("select 1 from failed_record where account_id = $1")).toHaveLength(1);
    world.vendor.size = 13;
    await world.until((await world.request(sync)).runId, is("SUCCEEDED"));
    expect(await world.query("select 1 from failed_record where account_id = $1")).toHaveLength(1);
  });

  it("is asked for once: who asks meanwhile gets the same run", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    const asked = await Promise.all([world.request(sync), world.request(sync), world.request(sync)]);
    expect(new Set(asked.map(({ runId }) => runId)).size).toBe(1);
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
    await world.until(asked[0]?.runId ?? "", is("SUCCEEDED"));
    expect((await world.request(sync)).isNew).toBe(true);
  });

  it("is asked for within another's transaction, and forgotten with it", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    await expect(
      database.transaction(async (client) => {
        await sync.request(world.accountId, world.integrationId, "FIRST", client);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await latestRun(database.pool, world.accountId, world.integrationId)).toBeNull();
    expect(await world.events()).toEqual([]);
  });

  it("is not for another account, nor for an integration that is paused", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    await expect(sync.request(v7(), world.integrationId, "MANUAL")).rejects.toMatchObject({
      code: "INTEGRATION_NOT_FOUND",
    });
    await world.query("update integration set status = 'INACTIVE' where account_id = $1");
    await expect(world.request(sync)).rejects.toMatchObject({ code: "INTEGRATION_DISABLED" });
  });
});

describe("a worker that dies", () => {
  it("is followed by another, which goes on from the checkpoint: every record once", async () => {
    const world = await createWorld(205);
    const doomed = await openHere();
    let dead = false;
    const pool = new Proxy(doomed.pool, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return dead ? () => new Promise(() => undefined) : value.bind(target);
      },
    });
    const crashing: Database = {
      ...doomed,
      pool,
      transaction: (work) => (dead ? new Promise(() => undefined) : doomed.transaction(work)),
    };
    const first = await world.engine(crashing, { leaseSeconds: 2, heartbeatMs: 60_000 });
    const reached = Promise.withResolvers<void>();
    world.vendor.onPage = async (offset) => {
      if (offset < 100 || dead) return;
      // As by SIGKILL: nothing is given back, nothing is said, and the server sees the connections gone.
      dead = true;
      await doomed.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%pg_try_advisory_lock%' and datname = current_database()",
      );
      reached.resolve();
      await new Promise(() => undefined);
    };
    const { runId } = await world.request(first);
    await reached.promise;
    const before = await readRun(database.pool, world.accountId, runId);
    expect(before).toMatchObject({ status: "RUNNING", fence: 1 });
    await world.engine(database);
    const run = await world.until(runId, is("SUCCEEDED", "FAILED"));
    expect(run).toMatchObject({ status: "SUCCEEDED", fence: 2, read: 205, created: 204, failed: 1 });
    expect(await world.externalIds()).toEqual(all(205));
    // What had been written was not read again.
    expect(world.vendor.reads).toBeLessThan(21 + 5);
    // The dead are not asked to stop.
    running.splice(0, 1);
    void doomed.pool.end();
  });

  it("is found by its free lock before its lease ends; one that lives is left alone", async () => {
    const world = await createWorld(5);
    const [runId, livingId] = [v7(), v7()];
    const other = await createWorld(5);
    await database.transaction(async (client) => {
      for (const [id, { accountId, integrationId }] of [
        [runId, world],
        [livingId, other],
      ] as const) {
        await insertRun(client, { id, accountId, integrationId, trigger: "MANUAL" });
        await claimRun(client, accountId, id, 3_600);
        // Ten seconds without a heartbeat, with a lease of an hour.
        await client.query("update sync_run set lease_until = lease_until - interval '10 seconds' where id = $1", [id]);
      }
    });
    const alive = await database.pool.connect();
    await alive.query("select pg_advisory_lock(hashtextextended('sync-run/' || $1::text, 0))", [livingId]);
    await world.engine(database, { leaseSeconds: 3_600 });
    await world.until(runId, is("SUCCEEDED"));
    expect(await readRun(database.pool, other.accountId, livingId)).toMatchObject({ status: "RUNNING", fence: 1 });
    alive.release(true);
  });

  it("cannot write once another has its run", async () => {
    const world = await createWorld(105);
    const sync = await world.engine();
    let taken = false;
    world.vendor.onPage = async (offset) => {
      if (offset < 50 || taken) return;
      taken = true;
      await world.query(
        "update sync_run set fence = fence + 1, lease_until = now() + interval '1 hour' where account_id = $1",
      );
    };
    const { runId } = await world.request(sync);
    await world.until(runId, () => taken);
    await sync.stop({ deadlineMs: 5_000 });
    const stood = await readRun(database.pool, world.accountId, runId);
    expect(stood).toMatchObject({ status: "RUNNING", fence: 2 });
    expect((await world.externalIds()).length).toBeLessThan(60);
    expect(stood?.read).toBeLessThanOrEqual(60);
  });

  it("again and again without a page ends the run", async () => {
    const world = await createWorld();
    const runId = v7();
    await database.transaction(async (client) => {
      await insertRun(client, {
        id: runId,
        accountId: world.accountId,
        integrationId: world.integrationId,
        trigger: "MANUAL",
      });
      for (let crash = 0; crash < 6; crash += 1) {
        await claimRun(client, world.accountId, runId, 15);
        await requeueRun(client, world.accountId, runId, { blameless: false });
      }
      await client.query("update sync_run set lease_until = now() - interval '1 second' where id = $1", [runId]);
    });
    await world.engine();
    const run = await world.until(runId, is("FAILED", "SUCCEEDED"));
    expect(run).toMatchObject({ status: "FAILED", errorCode: "EXTERNAL_SERVICE_ERROR", read: 0 });
  });

  it("holds its run against a second claim and against a stale number", async () => {
    const world = await createWorld();
    const runId = v7();
    await database.transaction(async (client) => {
      await insertRun(client, {
        id: runId,
        accountId: world.accountId,
        integrationId: world.integrationId,
        trigger: "MANUAL",
      });
      const claim = await claimRun(client, world.accountId, runId, 15);
      expect(claim?.run.fence).toBe(1);
      expect(await claimRun(client, world.accountId, runId, 15)).toBeNull();
      if (claim === null) return;
      expect(await lockRun(client, claim.run)).toBe("held");
      expect(await lockRun(client, { ...claim.run, fence: 0 })).toBe("lost");
    });
  });
});

describe("two workers", () => {
  it("share runs of several integrations, and each record comes once", async () => {
    const worlds = await Promise.all([createWorld(85), createWorld(85), createWorld(85), createWorld(85)]);
    const [first] = worlds;
    if (first === undefined) throw new Error("no world");
    const opens = new Map(worlds.map((world) => [world.accountId, world.open]));
    const open: Open = (accountId, id) => {
      const own = opens.get(accountId);
      if (own === undefined) throw new Error("an account of another test");
      return own(accountId, id);
    };
    const second = await openHere();
    const engines = [database, second].map((over) =>
      createSync({ database: over, open, log, concurrency: 1, pace: { recordsPerWrite: 10 } }),
    );
    for (const engine of engines) await engine.start();
    running.push({
      stop: async () => {
        await Promise.all(engines.map((engine) => engine.stop({ deadlineMs: 5_000 })));
        await second.close();
      },
    });
    const runs = await Promise.all(
      worlds.map(async (world) => [world, (await world.request(engines[0] as Sync)).runId] as const),
    );
    for (const [world, runId] of runs) {
      expect(await world.until(runId, is("SUCCEEDED", "FAILED"))).toMatchObject({
        status: "SUCCEEDED",
        fence: 1,
        read: 85,
      });
      expect(await world.externalIds()).toEqual(all(85));
    }
  });
});

describe("a run that is stopped", () => {
  it("by its canceller ends within a page, and says so", async () => {
    const world = await createWorld(505);
    const sync = await world.engine();
    const { runId } = await world.request(sync);
    world.vendor.onPage = async (offset, signal) => {
      if (offset === 100) await sync.cancel(world.accountId, runId);
      if (offset > 100) await sleep(60_000, undefined, { signal });
    };
    const run = await world.until(runId, is("CANCELLED", "SUCCEEDED"));
    expect(run.status).toBe("CANCELLED");
    expect(run.read).toBeLessThanOrEqual(110);
    expect((await world.events()).at(-1)).toMatchObject({ status: "CANCELLED" });
    expect(await world.integration()).toMatchObject({ status: "ACTIVE" });
  });

  it("by another process ends too, at its next page", async () => {
    const world = await createWorld(505);
    const sync = await world.engine();
    world.vendor.onPage = async (offset) => {
      if (offset === 100) await world.query("update sync_run set cancel_requested = true where account_id = $1");
    };
    const run = await world.until((await world.request(sync)).runId, is("CANCELLED", "SUCCEEDED"));
    expect(run.status).toBe("CANCELLED");
    expect(run.read).toBeLessThan(140);
  });

  it("before it began ends at once", async () => {
    const world = await createWorld();
    const sync = createSync({ database, open: world.open, log, role: "api" });
    await sync.start();
    running.push({ stop: () => sync.stop({ deadlineMs: 1_000 }) });
    const { runId } = await world.request(sync);
    expect(await sync.cancel(world.accountId, runId)).toMatchObject({ status: "CANCELLED" });
    await expect(sync.cancel(v7(), runId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await world.engine();
    expect((await world.events()).map(({ status }) => status)).toEqual(["QUEUED", "CANCELLED"]);
    expect(world.vendor.reads).toBe(0);
  });

  it("by a pause of its integration is cancelled", async () => {
    const world = await createWorld(505);
    const sync = await world.engine();
    world.vendor.onPage = async (offset) => {
      if (offset === 100) await world.query("update integration set status = 'INACTIVE' where account_id = $1");
    };
    const run = await world.until((await world.request(sync)).runId, is("CANCELLED", "SUCCEEDED", "FAILED"));
    expect(run.status).toBe("CANCELLED");
    expect(await world.integration()).toMatchObject({ status: "INACTIVE" });
  });

  it("by a deletion of its integration leaves no record behind", async () => {
    const world = await createWorld(505);
    const sync = await world.engine();
    const deleted = Promise.withResolvers<void>();
    world.vendor.onPage = async (offset) => {
      if (offset !== 100) return;
      await world.query("delete from integration where account_id = $1");
      await world.query("delete from guest_profile where account_id = $1");
      deleted.resolve();
    };
    await world.request(sync);
    await deleted.promise;
    await sync.stop({ deadlineMs: 5_000 });
    expect(await world.externalIds()).toEqual([]);
  });

  it("by a shutdown goes back to the queue, and on elsewhere", async () => {
    const world = await createWorld(205);
    const second = await openHere();
    const first = await world.engine(second);
    const reached = Promise.withResolvers<void>();
    world.vendor.onPage = async (offset, signal) => {
      if (offset !== 100) return;
      reached.resolve();
      await sleep(60_000, undefined, { signal });
    };
    const { runId } = await world.request(first);
    await reached.promise;
    await first.stop({ deadlineMs: 5_000 });
    await second.close();
    running.splice(0, 1);
    expect(await readRun(database.pool, world.accountId, runId)).toMatchObject({ status: "QUEUED", tries: 0 });
    world.vendor.onPage = () => undefined;
    await world.engine();
    expect(await world.until(runId, is("SUCCEEDED", "FAILED"))).toMatchObject({
      status: "SUCCEEDED",
      read: 205,
      created: 204,
    });
    expect(await world.externalIds()).toEqual(all(205));
  });
});

describe("trouble at the vendor", () => {
  it("that passes is waited out where everybody can see it", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    let refused = 0;
    world.vendor.onPage = (offset) => {
      if (offset === 20 && (refused += 1) === 1) {
        throw new GatewayError("RATE_LIMIT_EXCEEDED", { retryAt: new Date(Date.now() + 1_500) });
      }
    };
    const { runId } = await world.request(sync);
    const waiting = await world.until(runId, is("WAITING", "FAILED"));
    expect(waiting).toMatchObject({
      status: "WAITING",
      waitReason: "The system's request limit is reached.",
      read: 20,
    });
    expect(waiting.waitingUntil?.getTime()).toBeGreaterThan(Date.now());
    const run = await world.until(runId, is("SUCCEEDED", "FAILED"));
    expect(run).toMatchObject({ status: "SUCCEEDED", read: 55, waitingUntil: null, waitReason: null });
    const told = (await world.events()).filter(({ status }) => status === "WAITING");
    expect(told).toMatchObject([{ waitReason: "The system's request limit is reached.", stage: "waiting" }]);
    expect(await world.externalIds()).toEqual(all(55));
  });

  it("that stays ends the run and marks the integration, which is tried again at its interval", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    world.vendor.onPage = () => {
      // In the past: the shortest wait there is.
      throw new GatewayError("INTEGRATION_UNAVAILABLE");
    };
    const { runId } = await world.request(sync);
    await world.until(runId, is("WAITING"));
    await world.query("update sync_run set tries = 6, waiting_until = now() where account_id = $1");
    await world.query(
      "update sync_run set status = 'QUEUED', waiting_until = null, tries = 5, lease_until = now() where account_id = $1",
    );
    const run = await world.until(runId, is("FAILED", "SUCCEEDED"));
    expect(run).toMatchObject({ status: "FAILED", errorCode: "INTEGRATION_UNAVAILABLE" });
    expect(await world.integration()).toMatchObject({ status: "ERROR", error_code: "INTEGRATION_UNAVAILABLE" });
    world.vendor.onPage = () => undefined;
    await world.query("update integration set next_sync_at = now() where account_id = $1");
    for (let tries = 0; (await world.integration())?.status !== "ACTIVE" && tries < 200; tries += 1) await sleep(50);
    expect(await world.integration()).toMatchObject({ status: "ACTIVE", error_code: null });
    expect(await latestRun(database.pool, world.accountId, world.integrationId)).toMatchObject({
      status: "SUCCEEDED",
      trigger: "SCHEDULED",
    });
  });

  it("that somebody must mend fails at once, with the vendor's words, and is not tried again by itself", async () => {
    const world = await createWorld();
    const sync = await world.engine();
    world.vendor.onPage = () => {
      throw new GatewayError("INVALID_CREDENTIALS", { providerMessage: "Bad login" });
    };
    const run = await world.until((await world.request(sync)).runId, is("FAILED", "WAITING"));
    expect(run).toMatchObject({ status: "FAILED", errorCode: "INVALID_CREDENTIALS", errorMessage: "Bad login" });
    expect(run.streams).toMatchObject([{ status: "FAILED" }]);
    expect(await world.integration()).toMatchObject({ status: "ERROR", error_code: "INVALID_CREDENTIALS" });
    await world.query("update integration set next_sync_at = now() where account_id = $1");
    await sleep(600);
    expect((await latestRun(database.pool, world.accountId, world.integrationId))?.id).toBe(run.id);
    const changed = await world.query(
      "select payload from event where account_id = $1 and kind = 'integration.changed'",
    );
    expect(changed).toHaveLength(1);
  });
});

describe("the schedule", () => {
  it("starts what is due, once, and moves its time on", async () => {
    const world = await createWorld();
    await world.query("update integration set next_sync_at = now() - interval '1 day' where account_id = $1");
    await world.engine();
    for (let tries = 0; (await world.integration())?.last_sync_at == null && tries < 200; tries += 1) await sleep(50);
    const runs = await world.query<{ trigger: string; status: string }>(
      "select trigger, status from sync_run where account_id = $1",
    );
    expect(runs).toEqual([{ trigger: "SCHEDULED", status: "SUCCEEDED" }]);
    const minutes = (((await world.integration())?.next_sync_at?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(55);
    expect(minutes).toBeLessThan(64);
  });
});
