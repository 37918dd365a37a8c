import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/database/embedded.ts";
import { isAlive } from "../../src/database/embedded/processes.ts";
import { applyMigrations } from "../../src/database/migrations.ts";
import { testServerUrl } from "./reachable.ts";
import { execute, withDatabase } from "./server.ts";

type Server = { readonly url: string; stop(): Promise<void> };

const prefix = "guestgraph-test-";

/** Stops and removes what a run that was killed left behind: its server outlives it, and would for ever. */
const clearLeftovers = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (Number.isNaN(pid) || (await isAlive(pid))) continue;
    const dataDirectory = join(tmpdir(), name);
    const server = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

const startEmbedded = async (): Promise<Server> => {
  await clearLeftovers().catch((error: unknown) => console.warn("The leftovers of an earlier run stay:", error));
  const dataDirectory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  // Nothing here has to survive a power cut, and the tests make and drop many databases.
  await execute(server.url, "ALTER SYSTEM SET fsync = off");
  await execute(server.url, "SELECT pg_reload_conf()");
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

const dropAll = async (url: string, template: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname ^@ $1", [
      template,
    ]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
};

/**
 * Gives a vitest project its PostgreSQL: `embedded` starts one in a temporary folder, `server` uses the one at
 * TEST_DATABASE_URL. Either gets a template with all migrations applied. Afterwards all databases of the run are dropped.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server: Server =
    project.name === "server" ? { url: testServerUrl, stop: async () => undefined } : await startEmbedded();
  const template = `guestgraph_test_${process.pid}_${Date.now().toString(36)}`;
  const teardown = async (): Promise<void> => {
    await dropAll(server.url, template);
    await server.stop();
  };
  try {
    await execute(server.url, `CREATE DATABASE ${template} TEMPLATE template0`);
    await applyMigrations(withDatabase(server.url, template));
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("testServer", { url: server.url, template });
  return teardown;
}
