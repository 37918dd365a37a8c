import { readConfig } from "../src/config.ts";
import { DatabaseError, describeServer } from "../src/database/errors.ts";
import { startEmbeddedPostgres } from "../src/database/embedded.ts";
import {
  applyMigrations,
  createMigration,
  diffMigration,
  migrationStatus,
  resolveMigration,
} from "../src/database/migrations.ts";

const usage = `Usage: node scripts/db.ts <command>
  create <name>                       write a migration from what changed in prisma/schema.prisma
  apply                               apply the pending migrations
  check                               fail when prisma/schema.prisma and the migrations differ
  status                              list what is applied and pending
  resolve <name> applied|rolled-back  settle a migration that failed half way
The database is DATABASE_URL, else the embedded one in DATA_DIRECTORY.`;

const listed = (title: string, names: readonly string[]): string =>
  [`${title}: ${names.length === 0 ? "none" : ""}`.trimEnd(), ...names.map((name) => `  ${name}`)].join("\n");

const create = async (url: string, name: string): Promise<string> => {
  const path = await createMigration(url, name);
  return path === null
    ? "Nothing changed: no migration was written."
    : `Written: ${path}\nRead it, then: npm run db:apply`;
};

const check = async (url: string): Promise<string> => {
  const sql = await diffMigration(url);
  if (sql === null) return "The migrations and prisma/schema.prisma agree.";
  process.exitCode = 1;
  return `${sql}\nThe migrations lack the above. Write a migration with: npm run db:create <name>`;
};

const status = async (url: string): Promise<string> => {
  const { applied, pending, failed, unknown, edited } = await migrationStatus(url);
  return [
    describeServer(url),
    listed("Applied", applied),
    listed("Pending", pending),
    listed(
      "Failed",
      failed.map(({ name, reason }) => `${name}: ${reason}`),
    ),
    listed("Of a newer version", unknown),
    listed("Edited after they were applied", edited),
  ].join("\n");
};

/** The commands; undefined for words that are none. */
const commandOf = ([command, name, outcome]: string[]): ((url: string) => Promise<string>) | undefined => {
  if (command === "create" && name !== undefined) return (url) => create(url, name);
  if (command === "apply") return async (url) => listed("Applied now", await applyMigrations(url));
  if (command === "check") return check;
  if (command === "status") return status;
  if (command === "resolve" && name !== undefined && (outcome === "applied" || outcome === "rolled-back")) {
    return async (url) => {
      await resolveMigration(url, name, outcome);
      return `${name} counts as ${outcome}.`;
    };
  }
  return undefined;
};

const main = async (): Promise<void> => {
  const command = commandOf(process.argv.slice(2));
  if (command === undefined) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const config = readConfig(process.env);
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDirectory: config.DATA_DIRECTORY, log: console.error })
      : undefined;
  try {
    console.log(await command(config.DATABASE_URL ?? embedded?.url ?? ""));
  } finally {
    await embedded?.stop();
  }
};

await main().catch((error: unknown) => {
  console.error(error instanceof DatabaseError ? error.message : error);
  process.exitCode = 1;
});
