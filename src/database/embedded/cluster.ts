import { randomBytes } from "node:crypto";
import { chown, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseError } from "../errors.ts";
import { programPath } from "./binaries.ts";
import type { Place } from "./place.ts";
import { owner } from "./postmaster.ts";
import { run } from "./run.ts";

const textOf = (path: string): Promise<string | null> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });

/** The superuser's password: 32 random bytes, made once, in a file that only its owner can read. */
export const readPassword = async ({ folder, account }: Place): Promise<string> => {
  const path = join(folder, "password");
  const there = await textOf(path);
  if (there !== null && there.trim() !== "") return there.trim();
  const password = randomBytes(32).toString("base64url");
  await writeFile(`${path}.new`, password, { mode: 0o600 });
  if (account !== null) await chown(`${path}.new`, account.uid, account.gid);
  await rename(`${path}.new`, path);
  return password;
};

/**
 * Makes the data folder at the first start; later only checks that this PostgreSQL can read it. It is made aside and renamed,
 * so that one that was interrupted is never taken for a whole one.
 *
 * The builtin C.UTF-8 locale comes with PostgreSQL: the same order and the same upper and lower case on every machine,
 * Cyrillic included, whatever locales the machine has.
 */
export const initialise = async ({ folder, programs, account }: Place): Promise<void> => {
  const data = join(folder, "data");
  const version = await textOf(join(data, "PG_VERSION"));
  if (version !== null) {
    const { output } = await run(programPath(programs, "postgres"), ["--version"], { folder, account });
    const major = / (\d+)/.exec(output)?.[1];
    if (version.trim() === major) return;
    throw new DatabaseError(
      `The data in ${data} were made by PostgreSQL ${version.trim()}, and this is ${major}. Dump them with the version of ` +
        "Guestgraph that made them (pg_dump), move the folder away, start again and restore.",
    );
  }
  const unfinished = join(folder, "data.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  const { code, output } = await run(
    programPath(programs, "initdb"),
    [
      `--pgdata=${unfinished}`,
      `--username=${owner}`,
      `--pwfile=${join(folder, "password")}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      "--set=max_connections=100",
      "--set=shared_buffers=128MB",
      "--set=timezone=UTC",
      "--set=log_timezone=UTC",
      // Two lines every five minutes that nobody reads.
      "--set=log_checkpoints=off",
    ],
    { folder, account },
  );
  if (code !== 0) throw new DatabaseError(`The embedded database could not be made in ${folder}: ${output}`);
  await rename(unfinished, data);
};

/** A port of the loopback address that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

/**
 * Starts the server and waits until it takes connections. pg_ctl gives it a session of its own, so Ctrl-C in our terminal
 * does not reach it before we have drained. Another program may take the port in between: then another one is tried.
 * @returns the port, on 127.0.0.1 only.
 */
export const startServer = async ({ folder, programs, account }: Place): Promise<number> => {
  const logFile = join(folder, "server.log");
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const { code } = await run(
      programPath(programs, "pg_ctl"),
      [
        "start",
        "--wait",
        "--timeout=120",
        `--pgdata=${join(folder, "data")}`,
        `--log=${logFile}`,
        `--options=-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`,
      ],
      { folder, account, keepOutput: false },
    );
    if (code === 0) return port;
    const lines = (await textOf(logFile))?.trim().split("\n") ?? [];
    const reason = lines.slice(-5).join("\n");
    if (attempt < 3 && /could not (bind|create any TCP)/.test(reason)) continue;
    throw new DatabaseError(`The embedded PostgreSQL did not start. The end of ${logFile}:\n${reason}`);
  }
};

/** Stops the server: open transactions are rolled back, what was committed is on the disk. */
export const stopServer = async ({ folder, programs, account }: Place): Promise<void> => {
  const { code, output } = await run(
    programPath(programs, "pg_ctl"),
    ["stop", "--mode=fast", "--wait", "--timeout=120", `--pgdata=${join(folder, "data")}`],
    { folder, account },
  );
  if (code !== 0) throw new DatabaseError(`The embedded PostgreSQL did not stop: ${output}`);
};
