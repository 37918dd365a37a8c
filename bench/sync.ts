import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/database/embedded.ts";
import { applyMigrations } from "../src/database/migrations.ts";
import { median, start } from "./measure.ts";
import type { Task, TaskResult } from "./sync-task.ts";

/**
 * Syncs sandbox guests over real HTTP, beside two limits of the same run: reading the same pages and throwing them away (parsed
 * and mapped), and writing the same rows with one prepared bulk statement into the same tables. Every measurement has a process of
 * its own, so its peak memory is its own; so has the sandbox.
 *
 *     node bench/sync.ts [--guests 10000,100000] [--rounds 3]      DATABASE_URL: on that server, else the embedded one
 */
const { values } = parseArgs({
  options: {
    guests: { type: "string", default: "10000,100000" },
    rounds: { type: "string", default: "3" },
  },
});
const sizes = values.guests.split(",").map(Number);
const rounds = Number(values.rounds);

type Server = { readonly url: string; readonly name: string; stop(): Promise<void> };

const startServer = async (): Promise<Server> => {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return { url: given, name: "DATABASE_URL", stop: async () => undefined };
  const dataDirectory = await mkdtemp(join(tmpdir(), "guestgraph-bench-"));
  const embedded = await startEmbeddedPostgres({ dataDirectory, log: () => undefined });
  return {
    url: embedded.url,
    name: "embedded",
    stop: async () => {
      await embedded.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

const execute = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
};

const inFreshDatabase = async <Result>(server: string, work: (url: string) => Promise<Result>): Promise<Result> => {
  const name = `guestgraph_bench_${process.pid}`;
  await execute(server, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    await applyMigrations(url.href);
    return await work(url.href);
  } finally {
    await execute(server, `drop database ${name} with (force)`);
  }
};

/** Runs a task in a process of its own, under one bound of memory at every size (writing has all its rows in memory before). */
const perform = (task: Task): Promise<TaskResult> =>
  new Promise((resolve, reject) => {
    const bound = task.kind === "write" ? [] : ["--max-old-space-size=192"];
    const file = new URL("sync-task.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [...bound, file, JSON.stringify(task)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    child.once("exit", (code) => {
      if (code === 0) resolve(JSON.parse(text) as TaskResult);
      else reject(new Error(`${task.kind} ended with ${code}`));
    });
  });

const row = (...cells: (string | number)[]): void => console.log(`| ${cells.join(" | ")} |`);
const server = await startServer();
console.log(`PostgreSQL: ${server.name}; medians of ${rounds} rounds; guests a second\n`);
row(
  "guests",
  "only read",
  "only write",
  "sync",
  "/ slower limit",
  "nothing changed",
  "/ only read",
  "peak RSS, MB",
  "peak heap, MB",
);
row(...Array.from({ length: 9 }, () => "---"));
try {
  for (const guests of sizes) {
    const sandbox = await start(
      new URL("../src/providers/i-bonus/sandbox.ts", import.meta.url).pathname,
      ["--guests", String(guests)],
      {},
      /(http:\S+)\s+login\s+(\S+)\s+password\s+(\S+)/,
    );
    const [, baseUrl = "", login = "", password = ""] = sandbox.ready;
    const credentials = { baseUrl, login, password };
    const results: Record<Task["kind"], TaskResult[]> = { read: [], write: [], sync: [], again: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of ["read", "write"] as const) {
        results[kind].push(
          await inFreshDatabase(server.url, (databaseUrl) => perform({ kind, credentials, databaseUrl })),
        );
      }
      await inFreshDatabase(server.url, async (databaseUrl) => {
        results.sync.push(await perform({ kind: "sync", credentials, databaseUrl }));
        results.again.push(await perform({ kind: "again", credentials, databaseUrl }));
      });
    }
    await sandbox.stop();
    const rate = (kind: Task["kind"]): number => median(results[kind].map((one) => (one.guests / one.ms) * 1000));
    const peak = (of: "rssMb" | "heapMb"): number => Math.max(...results.sync.map((one) => one[of]));
    const [read, write, sync, again] = [rate("read"), rate("write"), rate("sync"), rate("again")];
    row(
      guests,
      Math.round(read),
      Math.round(write),
      Math.round(sync),
      (sync / Math.min(read, write)).toFixed(2),
      Math.round(again),
      (again / read).toFixed(2),
      Math.round(peak("rssMb")),
      Math.round(peak("heapMb")),
    );
  }
} finally {
  await server.stop();
}
