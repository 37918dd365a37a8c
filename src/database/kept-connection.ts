import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A connection that is made again whenever it breaks, until it is closed. */
export type KeptConnection = { close(): Promise<void> };

/** A silent link (a firewall that forgot it, a cable) is found out by a query that gets no answer. */
const heartbeatEvery = 15_000;
const answerWithin = 10_000;

/** Waits of 0.1 s, doubled up to 10 s: at once after a restart of the server, and gentle while it is away. */
const backoff = (attempt: number): number => Math.min(100 * 2 ** attempt, 10_000);

/**
 * Opens a connection and keeps it open.
 * @param prepare runs on each new connection before it counts as connected (LISTEN …).
 * @param onState true after each connect, false when the connection was lost.
 * @throws the driver's error when the first connection fails; later ones are tried for ever.
 */
export const keepConnection = async ({
  config,
  prepare = async () => {},
  onState = () => {},
  log,
}: {
  config: pg.ClientConfig;
  prepare?: (client: pg.Client) => Promise<void>;
  onState?: (connected: boolean) => void;
  log: (message: string) => void;
}): Promise<KeptConnection> => {
  const closing = new AbortController();
  let current: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      ...config,
      connectionTimeoutMillis: answerWithin,
      query_timeout: answerWithin,
      keepAlive: true,
    });
    let heartbeat: NodeJS.Timeout | undefined;
    const lost = (error?: Error): void => {
      clearInterval(heartbeat);
      if (current !== client) return;
      current = undefined;
      // It may be half open: end() says goodbye, and nobody waits for an answer.
      void client.end().catch(() => undefined);
      if (closing.signal.aborted) return;
      log(`A database connection was lost and is made again: ${error?.message ?? "the server closed it"}`);
      onState(false);
      void reconnect();
    };
    client.on("error", lost);
    client.on("end", () => lost());
    try {
      await client.connect();
      await prepare(client);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (closing.signal.aborted) return client.end();
    current = client;
    heartbeat = setInterval(() => void client.query("SELECT 1").catch(lost), heartbeatEvery).unref();
    onState(true);
  };

  const reconnect = async (): Promise<void> => {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      try {
        await sleep(backoff(attempt), undefined, { signal: closing.signal });
        return await connect();
      } catch {
        // Either we are closing, which ends the loop, or the server is still away, which `onState(false)` has told.
      }
    }
  };

  await connect();
  return {
    close: async () => {
      closing.abort();
      const client = current;
      current = undefined;
      await client?.end();
    },
  };
};
