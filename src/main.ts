import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createAccount, hasAccounts } from "./accounts/accounts.ts";
import { newApiKey } from "./accounts/keys.ts";
import { startApp } from "./app.ts";
import { ConfigError, helpText, readConfig, type Config } from "./config.ts";
import { createLog } from "./log.ts";
import type { Services } from "./schema/context.ts";
import { untilSignal } from "./signals.ts";

const usage = `Guestgraph: one graph of every guest.

Usage: npm start            (settings come from the environment, or from a file .env beside package.json)

Settings:
`;

/**
 * Makes the first account and shows its admin key once: to a terminal, else into a file that only its owner can read.
 * The file comes before the account: a key that could not be written down would be lost, and the account with it.
 * @throws Error in plain words when the file is there already.
 */
const welcome = async ({ database, vault }: Services, { DATA_DIRECTORY }: Config): Promise<void> => {
  if (await hasAccounts(database.pool)) return;
  const key = newApiKey();
  const account = { name: "Default", key };
  if (process.stdout.isTTY) {
    await createAccount(database.prisma, vault, account);
    process.stdout.write(`\nA new account was made. Its admin key, shown this once:\n\n    ${key}\n\n`);
    return;
  }
  const directory = resolve(DATA_DIRECTORY);
  const path = join(directory, "admin.key");
  await mkdir(directory, { recursive: true });
  await writeFile(path, `${key}\n`, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw new Error(`The database is new, but ${path} holds a key of an earlier one. Move it away and start again.`, {
      cause: error,
    });
  });
  await createAccount(database.prisma, vault, account).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  process.stdout.write(`A new account was made. Its admin key is in ${path}\n`);
};

/** @throws Error in plain words for an option that there is none of. */
const wantsHelp = (): boolean => {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values.help === true;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}. See: npm start -- --help`, {
      cause: error,
    });
  }
};

const main = async (): Promise<void> => {
  if (wantsHelp()) {
    process.stdout.write(`${usage}${helpText()}\n`);
    return;
  }
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const signalled = untilSignal();
  const app = await startApp(config, log, { prepare: (services) => welcome(services, config) });
  log.info({ graphql: `${app.url}/graphql` }, "Guestgraph is ready.");
  const signal = await signalled;
  log.info({ signal }, "Stopping.");
  await app.stop();
  log.info("Stopped.");
};

try {
  await main();
} catch (error) {
  const known = error instanceof ConfigError ? `The configuration is wrong:\n${error.message}` : null;
  process.stderr.write(`${known ?? (error instanceof Error ? error.message : String(error))}\n`);
  if (known === null && process.env["LOG_LEVEL"] === "debug") console.error(error);
  process.exitCode = 1;
}
