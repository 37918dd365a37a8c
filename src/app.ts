import { resolve } from "node:path";
import type { Logger } from "pino";
import { createKeyReader } from "./accounts/keys.ts";
import { checkMasterKey } from "./accounts/accounts.ts";
import type { Config } from "./config.ts";
import { masterKey } from "./credentials/master-key.ts";
import { createVault } from "./credentials/store.ts";
import { startEmbeddedPostgres } from "./database/embedded.ts";
import { openDatabase } from "./database/index.ts";
import { applyMigrations } from "./database/migrations.ts";
import { createEventReader, forgetOldEvents } from "./events/follow.ts";
import { createHttp } from "./http/index.ts";
import { runInTrace } from "./http/trace.ts";
import { createChanges, createOpen } from "./integrations/index.ts";
import { createOrders } from "./orders/index.ts";
import type { Services } from "./schema/context.ts";
import { schema } from "./schema/index.ts";
import { createGateway } from "./server/gateway.ts";
import { createHttpServer, drain, listen } from "./server/http.ts";
import { serveWebSockets } from "./server/websocket.ts";
import { createLive } from "./sources/index.ts";
import { createSync } from "./sync/index.ts";

/** A running Guestgraph. */
export type App = {
  /** "http://127.0.0.1:4000" */
  readonly url: string;
  readonly services: Services;
  /** Answers in process, without a port. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Takes no more, lets what is under way finish, hands syncs over, and closes the database last. */
  stop(): Promise<void>;
};

/** How long requests and pages that are under way may take at the end (ms). */
const patienceMs = 5000;
/** How often abandoned orders are settled and old events forgotten (ms). */
const tidyMs = { orders: 5000, events: 3_600_000 };

/**
 * Wires the rooms and starts them: database, migrations, workers, server.
 * @param shownKey what GraphiQL's headers are filled in with; only the demo has one.
 * @param prepare runs before the port opens: whoever asks at the first moment finds it done.
 * @throws ConfigError, DatabaseError or Error whose message says what to do; nothing is left running then.
 */
export const startApp = async (
  config: Config,
  log: Logger,
  { shownKey, prepare }: { shownKey?: string; prepare?: (services: Services) => Promise<void> } = {},
): Promise<App> => {
  const closing: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.warn({ err: error }, "Something did not stop cleanly.");
      }
    }
  };
  try {
    const dataDirectory = resolve(config.DATA_DIRECTORY);
    const vault = createVault(await masterKey(config.MASTER_KEY, dataDirectory));
    let url = config.DATABASE_URL;
    if (url === undefined) {
      const embedded = await startEmbeddedPostgres({
        dataDirectory,
        log: (line) => log.info(line),
      });
      closing.push(() => embedded.stop());
      url = embedded.url;
    }
    const applied = await applyMigrations(url);
    if (applied.length > 0) log.info({ applied }, "Migrations applied.");
    const database = await openDatabase({
      url,
      poolSize: config.DATABASE_POOL,
      applicationName: "guestgraph",
      log: (line) => log.warn(line),
    });
    closing.push(() => database.close());
    await checkMasterKey(database.pool, vault);

    const http = createHttp({
      pool: database.pool,
      allowedNetworks: config.ALLOWED_NETWORKS,
      timeoutMs: config.UPSTREAM_TIMEOUT_MS,
      log,
    });
    closing.push(() => http.close());
    const events = await createEventReader(database);
    closing.push(() => events.close());
    const { open, forget } = createOpen({ pool: database.pool, vault, http });
    const changes = createChanges({ database, vault, http, open, forget });
    const sync = createSync({ database, open, log, role: config.GUESTGRAPH_ROLE });
    const orders = createOrders({ database, open, log, leaseMs: Math.max(60_000, 2 * config.UPSTREAM_TIMEOUT_MS) });
    closing.push(() => orders.idle(patienceMs));
    const live = createLive(open);
    const services: Services = { database, vault, open, changes, sync, orders, events, live };

    await sync.start();
    closing.push(() => sync.stop({ deadlineMs: patienceMs }));
    if (config.GUESTGRAPH_ROLE !== "api") closing.push(every(tidyMs.events, () => forgetOldEvents(database.pool), log));
    closing.push(every(tidyMs.orders, () => orders.settleAbandoned(), log));

    const readKey = createKeyReader(database.pool);
    const gateway = createGateway({ schema, services, readKey, log, shownKey });
    let stopping = false;
    const ready = async () => {
      if (stopping) return { ready: false, reason: "This process is stopping." };
      try {
        await database.pool.query("select 1");
        return { ready: true };
      } catch {
        return { ready: false, reason: "The database does not answer." };
      }
    };
    const server = createHttpServer(gateway, ready, runInTrace);
    const closeSockets = serveWebSockets(server, gateway, readKey);
    closing.push(() => drain(server, patienceMs));
    closing.push(closeSockets);
    closing.push(() => (stopping = true));
    await prepare?.(services);
    const port = await listen(server, config.PORT, config.HOST);
    return {
      url: `http://${config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST}:${port}`,
      services,
      fetch: async (request) => gateway.fetch(request, {}),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Runs a chore again and again, never twice at once; a failure is logged and the next turn tries again. */
const every = (ms: number, chore: () => Promise<unknown>, log: Logger): (() => Promise<void>) => {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const turn = (): void => {
    if (busy) return;
    busy = true;
    running = chore()
      .catch((error: unknown) => log.warn({ err: error }, "A chore failed; it will be tried again."))
      .finally(() => (busy = false));
  };
  const timer = setInterval(turn, ms);
  turn();
  return async () => {
    clearInterval(timer);
    await running;
  };
};
