import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../config.ts";
import { newKey, type Key } from "./vault.ts";

const decode = (text: string, from: string): Key => {
  const key = Buffer.from(text.trim(), "base64url");
  if (key.length !== 32) throw new ConfigError(`${from} does not hold 32 bytes in base64`);
  return key;
};

const readKeyFile = async (path: string): Promise<Key> => {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new ConfigError(`${path} can be read by other users; run: chmod 600 ${path}`);
  }
  return decode(await readFile(path, "utf8"), path);
};

/**
 * The key that seals every account's data key: MASTER_KEY, or the file `master.key` of the data directory, which is made
 * at the first start (mode 0600; two processes that start at once end with the same one).
 * @throws ConfigError when the file is open to others or holds no key.
 */
export const masterKey = async (given: string | undefined, dataDirectory: string): Promise<Key> => {
  if (given !== undefined) return decode(given, "MASTER_KEY");
  const path = join(dataDirectory, "master.key");
  await mkdir(dataDirectory, { recursive: true });
  // Written aside and linked into place: whoever finds the file finds the whole key.
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${newKey().toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
  return readKeyFile(path);
};
