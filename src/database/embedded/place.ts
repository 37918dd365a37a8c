import { createHash } from "node:crypto";
import { chmod, chown, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseError } from "../errors.ts";
import { type Account, chooseAccount } from "./account.ts";
import { copyBinaries, findBinaries, programPath } from "./binaries.ts";
import { run } from "./run.ts";

/** Where the embedded server lives and who runs it. */
export type Place = {
  /** Holds data/, password, server.log and lock; belongs to the account, closed to all others. */
  readonly folder: string;
  /** The folder of PostgreSQL's programs. */
  readonly programs: string;
  readonly account: Account | null;
};

/** For data and programs that must be reachable for another user than root. */
const sharedFolder = "/var/lib/guestgraph";

/** Asks the system itself, by trying, whether the account may run the program. */
const canRun = async (program: string, account: Account | null): Promise<boolean> => {
  try {
    return (await run(program, ["--version"], { folder: "/", account })).code === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES") return false;
    throw new DatabaseError(
      `The embedded PostgreSQL does not run here (${(error as Error).message}); its programs need glibc on Linux. ` +
        "Set DATABASE_URL to a PostgreSQL server, version 15 or newer.",
      { cause: error },
    );
  }
};

/** The same for a folder. By a shell, because Node enters a program's folder while it still is root. */
const canEnter = async (folder: string, account: Account): Promise<boolean> =>
  (await run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { folder: "/", account })).code === 0;

const makeFolder = async (folder: string, mode: number, account: Account | null): Promise<void> => {
  await mkdir(folder, { recursive: true, mode });
  if (account !== null) await chown(folder, account.uid, account.gid);
};

/** Lets other users pass through the data folder (not list or read it), where root made it and PostgreSQL runs as another. */
const letThrough = async (folder: string): Promise<void> => {
  const { uid, mode } = await stat(folder);
  if (uid === 0 && (mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o011);
};

/**
 * Finds a place for the server: `<dataDirectory>/postgres`, and the programs in node_modules. When we are root and the
 * account that runs PostgreSQL cannot reach them (say a checkout under /root), they go to /var/lib/guestgraph, which is logged.
 */
export const findPlace = async (dataDirectory: string, log: (message: string) => void): Promise<Place> => {
  const binaries = await findBinaries();
  await mkdir(dataDirectory, { recursive: true, mode: 0o711 }).catch((error: Error) => {
    throw new DatabaseError(`The data folder cannot be made (${error.message}). Set DATA_DIRECTORY to another one.`, {
      cause: error,
    });
  });
  const usual = join(dataDirectory, "postgres");
  const account = await chooseAccount(join(usual, "data"));
  if (account !== null) await letThrough(dataDirectory);

  let programs = binaries.folder;
  if (!(await canRun(programPath(programs, "postgres"), account))) {
    if (account === null) throw new DatabaseError(`This user may not run the programs in ${programs}.`);
    programs = await copyBinaries(binaries, sharedFolder);
    log(
      `PostgreSQL runs as user ${account.uid}, who cannot reach ${binaries.folder}: its programs are in ${programs}.`,
    );
  }
  let folder = usual;
  if (account !== null && !(await canEnter(dataDirectory, account))) {
    const name = createHash("sha256").update(dataDirectory).digest("hex").slice(0, 12);
    folder = join(sharedFolder, name, "postgres");
    for (const shared of [sharedFolder, join(sharedFolder, name)]) {
      await mkdir(shared, { recursive: true });
      // By hand, because a strict umask would close it again.
      await chmod(shared, 0o711);
    }
    log(`PostgreSQL runs as user ${account.uid}, who cannot reach ${dataDirectory}: its data are in ${folder}.`);
  }
  await makeFolder(folder, 0o700, account);
  const { uid } = await stat(folder);
  const us = account?.uid ?? process.getuid?.();
  if (us !== undefined && uid !== us) {
    throw new DatabaseError(
      `The database in ${folder} belongs to user ${uid}, and this is user ${us}: start Guestgraph as that user, ` +
        "or choose another DATA_DIRECTORY.",
    );
  }
  return { folder, programs, account };
};
