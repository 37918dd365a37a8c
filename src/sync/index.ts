import type { PoolClient } from "pg";
import type { Logger } from "pino";
import { v7 } from "uuid";
import type { Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import type { SyncTrigger } from "../generated/prisma/enums.ts";
import type { Open } from "../integrations/index.ts";
import { createLiveness } from "./liveness.ts";
import type { RunRow } from "./progress.ts";
import { createQueue } from "./queue.ts";
import { recoverRuns } from "./recovery.ts";
import { requestDueRuns } from "./schedule.ts";
import { activeRunId, endRun, insertRun, readRun, tellRun } from "./store.ts";
import { createWorker, type Pace } from "./worker.ts";

export { progressOf, type RunRow, type SyncProgress } from "./progress.ts";
export { isOver } from "./status.ts";
export { latestRun, readRun, readRuns } from "./store.ts";

export type Sync = ReturnType<typeof createSync>;

/** What a process does: `api` only asks for runs, `worker` and `all` perform them too. */
export type SyncRole = "all" | "api" | "worker";

const usualPace: Pace & { readonly tickMs: number } = {
  leaseSeconds: 15,
  heartbeatMs: 3_000,
  pagesAhead: 5,
  recordsPerWrite: 5_000,
  tickMs: 2_000,
};

/**
 * The sync engine of one process. Takes one connection of the pool for good while it performs runs.
 * @param concurrency runs at a time in this process.
 */
export const createSync = ({
  database,
  open,
  log,
  role = "all",
  concurrency = 4,
  pace: given = {},
}: {
  database: Database;
  open: Open;
  log: Logger;
  role?: SyncRole;
  concurrency?: number;
  pace?: Partial<typeof usualPace>;
}) => {
  const pace = { ...usualPace, ...given };
  const performs = role !== "api";
  const queue = createQueue({ pool: database.pool, log, supervise: performs });
  const liveness = createLiveness(database.pool);
  const worker = createWorker({ database, open, log, queue, liveness, pace });
  let ticking: NodeJS.Timeout | null = null;
  let tick: Promise<void> | null = null;

  const requestIn = async (
    client: PoolClient,
    accountId: string,
    integrationId: string,
    trigger: SyncTrigger,
  ): Promise<{ runId: string; isNew: boolean }> => {
    const { rows } = await client.query<{ status: string }>(
      "select status from integration where account_id = $1 and id = $2",
      [accountId, integrationId],
    );
    const [integration] = rows;
    if (integration === undefined) throw new GatewayError("INTEGRATION_NOT_FOUND");
    if (integration.status === "INACTIVE") throw new GatewayError("INTEGRATION_DISABLED");
    for (;;) {
      const runId = v7();
      if (await insertRun(client, { id: runId, accountId, integrationId, trigger })) {
        await queue.send({ accountId, runId }, trigger, { client });
        await tellRun(client, accountId, runId);
        return { runId, isNew: true };
      }
      const active = await activeRunId(client, accountId, integrationId);
      // Null: the run that was in the way has just ended.
      if (active !== null) return { runId: active, isNew: false };
    }
  };

  const lookAround = async (): Promise<void> => {
    await recoverRuns({ database, queue }, pace.leaseSeconds);
    await requestDueRuns(database, (client, accountId, integrationId) =>
      requestIn(client, accountId, integrationId, "SCHEDULED"),
    );
  };
  /** One at a time in a process; between processes, rows that another looks at are skipped. */
  const tickOnce = (): Promise<void> => {
    tick ??= lookAround()
      .catch((error: unknown) => log.warn({ err: error }, "looking after sync runs failed"))
      .finally(() => (tick = null));
    return tick;
  };

  return {
    /**
     * Asks for a run; the active one is given when there is one.
     * @param client inside this transaction, as its last statements. Start the engine first: the queue's tables are its own.
     * @throws GatewayError INTEGRATION_NOT_FOUND, INTEGRATION_DISABLED.
     */
    request(
      accountId: string,
      integrationId: string,
      trigger: SyncTrigger,
      client?: PoolClient,
    ): Promise<{ runId: string; isNew: boolean }> {
      if (client !== undefined) return requestIn(client, accountId, integrationId, trigger);
      return database.transaction((own) => requestIn(own, accountId, integrationId, trigger));
    },

    /**
     * Cancels a run: at once when it is not running, within a page when it is. One that is over stays as it is.
     * @throws GatewayError NOT_FOUND when the account has no such run.
     */
    async cancel(accountId: string, runId: string): Promise<RunRow> {
      const run = await database.transaction(async (client) => {
        const { rows } = await client.query<{ status: string }>(
          `update sync_run set cancel_requested = true
           where account_id = $1 and id = $2 and active_for is not null returning status`,
          [accountId, runId],
        );
        const status = rows[0]?.status;
        if (status === "QUEUED" || status === "WAITING") {
          await endRun(client, { accountId, id: runId }, "CANCELLED", null);
        }
        const changed = await readRun(client, accountId, runId);
        if (changed?.status !== status) await tellRun(client, accountId, runId);
        return changed;
      });
      if (run === null) throw new GatewayError("NOT_FOUND");
      worker.cancel(runId);
      return run;
    },

    /** Prepares the queue, and performs runs unless the role is `api`: first those whose process died. */
    async start(): Promise<void> {
      await queue.start();
      if (!performs) return;
      await tickOnce();
      await queue.work(concurrency, (job) => worker.perform(job));
      ticking = setInterval(() => void tickOnce(), pace.tickMs);
    },

    /** Stops; runs of this process go back to the queue with their checkpoint, or, after the deadline, when their lease ends. */
    async stop({ deadlineMs }: { deadlineMs: number }): Promise<void> {
      const deadline = Date.now() + deadlineMs;
      if (ticking !== null) clearInterval(ticking);
      const handedOver = (async () => {
        if (performs) await queue.pause();
        await tick;
        await worker.stop();
      })();
      await Promise.race([handedOver, new Promise((resolve) => setTimeout(resolve, deadlineMs).unref())]);
      await queue.stop(deadline - Date.now());
      await liveness.close();
    },
  };
};
