import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { platform } from "node:os";
import { promisify } from "node:util";

/**
 * The fields of /proc/<pid>/stat from the third on; none when the process is gone. The second field is the program's name in
 * parentheses and may hold blanks.
 */
const statOf = async (pid: number): Promise<string[]> => {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text === "" ? [] : text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/**
 * Whether a process with this number lives, whoever owns it. A zombie does not: where process 1 collects none, as in a
 * container without an init, they stay for ever.
 */
export const isAlive = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return platform() !== "linux" || (await statOf(pid))[0] !== "Z";
};

const ps = (pid: number, column: string): Promise<string> =>
  promisify(execFile)("ps", ["-o", `${column}=`, "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );

/**
 * When the process started, in the system's own notation: tells it from a later one that got the same number.
 * Empty for a process that is gone, and on Windows, where the number alone has to do.
 */
export const startOf = async (pid: number): Promise<string> => {
  if (platform() === "win32") return "";
  if (platform() !== "linux") return ps(pid, "lstart");
  // The 22nd field, in clock ticks since the machine started.
  return (await statOf(pid))[19] ?? "";
};

/** Whether the living process `pid` is a PostgreSQL server of the data folder (given as a real path). */
export const servesFolder = async (pid: number, dataFolder: string): Promise<boolean> => {
  if (!(await isAlive(pid))) return false;
  if (platform() === "win32") return true;
  // A postmaster makes its data folder its working directory.
  if (platform() === "linux") return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === dataFolder;
  return (await ps(pid, "command")).includes("postgres");
};
