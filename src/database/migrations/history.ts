import type pg from "pg";
import type { Migration } from "./folder.ts";

/** How a database stands against the migrations of this version. */
export type MigrationStatus = {
  /** Names, in the order of the folder. */
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Begun and not finished, with PostgreSQL's words where it gave any. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** In the database and not in the folder. */
  readonly unknown: readonly string[];
  /** Changed in the folder after they were applied. */
  readonly edited: readonly string[];
};

/** A line of Prisma's own table. */
type Row = { migration_name: string; checksum: string; finished: boolean; logs: string | null };

const rowsOf = async (client: pg.Client): Promise<Row[]> => {
  const { rows: tables } = await client.query("SELECT WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (tables.length === 0) return [];
  const { rows } = await client.query<Row>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, logs
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
};

/** PostgreSQL's words without the engine's trace of where in itself it heard them. */
const reasonIn = (logs: string | null): string =>
  (logs ?? "")
    .replace(/\n\s*0: [\s\S]*/, "")
    .replace(/^external connector error\n/, "")
    .trim();

/** Reads what is applied, by plain SQL and without the engine. */
export const historyOf = async (client: pg.Client, migrations: readonly Migration[]): Promise<MigrationStatus> => {
  const rows = await rowsOf(client);
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const done = new Map(rows.filter(({ finished }) => finished).map((row) => [row.migration_name, row]));
  const failed = rows.filter(({ finished }) => !finished);
  const begun = new Set(rows.map((row) => row.migration_name));
  const names = migrations.map(({ name }) => name);
  return {
    applied: names.filter((name) => done.has(name)),
    pending: names.filter((name) => !begun.has(name)),
    failed: failed.map((row) => ({ name: row.migration_name, reason: reasonIn(row.logs) })),
    unknown: [...done.keys()].filter((name) => !known.has(name)),
    edited: names.filter((name) => {
      const row = done.get(name);
      return row !== undefined && row.checksum !== known.get(name)?.checksum;
    }),
  };
};

/** What stands in the way of going on, and what to do about it; null when nothing does. */
export const describeProblem = ({ failed, unknown }: MigrationStatus): string | null => {
  const [first] = failed;
  if (first !== undefined) {
    const reason = first.reason === "" ? "it was interrupted." : first.reason;
    return (
      `The migration ${first.name} did not finish: ${reason}\n` +
      "A migration runs as one transaction, so most likely it left nothing behind. Look, mend the cause, and then say\n" +
      `  npm run db:resolve -- ${first.name} rolled-back   (to apply it again), or\n` +
      `  npm run db:resolve -- ${first.name} applied       (when all its changes are there).`
    );
  }
  if (unknown.length > 0) {
    return (
      `The database was made by a newer version of Guestgraph: it has ${unknown.join(", ")}, which this version does not ` +
      "know. Start that version, or restore a backup that was made before it."
    );
  }
  return null;
};
