import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { initialise, readPassword, startServer, stopServer } from "./embedded/cluster.ts";
import { withFolderLock } from "./embedded/folder-lock.ts";
import { findPlace, type Place } from "./embedded/place.ts";
import { connectionTo, findRunning, owner, withClient } from "./embedded/postmaster.ts";
import { keepConnection } from "./kept-connection.ts";

/** A running embedded server. */
export type EmbeddedPostgres = {
  /** The connection string of its database `guestgraph`, with the password: never log it. */
  readonly url: string;
  /**
   * Leaves the server, and stops it when nobody else is connected. Close your own connections first.
   * Calling it again does nothing.
   */
  stop(): Promise<void>;
};

const ensureDatabase = (config: pg.ClientConfig): Promise<void> =>
  withClient(config, async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [owner]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${owner}`);
  });

/** Every process that uses the server holds one connection by this name for as long as it does. */
const presence = "guestgraph presence";

/** Counts the other clients; our own last connections get 2 s to vanish from the server's list. */
const otherClients = (config: pg.ClientConfig): Promise<number> =>
  withClient(config, async (client) => {
    for (let attempt = 1; ; attempt += 1) {
      const { rows } = await client.query<{ clients: number; staying: number }>(
        `SELECT count(*)::int AS clients, (count(*) FILTER (WHERE application_name = $1))::int AS staying
         FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
        [presence],
      );
      const { clients = 0, staying = 0 } = rows[0] ?? {};
      if (clients === 0 || staying > 0 || attempt === 20) return clients;
      await sleep(100);
    }
  });

const stopIfLast = async (place: Place, data: string, password: string, log: (message: string) => void) => {
  const port = await findRunning(data, password);
  if (port === null) return;
  const others = await otherClients(connectionTo(port, password, "postgres"));
  if (others === 0) await stopServer(place);
  else log(`The embedded PostgreSQL goes on running for ${others} other connection(s).`);
};

/**
 * Starts a PostgreSQL 18 of our own with its data under `dataDirectory`, or joins the one that already runs there: one that
 * another process started, or that outlived us when we were killed. It listens on 127.0.0.1 only, at a port that changes
 * from start to start; the password lies beside the data. Measured on two cores: first start 0.9 s, later ones 0.2 s,
 * stopping 0.1 s.
 *
 * Several processes of one machine may share it; the last one out stops it. To know who is in, each holds a connection.
 * @throws DatabaseError with what to do: no binaries for the platform, data of another version or user …
 */
export const startEmbeddedPostgres = async ({
  dataDirectory,
  log,
}: {
  dataDirectory: string;
  log: (message: string) => void;
}): Promise<EmbeddedPostgres> => {
  const place = await findPlace(resolve(dataDirectory), log);
  const lock = join(place.folder, "lock");
  const { data, password, port, held } = await withFolderLock(lock, async () => {
    const password = await readPassword(place);
    await initialise(place);
    const data = await realpath(join(place.folder, "data"));
    const running = await findRunning(data, password);
    const port = running ?? (await startServer(place));
    if (running !== null) log("Joined the embedded PostgreSQL that was already running.");
    await ensureDatabase(connectionTo(port, password, "postgres"));
    const held = await keepConnection({
      config: { ...connectionTo(port, password, "postgres"), application_name: presence },
      log,
    });
    return { data, password, port, held };
  });
  let stopped: Promise<void> | undefined;
  return {
    url: `postgresql://${owner}:${password}@127.0.0.1:${port}/${owner}`,
    stop: () =>
      (stopped ??= held.close().then(() => withFolderLock(lock, () => stopIfLast(place, data, password, log)))),
  };
};
