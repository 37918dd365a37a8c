import type { Database } from "../database/index.ts";
import type { SyncTrigger } from "../generated/prisma/enums.ts";
import { runLock } from "./liveness.ts";
import type { Queue } from "./queue.ts";
import { queueLease, requeueRun, tellRun } from "./store.ts";

type Found = { id: string; account_id: string; trigger: SyncTrigger; status: string };

/**
 * A worker extends its lease every 3 seconds, so a lease that is older and a lock that is free are proof that it is gone. (The lock
 * alone is not: a worker whose connection broke takes its locks again with the next heartbeat.)
 */
const silentSeconds = 4;

/**
 * Looks after runs whose process died, one after the other: RUNNING ones whose owner's lock is free or whose lease has ended,
 * WAITING ones whose time is long past, and QUEUED ones whose job was lost. They are queued (again).
 * @returns how many there were.
 */
export const recoverRuns = async (
  { database, queue }: { database: Database; queue: Queue },
  leaseSeconds: number,
): Promise<number> => {
  for (let recovered = 0; ; recovered += 1) {
    const found = await database.transaction(async (client) => {
      const { rows } = await client.query<Found>({
        name: "find-dead-run",
        text: `
          select id, account_id, trigger, status from sync_run r
          where active_for is not null and (
            status = 'RUNNING' and (
              lease_until < now()
              or lease_until < now() + make_interval(secs => $1) and pg_try_advisory_xact_lock(${runLock("id")})
            )
            or status = 'WAITING' and waiting_until < now() - interval '10 seconds'
            or status = 'QUEUED' and lease_until < now()
          )
          limit 1 for update skip locked`,
        values: [leaseSeconds - silentSeconds],
      });
      const [run] = rows;
      if (run === undefined) return false;
      if (run.status === "QUEUED") {
        await client.query(
          `update sync_run set lease_until = now() + ${queueLease} where account_id = $1 and id = $2`,
          [run.account_id, run.id],
        );
      } else {
        await requeueRun(client, run.account_id, run.id, { blameless: false });
      }
      await queue.send({ accountId: run.account_id, runId: run.id }, run.trigger, { client });
      if (run.status !== "QUEUED") await tellRun(client, run.account_id, run.id);
      return true;
    });
    if (!found) return recovered;
  }
};
