import type { PoolClient } from "pg";
import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import { asGatewayError, GatewayError, mayRetry } from "../errors.ts";
import { appendEvents } from "../events/log.ts";
import { noteHealth, type Open, type OpenIntegration } from "../integrations/index.ts";
import { guestStream, mapRecord, type StreamKind } from "./kinds.ts";
import type { Liveness } from "./liveness.ts";
import type { Queue, SyncJob } from "./queue.ts";
import { runStream, type Batch, type Verdict } from "./run.ts";
import {
  claimRun,
  endRun,
  extendLease,
  lockRun,
  parkRun,
  readRun,
  requeueRun,
  tellRun,
  type HeldRun,
  type Hold,
} from "./store.ts";
import {
  addProgress,
  completeStreams,
  forgetFailures,
  hasFailures,
  keepFailures,
  planStreams,
  startStream,
} from "./streams.ts";
import { mostTries, waitUntil } from "./waits.ts";

/** How a run is worked on; tests make it quicker. */
export type Pace = {
  /** A worker that was not heard of for so long has lost its run. */
  readonly leaseSeconds: number;
  readonly heartbeatMs: number;
  /** Pages in memory, and records in one transaction (whole pages). Five pages of 1,000 a commit: 0.95 of the limit, one: 0.84. */
  readonly pagesAhead: number;
  readonly recordsPerWrite: number;
};

/** Why a run of this process was stopped from outside. */
type StopReason = "cancelled" | "lost" | "shutdown";

export type Worker = ReturnType<typeof createWorker>;

/** Performs runs in this process: claims them, keeps their lease, and ends, parks or hands them over. */
export const createWorker = ({
  database,
  open,
  log,
  queue,
  liveness,
  pace,
}: {
  database: Database;
  open: Open;
  log: Logger;
  queue: Queue;
  liveness: Liveness;
  pace: Pace;
}) => {
  const held = new Map<string, { stop: AbortController; done: Promise<void> }>();
  let stopping = false;

  /** Works on a run until it is over, waits, or is somebody else's. Never throws. */
  const perform = async ({ accountId, runId }: SyncJob): Promise<void> => {
    // A run that this process has just lost and is letting go of.
    await held.get(runId)?.done;
    if (stopping) return;
    const stop = new AbortController();
    const done = performHeld(accountId, runId, stop).catch((error: unknown) => {
      // The database is away, most likely: the lease ends, and the run is taken up again by whoever is there then.
      log.error({ err: error, runId }, "a sync run was dropped");
    });
    held.set(runId, { stop, done });
    await done;
    held.delete(runId);
  };

  const performHeld = async (accountId: string, runId: string, stop: AbortController): Promise<void> => {
    await liveness.hold(runId);
    try {
      const claimed = await database.transaction(async (client) => {
        const claim = await claimRun(client, accountId, runId, pace.leaseSeconds);
        if (claim !== null) await tellRun(client, accountId, runId);
        return claim;
      });
      if (claimed === null) return;
      const { run, tries, cancelRequested } = claimed;
      const heart = beat(run, stop);
      try {
        if (cancelRequested) stop.abort("cancelled" satisfies StopReason);
        if (tries > mostTries) throw triedTooOften();
        await readStreams(run, stop.signal);
      } catch (error) {
        await settleTrouble(run, stop.signal, error);
      } finally {
        clearInterval(heart);
      }
    } finally {
      await liveness.release(runId);
    }
  };

  const beat = (run: HeldRun, stop: AbortController): NodeJS.Timeout =>
    setInterval(() => {
      const beaten = async (): Promise<void> => {
        const hold = await extendLease(database.pool, run, pace.leaseSeconds);
        if (hold !== "held") return stop.abort(hold satisfies StopReason);
        await liveness.hold(run.id);
      };
      beaten().catch((error: unknown) =>
        log.warn({ err: error, runId: run.id }, "a sync run's lease could not be extended"),
      );
    }, pace.heartbeatMs);

  const readStreams = async (run: HeldRun, signal: AbortSignal): Promise<void> => {
    const integration = await open(run.accountId, run.integrationId);
    const kinds = { guests: guestStream };
    const there = Object.entries(kinds).filter(([, kind]) => kind.of(integration.connection) !== undefined);
    await inRun(run, async (client) => {
      await planStreams(
        client,
        run,
        there.map(([name]) => name),
      );
      await tellRun(client, run.accountId, run.id);
    });
    for (const [name, kind] of there) await readStream(run, integration, name, kind, signal);
    signal.throwIfAborted();
    await finish(run);
    await refreshStatistics(run);
  };

  /** A run that brought much leaves the planner with the statistics of an empty table until autovacuum comes by, a minute later. */
  const refreshStatistics = async (run: HeldRun): Promise<void> => {
    const { created = 0 } = (await readRun(database.pool, run.accountId, run.id)) ?? {};
    if (created < 1_000) return;
    await database.pool
      .query("analyze guest, guest_profile, guest_identifier")
      .catch((error: unknown) => log.warn({ err: error }, "the statistics could not be refreshed"));
  };

  const readStream = async <Item, Prepared extends { readonly externalId: string }>(
    run: HeldRun,
    integration: OpenIntegration,
    name: string,
    kind: StreamKind<Item, Prepared>,
    signal: AbortSignal,
  ): Promise<void> => {
    const stream = kind.of(integration.connection);
    const before = (await readRun(database.pool, run.accountId, run.id))?.streams.find((row) => row.stream === name);
    if (stream === undefined || before === undefined || before.status === "SUCCEEDED") return;
    let failing = false;
    await inRun(run, async (client) => {
      await startStream(client, run, name);
      failing = await hasFailures(client, run, name);
    });
    const ended = await runStream({
      from: before.cursor,
      pagesAhead: pace.pagesAhead,
      recordsPerWrite: pace.recordsPerWrite,
      signal,
      read: (cursor, reading) =>
        stream.readPage(cursor, { pageSize: stream.pageSize, signal: reading, lane: "background" }),
      map: (raw) => mapRecord(kind, stream, integration, raw),
      write: async (batch: Batch<Prepared>): Promise<Verdict> => {
        await inRun(run, async (client) => {
          const counts = await kind.save(client, integration, batch.items);
          const { items, failures } = batch;
          if (failing)
            await forgetFailures(
              client,
              run,
              name,
              items.map(({ externalId }) => externalId),
            );
          await keepFailures(client, run, name, failures);
          await addProgress(client, run, name, batch, counts);
          await tellRun(client, run.accountId, run.id);
        });
        failing ||= batch.failures.length > 0;
        return signal.aborted ? "stop" : "go on";
      },
    });
    if (!ended) signal.throwIfAborted();
  };

  /** A transaction of the run's owner. @throws StoppedError when it is no longer that, or is to stop: nothing is written then. */
  const inRun = <Result>(run: HeldRun, work: (client: PoolClient) => Promise<Result>): Promise<Result> =>
    database.transaction(async (client) => {
      const hold = await lockRun(client, run);
      if (hold !== "held") throw new StoppedError(hold);
      return work(client);
    });

  const finish = (run: HeldRun): Promise<void> =>
    ending(run, async (client) => {
      await completeStreams(client, run);
      await endRun(client, run, "SUCCEEDED", null);
      await noteHealth(client, run.accountId, run.integrationId, null);
      await client.query(
        `update integration set last_sync_at = now(), next_sync_at = case when status = 'INACTIVE' then null
           else now() + make_interval(secs => sync_interval_minutes * 60 * (0.95 + random() * 0.1)) end
         where account_id = $1 and id = $2`,
        [run.accountId, run.integrationId],
      );
    });

  /** What becomes of a run that did not reach its end. */
  const settleTrouble = async (run: HeldRun, signal: AbortSignal, thrown: unknown): Promise<void> => {
    const reason = stopReason(signal, thrown);
    if (reason === "lost") return log.warn({ runId: run.id }, "another worker has this sync run");
    if (reason === "shutdown") return handOver(run);
    if (reason === "cancelled") return ending(run, (client) => endRun(client, run, "CANCELLED", null));
    const error = asGatewayError(thrown);
    if (!(thrown instanceof GatewayError)) log.error({ err: thrown, runId: run.id }, "a sync run met an error");
    if (mayRetry(error)) {
      const waits = await park(run, error);
      if (waits) return;
    }
    const told = { code: error.code, message: error.details.providerMessage ?? error.message };
    await ending(run, async (client) => {
      await endRun(client, run, "FAILED", told);
      await noteHealth(client, run.accountId, run.integrationId, error);
    });
  };

  /** @returns false when the run has tried often enough. */
  const park = (run: HeldRun, error: GatewayError): Promise<boolean> =>
    inRun(run, async (client) => {
      const { tries = 0, trigger = "SCHEDULED" } = (await readRun(client, run.accountId, run.id)) ?? {};
      if (tries >= mostTries) return false;
      const until = waitUntil(error, tries, new Date(), Math.random());
      await parkRun(client, run, until, error.message);
      await queue.send({ accountId: run.accountId, runId: run.id }, trigger, { startAfter: until, client });
      await tellRun(client, run.accountId, run.id);
      return true;
    }).catch(ifStopped(run));

  const handOver = (run: HeldRun): Promise<void> =>
    inRun(run, async (client) => {
      await requeueRun(client, run.accountId, run.id, { blameless: true });
      const { trigger = "SCHEDULED" } = (await readRun(client, run.accountId, run.id)) ?? {};
      await queue.send({ accountId: run.accountId, runId: run.id }, trigger, { client });
      await tellRun(client, run.accountId, run.id);
    }).catch(async (error: unknown) => {
      await ifStopped(run)(error);
    });

  /** The last transaction of a run. The integration is locked first, as those do who delete one. */
  const ending = async (run: HeldRun, work: (client: PoolClient) => Promise<void>): Promise<void> => {
    await database.transaction(async (client) => {
      const { rows } = await client.query<{ status: string }>(
        "select status from integration where account_id = $1 and id = $2 for update",
        [run.accountId, run.integrationId],
      );
      if ((await lockRun(client, run)) === "lost") return;
      await work(client);
      const after = await client.query<{ status: string }>(
        "select status from integration where account_id = $1 and id = $2",
        [run.accountId, run.integrationId],
      );
      await tellRun(client, run.accountId, run.id);
      if (after.rows[0]?.status === rows[0]?.status) return;
      await appendEvents(client, run.accountId, [
        {
          kind: "integration.changed",
          integrationId: run.integrationId,
          subjectId: run.integrationId,
          payload: { id: run.integrationId, action: "integration.health" },
        },
      ]);
    });
  };

  /** A run that was cancelled or lost while something else was being decided. */
  const ifStopped =
    (run: HeldRun) =>
    async (error: unknown): Promise<true> => {
      if (!(error instanceof StoppedError)) throw error;
      if (error.hold === "cancelled") await ending(run, (client) => endRun(client, run, "CANCELLED", null));
      return true;
    };

  return {
    perform,
    /** Stops a run of this process within its page; runs of others see it in their rows. */
    cancel: (runId: string): void => held.get(runId)?.stop.abort("cancelled" satisfies StopReason),
    /** Hands all runs over, and waits for that. */
    async stop(): Promise<void> {
      stopping = true;
      for (const { stop } of held.values()) stop.abort("shutdown" satisfies StopReason);
      await Promise.all([...held.values()].map(({ done }) => done));
    },
  };
};

/** The run is no longer this worker's, or is to end. */
class StoppedError extends Error {
  readonly hold: Exclude<Hold, "held">;
  constructor(hold: Exclude<Hold, "held">) {
    super(`The sync run is ${hold}`);
    this.name = "StoppedError";
    this.hold = hold;
  }
}

const stopReason = (signal: AbortSignal, thrown: unknown): StopReason | null => {
  if (thrown instanceof StoppedError) return thrown.hold;
  if (signal.aborted) return signal.reason as StopReason;
  // Paused or deleted between two pages.
  const gone =
    thrown instanceof GatewayError && ["INTEGRATION_DISABLED", "INTEGRATION_NOT_FOUND"].includes(thrown.code);
  return gone ? "cancelled" : null;
};

const triedTooOften = (): GatewayError =>
  new GatewayError("EXTERNAL_SERVICE_ERROR", {
    message: {
      en: `The sync was begun ${mostTries} times in a row without a page written.`,
      ru: `Синхронизация начиналась ${mostTries} раз подряд и не записала ни одной страницы.`,
    },
  });
