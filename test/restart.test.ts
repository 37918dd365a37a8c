import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient, type Client } from "../src/demo/client.ts";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { digestOf } from "../src/providers/sandbox/index.ts";
import type { Sandbox } from "./support/app.ts";
import { createTestDatabase, type TestDatabase } from "./support/server.ts";

/** The program as `npm start` runs it, in a process of its own that can be killed. */
type Program = { readonly process: ChildProcess; readonly url: string; readonly output: () => string };

const guests = 20_000;
const listRoute = "GET /ext/api/v1/clients/";

let database: TestDatabase;
let sandbox: Sandbox;
let dataDirectory: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  database = await createTestDatabase();
  sandbox = await startIBonusSandbox({ guests });
  dataDirectory = await mkdtemp(join(tmpdir(), "guestgraph-restart-"));
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  await sandbox.close();
  await database.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const exited = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", resolve);
  });

const start = async (environment: Record<string, string> = {}): Promise<Program> => {
  const child = spawn(process.execPath, ["src/main.ts"], {
    env: {
      ...process.env,
      PORT: "0",
      DATABASE_URL: database.url,
      DATA_DIRECTORY: dataDirectory,
      ALLOWED_NETWORKS: "127.0.0.1",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const found = /"graphql":"([^"]+)"/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${output}`)));
  });
  return { process: child, url, output: () => output };
};

const adminKey = async (): Promise<string> => (await readFile(join(dataDirectory, "admin.key"), "utf8")).trim();

const connect = async (client: Client): Promise<{ runId: string; id: string }> => {
  const input = { credentials: { iBonus: sandbox.credentials }, requestsPerSecond: 1000 };
  const { connectIntegration } = await client.ask<{
    connectIntegration: { integration: { id: string }; syncRun: { id: string } };
  }>(
    `mutation ($input: ConnectIntegrationInput!) { connectIntegration(input: $input) {
      ... on Error { message } ... on ConnectIntegrationPayload { integration { id } syncRun { id } } } }`,
    { input },
  );
  return { id: connectIntegration.integration.id, runId: connectIntegration.syncRun.id };
};

type Run = { status: string; read: number; created: number; failed: number; errorMessage: string | null };

const readRun = async (client: Client, id: string): Promise<Run> => {
  const { node } = await client.ask<{ node: Run }>(
    `query ($id: ID!) { node(id: $id) { ... on SyncRun { status read created failed errorMessage } } }`,
    { id },
  );
  return node;
};

const rows = async <Row extends object>(sql: string): Promise<Row[]> => {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe("npm start", () => {
  it("after kill -9 in the middle of a sync, goes on from the checkpoint: every guest is there once", async () => {
    sandbox.setFaults({ kind: "latency", ms: 60, route: listRoute });
    const first = await start();
    const key = await adminKey();
    expect((await stat(join(dataDirectory, "admin.key"))).mode & 0o777).toBe(0o600);
    const client = createClient(first.url, key);
    const { runId } = await connect(client);
    await expect.poll(async () => (await readRun(client, runId)).read, { timeout: 30_000 }).toBeGreaterThan(0);
    const before = await readRun(client, runId);
    expect(before.read).toBeLessThan(guests);
    first.process.kill("SIGKILL");
    await exited(first.process);
    await client.close();
    const pagesBefore = sandbox.requests()[listRoute] ?? 0;

    const second = await start();
    expect(second.output()).not.toContain("A new account was made");
    const again = createClient(second.url, key);
    await expect.poll(async () => (await readRun(again, runId)).status, { timeout: 60_000 }).toBe("SUCCEEDED");
    expect(await readRun(again, runId)).toMatchObject({ read: guests, created: guests, failed: 0 });
    await again.close();
    second.process.kill("SIGTERM");
    expect(await exited(second.process)).toBe(0);

    const [counts] = await rows<{ all: number; distinct: number }>(
      `select count(*)::int as all, count(distinct external_id)::int as distinct from guest_profile`,
    );
    expect(counts).toEqual({ all: guests, distinct: guests });
    const stored = await rows<{ raw: unknown }>("select raw from guest_profile");
    expect(digestOf(stored.map(({ raw }) => raw))).toEqual(sandbox.digest("guests"));
    // What the first process had committed was not read again.
    const pagesAfter = (sandbox.requests()[listRoute] ?? 0) - pagesBefore;
    expect(pagesAfter).toBeLessThanOrEqual(guests / 1000 + 1 - before.read / 1000);
  }, 120_000);

  it("finishes what is under way when it is told to stop, and hands a sync over", async () => {
    sandbox.setFaults({ kind: "latency", ms: 60, route: listRoute });
    const first = await start();
    const key = await adminKey();
    const client = createClient(first.url, key);
    const { runId } = await connect(client);
    await expect.poll(async () => (await readRun(client, runId)).read, { timeout: 30_000 }).toBeGreaterThan(0);
    await client.close();
    first.process.kill("SIGINT");
    expect(await exited(first.process)).toBe(0);
    const [run] = await rows<{ status: string }>("select status from sync_run");
    expect(run?.status).toBe("QUEUED");

    const second = await start();
    const again = createClient(second.url, key);
    await expect.poll(async () => (await readRun(again, runId)).status, { timeout: 60_000 }).toBe("SUCCEEDED");
    expect(await readRun(again, runId)).toMatchObject({ read: guests, created: guests });
    await again.close();
  }, 120_000);

  it("makes an order UNKNOWN whose sender was killed before the answer came, and never sends it again", async () => {
    const first = await start();
    const key = await adminKey();
    const client = createClient(first.url, key);
    const { id, runId } = await connect(client);
    await expect.poll(async () => (await readRun(client, runId)).status, { timeout: 60_000 }).toBe("SUCCEEDED");
    const mutation = `mutation ($input: CreateOrderInput!) {
      createOrder(input: $input) { ... on Error { message } ... on OrderPayload { order { status error { code } } } } }`;
    const input = {
      integrationId: id,
      idempotencyKey: "till-1-0001",
      customer: {},
      lines: [{ name: "Tea", price: "100", quantity: "1" }],
      payments: [{ method: "CASH", amount: "100" }],
      fulfilment: { receipt: true },
    };
    sandbox.setFaults({ kind: "hang", route: "POST *", times: 1 });
    const lost = client.ask(mutation, { input }).catch(() => "lost");
    await expect.poll(() => sandbox.requests()["POST /ext/api/v1/fiscal/orders/"], { timeout: 10_000 }).toBe(1);
    first.process.kill("SIGKILL");
    expect(await lost).toBe("lost");
    await client.close();
    // As if its lease had run out by now: waiting for it would only take time.
    await rows(`update write_attempt set lease_until = now() - interval '1 second'`);

    const second = await start();
    const again = createClient(second.url, key);
    const ask = () => again.ask<{ createOrder: { order: { status: string } } }>(mutation, { input });
    await expect.poll(async () => (await ask()).createOrder.order.status, { timeout: 30_000 }).toBe("UNKNOWN");
    expect(sandbox.requests()["POST /ext/api/v1/fiscal/orders/"]).toBe(1);
    await again.close();
  }, 120_000);

  it("says in plain words what is wrong, all at once, and starts nothing", async () => {
    await expect(start({ PORT: "abc", MASTER_KEY: "short", LOG_LEVEL: "loud" })).rejects.toThrow(
      /PORT must be a whole number[^]*MASTER_KEY must be 32 random bytes[^]*LOG_LEVEL must be one of/,
    );
  });
});
