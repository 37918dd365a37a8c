import type { Pool, PoolClient } from "pg";

/**
 * The proof that a worker lives: for each run that it holds, an advisory lock on one connection that it keeps. When the process
 * dies the server frees the locks at once, and whoever looks can take the run over without waiting for its lease. When the machine
 * dies without a word, the lease is what ends.
 */
export type Liveness = ReturnType<typeof createLiveness>;

/** SQL for the lock of a run. */
export const runLock = (id: string): string => `hashtextextended('sync-run/' || ${id}::text, 0)`;

export const createLiveness = (pool: Pool) => {
  let connecting: Promise<PoolClient> | null = null;
  const held = new Set<string>();

  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    client.once("error", () => {
      connecting = null;
      held.clear();
      client.release(true);
    });
    return client;
  };
  const kept = (): Promise<PoolClient> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    return connecting;
  };

  /** One after the other: a connection takes one statement at a time. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
    const turn = last.then(async () => work(await kept()));
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    /** Takes the lock, again after the connection broke. Somebody else may still have it: then the next call tries once more. */
    hold: (runId: string): Promise<void> =>
      inTurn(async (client) => {
        if (held.has(runId)) return;
        const { rows } = await client.query<{ taken: boolean }>(
          `select pg_try_advisory_lock(${runLock("$1")}) as taken`,
          [runId],
        );
        if (rows[0]?.taken === true) held.add(runId);
      }),
    release: (runId: string): Promise<void> =>
      inTurn(async (client) => {
        if (held.delete(runId)) await client.query(`select pg_advisory_unlock(${runLock("$1")})`, [runId]);
      }),
    /** Gives the connection back; its locks go with it. */
    async close(): Promise<void> {
      await last;
      const client = await connecting?.catch(() => null);
      connecting = null;
      held.clear();
      client?.release(true);
    },
  };
};
