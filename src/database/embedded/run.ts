import { spawn } from "node:child_process";
import type { Account } from "./account.ts";

/** What a program printed, and how it ended. */
export type Outcome = { readonly code: number | null; readonly output: string };

/**
 * Runs a program to its end, in `folder`, as `account` (null: as we are).
 * The locale is C for its messages, and the caller's PG* variables are left out: they would lead it to another server.
 * @throws the spawn's error when it cannot be run: EACCES when the account cannot reach the program or the folder.
 */
export const run = (
  program: string,
  options: readonly string[],
  { folder, account, keepOutput = true }: { folder: string; account: Account | null; keepOutput?: boolean },
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const environment = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
    const child = spawn(program, options, {
      cwd: folder,
      env: { ...Object.fromEntries(environment), LC_ALL: "C" },
      // A server that pg_ctl starts would inherit our pipes and hold them open: then there must be none.
      stdio: keepOutput ? ["ignore", "pipe", "pipe"] : "ignore",
      windowsHide: true,
      ...account,
    });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: output.trim() }));
  });
