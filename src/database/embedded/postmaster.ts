import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { servesFolder } from "./processes.ts";

/** The superuser of the embedded server, and the name of its database. */
export const owner = "guestgraph";

/** How a client reaches the embedded server at `port`. */
export const connectionTo = (port: number, password: string, database: string): pg.ClientConfig => ({
  host: "127.0.0.1",
  port,
  user: owner,
  password,
  database,
  connectionTimeoutMillis: 5_000,
});

/** Runs `work` with a connection of its own. */
export const withClient = async <T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(config);
  // Without a listener, a connection that breaks between two queries would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The lines of postmaster.pid that matter here. See PostgreSQL's src/include/utils/pidfile.h */
const readPidFile = async (dataFolder: string): Promise<{ pid: number; port: number; status: string } | null> => {
  const text = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => null);
  if (text === null) return null;
  const lines = text.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
};

/** Whether the server at `port` takes our password and serves our folder: another program may have got a port since. */
const answersForUs = (port: number, password: string, dataFolder: string): Promise<boolean> =>
  withClient(connectionTo(port, password, "postgres"), async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === dataFolder;
  }).catch(() => false);

/**
 * The port of the server that already runs on the data folder, as one does after we were killed; null when there is none.
 * Waits for one that is starting (it may have a crash to recover from) or stopping. A postmaster.pid whose number now belongs
 * to another program is deleted: PostgreSQL would refuse to start over it.
 * @param dataFolder as a real path.
 */
export const findRunning = async (dataFolder: string, password: string): Promise<number | null> => {
  for (const deadline = Date.now() + 120_000; ; await sleep(50)) {
    const file = await readPidFile(dataFolder);
    if (file === null) return null;
    if (!(await servesFolder(file.pid, dataFolder))) {
      await rm(join(dataFolder, "postmaster.pid"), { force: true });
      return null;
    }
    if (file.status === "ready" && (await answersForUs(file.port, password, dataFolder))) return file.port;
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${file.pid} seems to be a PostgreSQL server on ${dataFolder}, but does not answer with our password. ` +
          `If it is another program, delete ${join(dataFolder, "postmaster.pid")}.`,
      );
    }
  }
};
