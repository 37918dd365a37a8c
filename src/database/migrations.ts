import { readFile } from "node:fs/promises";
import pg from "pg";
import { connectionError, DatabaseError } from "./errors.ts";
import { withEngine } from "./migrations/engine.ts";
import {
  type Migration,
  migrationsFolder,
  migrationsList,
  readMigrations,
  schemaFile,
  writeMigration,
} from "./migrations/folder.ts";
import { describeProblem, historyOf, type MigrationStatus } from "./migrations/history.ts";

export type { MigrationStatus } from "./migrations/history.ts";

/** Where migrations and data model lie, when not in the project's prisma folder. */
type Where = { folder?: string; schema?: string };

/**
 * Our advisory lock, "gues" in ASCII. The engine takes Prisma's own (72707369) besides, which keeps out a `prisma migrate
 * deploy`, but gives up after 10 s: too short to wait for another process's long migration.
 */
const lockKey = 0x67_75_65_73;

/** Everything in the schema is ours: no table is left to others. */
const filters = { externalTables: [], externalEnums: [] };

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: "guestgraph migrations" });
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw connectionError(error, url);
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const applyPending = async (url: string, client: pg.Client, folder: string, migrations: readonly Migration[]) => {
  const status = await historyOf(client, migrations);
  const problem = describeProblem(status);
  if (problem !== null) throw new DatabaseError(problem);
  if (status.pending.length === 0) return [];
  const list = await migrationsList(folder, migrations);
  try {
    const { appliedMigrationNames } = await withEngine(url, null, (engine) =>
      engine.applyMigrations({ migrationsList: list, filters }),
    );
    return appliedMigrationNames;
  } catch (error) {
    const after = describeProblem(await historyOf(client, migrations));
    throw new DatabaseError(after ?? `The migrations could not be applied: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

/**
 * Brings the database up to date. One process at a time does it, the others wait and find it done. When nothing is pending
 * this is one query (10 ms with its connection), and the engine is not even loaded.
 * @returns the names of the migrations that were applied now, in their order.
 * @throws DatabaseError that says what to do: one that failed earlier or now, or a database of a newer version of the program.
 */
export const applyMigrations = async (
  url: string,
  { folder = migrationsFolder }: Pick<Where, "folder"> = {},
): Promise<string[]> => {
  const migrations = await readMigrations(folder);
  return withClient(url, async (client) => {
    const { pending, failed, unknown } = await historyOf(client, migrations);
    if (pending.length + failed.length + unknown.length === 0) return [];
    // What looks unfinished may be a migration that another process is applying right now: only the lock tells.
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    return applyPending(url, client, folder, migrations);
  });
};

/** Where the database stands against the folder. */
export const migrationStatus = async (
  url: string,
  { folder = migrationsFolder }: Pick<Where, "folder"> = {},
): Promise<MigrationStatus> => {
  const migrations = await readMigrations(folder);
  return withClient(url, (client) => historyOf(client, migrations));
};

/**
 * Compares the migrations with schema.prisma, in a scratch database on the server, which the user must be allowed to create.
 * What Prisma's language cannot say (expression indexes, partial indexes, triggers, functions) is no difference.
 * @returns the SQL that leads from the migrations to the data model, or null when they agree.
 */
export const diffMigration = async (
  url: string,
  { folder = migrationsFolder, schema = schemaFile }: Where = {},
): Promise<string | null> => {
  const [datamodel, list] = await Promise.all([
    readFile(schema, "utf8"),
    readMigrations(folder).then((migrations) => migrationsList(folder, migrations)),
  ]);
  const { exitCode, stdout } = await withEngine(url, datamodel, (engine) =>
    engine.diff({
      from: { tag: "migrations", ...list },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: datamodel }] },
      script: true,
      exitCode: true,
      filters,
    }),
  );
  return exitCode === 2 ? (stdout ?? "") : null;
};

/**
 * Writes the next migration: what is needed to get from the others to schema.prisma. It is not applied; read it first.
 * @param name words of it, as "guest_birthday".
 * @returns the new file's path, or null when nothing changed.
 */
export const createMigration = async (
  url: string,
  name: string,
  { folder = migrationsFolder, schema = schemaFile }: Where = {},
): Promise<string | null> => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new DatabaseError("Name a migration in small letters, digits and _.");
  const sql = await diffMigration(url, { folder, schema });
  if (sql === null) return null;
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return writeMigration(folder, `${stamp}_${name}`, sql);
};

/**
 * Settles a migration that failed half way, as `prisma migrate resolve` does.
 * @param outcome "applied": its changes are in the database; "rolled-back": they are not, apply it again.
 */
export const resolveMigration = async (
  url: string,
  name: string,
  outcome: "applied" | "rolled-back",
  { folder = migrationsFolder }: Pick<Where, "folder"> = {},
): Promise<void> => {
  const list = await migrationsList(folder, await readMigrations(folder));
  await withEngine(url, null, (engine) =>
    outcome === "applied"
      ? engine.markMigrationApplied({ migrationName: name, migrationsList: list })
      : engine.markMigrationRolledBack({ migrationName: name }),
  );
};
