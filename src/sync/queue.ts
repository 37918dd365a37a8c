import { PgBoss, type Db } from "pg-boss";
import type { Pool, PoolClient } from "pg";
import type { Logger } from "pino";
import type { SyncTrigger } from "../generated/prisma/enums.ts";

/** What a job says: which run to look at. The run's row is the truth; a job only wakes a worker. */
export type SyncJob = { readonly accountId: string; readonly runId: string };

const queueName = "sync";

/** A person who waits goes before what happens by itself. */
const priorities: Record<SyncTrigger, number> = { FIRST: 10, MANUAL: 10, SCHEDULED: 0 };

export type Queue = ReturnType<typeof createQueue>;

/**
 * The queue of runs: pg-boss in the schema `pgboss` of the same database, over the same pool.
 * Its tables stay small (its claiming slows down by two orders of magnitude when they grow and their statistics age): a job is
 * deleted a minute after it is done.
 */
export const createQueue = ({ pool, log, supervise }: { pool: Pool; log: Logger; supervise: boolean }) => {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: "pgboss",
    supervise,
    schedule: false,
    superviseIntervalSeconds: 60,
    maintenanceIntervalSeconds: 60,
    registerInstance: false,
  });
  boss.on("error", (error) => log.warn({ err: error }, "the sync queue met an error"));
  const over = (client: PoolClient | undefined): { db?: Db } =>
    client === undefined ? {} : { db: { executeSql: (text, values) => client.query(text, values as unknown[]) } };

  return {
    async start(): Promise<void> {
      await boss.start();
      await boss.createQueue(queueName, {
        // One waiting job a run: sending it again does nothing.
        policy: "short",
        // The run's lease finds a dead worker; a job that is sent again by pg-boss would only be in the way.
        retryLimit: 0,
        expireInSeconds: 86_000,
        deleteAfterSeconds: 60,
      });
    },

    /**
     * Wakes a worker for a run.
     * @param startAfter not before this time.
     * @param client inside this transaction.
     */
    async send(
      job: SyncJob,
      trigger: SyncTrigger,
      { startAfter, client }: { startAfter?: Date; client?: PoolClient } = {},
    ): Promise<void> {
      await boss.send(queueName, job, {
        singletonKey: job.runId,
        priority: priorities[trigger],
        ...(startAfter === undefined ? {} : { startAfter }),
        ...over(client),
      });
    },

    /** Takes jobs, `concurrency` at a time. `perform` must not throw: what became of the run stands in its row. */
    async work(concurrency: number, perform: (job: SyncJob) => Promise<void>): Promise<void> {
      await boss.work<SyncJob>(
        queueName,
        { batchSize: 1, localConcurrency: concurrency, pollingIntervalSeconds: 0.5 },
        async (jobs) => {
          for (const job of jobs) await perform(job.data);
        },
      );
    },

    /** Takes no more jobs. */
    pause: (): Promise<void> => boss.offWork(queueName, { wait: false }),

    stop: (timeoutMs: number): Promise<void> => boss.stop({ graceful: true, timeout: Math.max(timeoutMs, 1_000) }),
  };
};
