import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { Agent, request } from "undici";

/** The middle of some numbers. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** The value below which this share (0 to 1) of the numbers lies. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export type Load = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
};

export type Ask = { readonly url: string; readonly headers?: Record<string, string>; readonly body?: string };

/** Asks again and again for some seconds, this many at a time. An answer that is not 200, or that `wrong` says is wrong, failed. */
export const load = async (
  next: () => Ask,
  { atOnce, seconds, wrong }: { atOnce: number; seconds: number; wrong: (body: string) => boolean },
): Promise<Load> => {
  const agent = new Agent({ connections: atOnce, pipelining: 1 });
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const asker = async (): Promise<void> => {
    while (performance.now() < until) {
      const { url, headers = {}, body } = next();
      const asked = performance.now();
      const answer = await request(url, {
        dispatcher: agent,
        headers,
        ...(body === undefined ? {} : { method: "POST", body }),
      });
      const text = await answer.body.text();
      times.push(performance.now() - asked);
      if (answer.statusCode !== 200 || wrong(text)) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, asker));
  const elapsed = (performance.now() - started) / 1000;
  await agent.close();
  return {
    perSecond: (times.length - failed) / elapsed,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    failed,
  };
};

const readyWithinMs = 60_000;

/** A program of ours in a process of its own, which says on standard output when it is ready. */
export type Program = { readonly process: ChildProcess; readonly ready: RegExpExecArray; stop(): Promise<void> };

/** Starts `node <file>` and waits for a line that matches `ready`. */
export const start = async (
  file: string,
  args: readonly string[],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<Program> => {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const match = ready.exec(text);
      if (match !== null) resolve(match);
    });
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code}: ${text}`)));
    setTimeout(() => reject(new Error(`${file} does not get ready: ${text}`)), readyWithinMs).unref();
  });
  return {
    process: child,
    ready: found,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
};

/** User and system CPU time of a process so far, in milliseconds (Linux). */
export const cpuMs = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
