import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, startOf } from "./processes.ts";

const ownerIsDead = async (owner: string): Promise<boolean> => {
  const [pid, ...start] = owner.split(" ");
  return !(await isAlive(Number(pid))) || (await startOf(Number(pid))) !== start.join(" ");
};

/**
 * Runs `work` while no other process does so with the same lock file; waits for its turn. The lock of a process that
 * died is taken over.
 *
 * The file appears with its owner already in it (a hard link is made or not, there is no half), so nobody meets an empty
 * one. Should two processes take over at the same instant and both think they won, PostgreSQL's own guards remain: data are
 * initialised aside and renamed into place, and a second server on the same data refuses to start.
 */
export const withFolderLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, `${process.pid} ${await startOf(process.pid)}`);
  try {
    for (;;) {
      const taken = await link(mine, path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return false;
          throw error;
        },
      );
      if (taken) break;
      const owner = await readFile(path, "utf8").catch(() => null);
      if (owner !== null && (await ownerIsDead(owner))) {
        const dead = `${path}.${randomUUID()}`;
        await rename(path, dead).catch(() => undefined);
        await rm(dead, { force: true });
      } else await sleep(50);
    }
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};
