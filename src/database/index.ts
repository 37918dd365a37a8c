import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/prisma/client.ts";
import { connectionError, DatabaseError } from "./errors.ts";
import { type KeptConnection, keepConnection } from "./kept-connection.ts";
import { types } from "./parsing.ts";

export { DatabaseError, describeServer, isDatabaseUrl } from "./errors.ts";

/** The one way to the database. Prisma and plain SQL share the pool, so `poolSize` is the whole of what this process holds. */
export interface Database {
  /** For SQL. Its types are read as `parsing.ts` says; every session is in UTC. */
  readonly pool: pg.Pool;
  /** For the set-up types. */
  readonly prisma: PrismaClient;
  /**
   * Runs `run` in one transaction: committed when it returns, rolled back when it throws, never repeated.
   * @throws what `run` throws; DatabaseError when a statement had failed and `run` returned as if nothing were wrong.
   */
  transaction<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /**
   * Follows a channel of NOTIFY over a connection of its own, beside the pool, which is made again when it breaks.
   * @param onMessage gets each payload, "" when there is none.
   * @param onState tells whether messages arrive: true now and after each reconnect (what was sent in between is lost: look
   *   for it), false when the connection was lost (poll until it is back).
   * @throws DatabaseError when the first connection fails.
   */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onState?: (connected: boolean) => void,
  ): Promise<KeptConnection>;
  /** Ends the listeners, and the pool when its last client is back. */
  close(): Promise<void>;
}

const begin = async (pool: pg.Pool, url: string): Promise<pg.PoolClient> => {
  const client = await pool.connect().catch((error: unknown) => {
    throw connectionError(error, url);
  });
  try {
    await client.query("BEGIN");
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
};

const transactionsOf =
  (pool: pg.Pool, url: string): Database["transaction"] =>
  async (run) => {
    const client = await begin(pool, url);
    let broken: unknown;
    try {
      const result = await run(client);
      const { command } = await client.query("COMMIT");
      // PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement before it had failed.
      if (command === "ROLLBACK")
        throw new DatabaseError("The transaction was rolled back: a statement in it had failed.");
      return result;
    } catch (error) {
      // Fails only when the connection is gone, and then the server rolls back by itself.
      await client.query("ROLLBACK").catch((failure: unknown) => (broken = failure));
      throw error;
    } finally {
      client.release(broken !== undefined);
    }
  };

/** The oldest server that we are tested on. */
const oldestVersion = 15;

const checkServer = async (pool: pg.Pool, url: string): Promise<void> => {
  const { rows } = await pool
    .query<{ version: number; encoding: string }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding",
    )
    .catch((error: unknown) => {
      throw connectionError(error, url);
    });
  const { version = 0, encoding = "" } = rows[0] ?? {};
  if (version < oldestVersion) {
    throw new DatabaseError(`Guestgraph needs PostgreSQL ${oldestVersion} or newer, and this is version ${version}.`);
  }
  if (encoding !== "UTF8") {
    throw new DatabaseError(
      `The database has the encoding ${encoding}, which cannot hold every name. ` +
        "Create one with: CREATE DATABASE guestgraph TEMPLATE template0 ENCODING 'UTF8'",
    );
  }
};

/**
 * Opens the database and checks that the server can be used.
 * @param poolSize connections that the pool holds at most; each `listen` takes one more.
 * @param applicationName how the server lists us in pg_stat_activity.
 * @param log gets a line when a connection breaks; by default it goes to standard error.
 * @throws DatabaseError that says where to it tried to connect, why it failed and what to do.
 */
export const openDatabase = async ({
  url,
  poolSize,
  applicationName,
  log = console.error,
}: {
  url: string;
  poolSize: number;
  applicationName: string;
  log?: (message: string) => void;
}): Promise<Database> => {
  const config: pg.PoolConfig = {
    connectionString: url,
    application_name: applicationName,
    // Prisma's adapter writes instants without a zone and reads them back as UTC: both are wrong in any other session.
    options: "-c timezone=UTC",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types,
  };
  const pool = new pg.Pool({ ...config, max: poolSize, idleTimeoutMillis: 30_000 });
  const lost = (error: Error): void => log(`A database connection was lost: ${error.message}`);
  // Node ends the process over an 'error' event that nobody hears. The pool listens on idle clients, nobody on busy ones.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", lost));
  try {
    await checkServer(pool, url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const listeners = new Set<KeptConnection>();
  return {
    pool,
    prisma,
    transaction: transactionsOf(pool, url),
    listen: async (channel, onMessage, onState) => {
      const kept = await keepConnection({
        config,
        log,
        ...(onState === undefined ? {} : { onState }),
        prepare: async (client) => {
          client.on("notification", ({ payload }) => onMessage(payload ?? ""));
          await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
        },
      }).catch((error: unknown) => {
        throw connectionError(error, url);
      });
      listeners.add(kept);
      const close = async (): Promise<void> => {
        listeners.delete(kept);
        await kept.close();
      };
      return { close };
    },
    close: async () => {
      await Promise.all([...listeners].map((listener) => listener.close()));
      await prisma.$disconnect();
      await pool.end();
    },
  };
};
