import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";

const messages: string[] = [];
const start = (dataDirectory: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDirectory, log: (message) => messages.push(message) });

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "guestgraph-embedded-"));

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
  } finally {
    await client.end();
  }
};

const isRunning = (dataDirectory: string): Promise<boolean> =>
  stat(join(dataDirectory, "postgres/data/postmaster.pid")).then(
    () => true,
    () => false,
  );

/** A process of its own that starts the server, prints the URL and stops it on SIGTERM. */
const program = (dataDirectory: string): string => `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL("embedded.ts", import.meta.url).href)});
  const server = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)}, log: () => {} });
  process.once("SIGTERM", () => server.stop());
  console.log(server.url);`;

const children: ChildProcess[] = [];
const startElsewhere = async (dataDirectory: string): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program(dataDirectory)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, url: line.toString().trim() };
};
const endOf = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
};

describe("the embedded PostgreSQL", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
    // Whatever a failed test left running is joined and stopped.
    await (await start(folder)).stop();
    messages.length = 0;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("keeps its data from one start to the next, and its password to its owner", async () => {
    const first = await start(folder);
    await ask(first.url, "CREATE TABLE kept AS SELECT 'Анна' AS name");
    await first.stop();
    expect(await isRunning(folder)).toBe(false);
    const second = await start(folder);
    expect(await ask(second.url, "SELECT upper(name) AS answer FROM kept")).toBe("АННА");
    expect((await stat(join(folder, "postgres/password"))).mode & 0o777).toBe(0o600);
    await second.stop();
  });

  it("listens on the loopback address only, and asks for the password", async () => {
    const { url, stop } = await start(folder);
    expect(await ask(url, "SELECT current_setting('listen_addresses') AS answer")).toBe("127.0.0.1");
    const stranger = new URL(url);
    stranger.password = "guess";
    await expect(ask(stranger.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    await stop();
  });

  it("is joined after the process that started it was killed", async () => {
    const { child, url } = await startElsewhere(folder);
    await endOf(child, "SIGKILL");
    const joined = await start(folder);
    expect(joined.url).toBe(url);
    expect(messages).toEqual(["Joined the embedded PostgreSQL that was already running."]);
    await joined.stop();
    expect(await isRunning(folder)).toBe(false);
  });

  it("runs in a process group of its own, which Ctrl-C in our terminal does not reach", async () => {
    const { stop } = await start(folder);
    const pid = (await readFile(join(folder, "postgres/data/postmaster.pid"), "utf8")).split("\n")[0];
    const groupOf = (id: string | number | undefined) =>
      new Promise((resolve) =>
        spawn("ps", ["-o", "pgid=", "-p", String(id)]).stdout.once("data", (text: Buffer) => resolve(text.toString())),
      );
    expect(await groupOf(pid)).not.toBe(await groupOf(process.pid));
    await stop();
  });

  it("is shared by two processes that start at once, and stopped by the last one out", async () => {
    const fresh = await temporaryFolder();
    try {
      const [one, other] = await Promise.all([startElsewhere(fresh), startElsewhere(fresh)]);
      expect(one.url).toBe(other.url);
      await endOf(one.child, "SIGTERM");
      expect(await ask(other.url, "SELECT 1 AS answer")).toBe(1);
      await endOf(other.child, "SIGTERM");
      expect(await isRunning(fresh)).toBe(false);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  });

  it("stays for another program's connection", async () => {
    const server = await start(folder);
    const guest = new pg.Client(server.url);
    await guest.connect();
    await server.stop();
    expect((await guest.query("SELECT 1 AS answer")).rows).toEqual([{ answer: 1 }]);
    expect(messages).toEqual(["The embedded PostgreSQL goes on running for 1 other connection(s)."]);
    await guest.end();
  });

  it("starts over a postmaster.pid whose number now belongs to another program of the same user", async () => {
    await (await start(folder)).stop();
    const { uid, gid } = await stat(join(folder, "postgres"));
    const another = spawn("sleep", ["60"], process.getuid?.() === 0 ? { uid, gid } : {});
    children.push(another);
    const data = join(folder, "postgres/data");
    await writeFile(join(data, "postmaster.pid"), `${another.pid}\n${data}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
    const server = await start(folder);
    expect(await ask(server.url, "SELECT 1 AS answer")).toBe(1);
    await server.stop();
  });

  it("refuses data of another major version", async () => {
    await (await start(folder)).stop();
    const version = join(folder, "postgres/data/PG_VERSION");
    const right = await readFile(version, "utf8");
    await writeFile(version, "17\n");
    await expect(start(folder)).rejects.toThrow("were made by PostgreSQL 17, and this is 18");
    await writeFile(version, right);
  });
});
