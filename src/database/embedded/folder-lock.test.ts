import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withFolderLock } from "./folder-lock.ts";

describe("the folder's lock", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "guestgraph-lock-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("lets one in at a time, and leaves nothing behind", async () => {
    let inside = 0;
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      await setImmediate();
      seen.push(inside);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withFolderLock(join(folder, "lock"), work)));
    expect(seen).toEqual([1, 1, 1, 1, 1]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is free again after its owner failed", async () => {
    const failing = withFolderLock(join(folder, "lock"), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await withFolderLock(join(folder, "lock"), async () => "in")).toBe("in");
  });

  it("is taken over from a process that died", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    await writeFile(join(folder, "lock"), `${child.pid} 1`);
    expect(await withFolderLock(join(folder, "lock"), async () => "in")).toBe("in");
  });

  it("is taken over when the owner's number belongs to a later process", async () => {
    await writeFile(join(folder, "lock"), `${process.pid} 1`);
    expect(await withFolderLock(join(folder, "lock"), async () => "in")).toBe("in");
  });
});
