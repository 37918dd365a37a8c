import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** A user of the operating system under whom PostgreSQL's programs run. */
export type Account = { readonly uid: number; readonly gid: number };

/** The first owner who is not root, from the path up through the folders above it. */
const ownerOfPlace = async (path: string): Promise<Account | null> => {
  const { uid, gid } = await stat(path).catch(() => ({ uid: 0, gid: 0 }));
  if (uid !== 0) return { uid, gid };
  return dirname(path) === path ? null : ownerOfPlace(dirname(path));
};

const accountNamed = async (name: string): Promise<Account | null> => {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const [, , uid, gid] =
    users
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
};

/**
 * Who runs PostgreSQL, which refuses to run as root: nobody special (null) for an ordinary user; for root, in this order
 * 1. the owner of the data that are there (no other user may open them), else of the folders they will lie in: `sudo npm start`
 *    in a person's checkout gives data which that person can use without sudo afterwards;
 * 2. `postgres`, the user which Linux distributions make for exactly this;
 * 3. `nobody`, shared with other services and so the last choice. An unused number would be safer still, but initdb
 *    insists on a user that /etc/passwd knows, and we add no users to people's machines.
 * @param data the folder that holds, or will hold, the data.
 */
export const chooseAccount = async (data: string): Promise<Account | null> => {
  if (process.getuid?.() !== 0) return null;
  return (
    (await ownerOfPlace(data)) ??
    (await accountNamed("postgres")) ??
    (await accountNamed("nobody")) ?? { uid: 65534, gid: 65534 }
  );
};
