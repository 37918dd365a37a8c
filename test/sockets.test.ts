import { once } from "node:events";
import { connect } from "node:net";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { connectAndSync, startTestApp, syncAgain, type Sandbox, type TestApp } from "./support/app.ts";

let app: TestApp;
let sandbox: Sandbox;
let integrationId: string;

beforeAll(async () => {
  sandbox = await startIBonusSandbox({ guests: 3000 });
  app = await startTestApp();
  integrationId = await connectAndSync(app, sandbox);
});
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const socketUrl = (): string => `${app.url.replace("http", "ws")}/graphql`;

/** A raw socket: what it was sent, and how it was closed. */
const open = async (protocol = "graphql-transport-ws") => {
  const socket = new WebSocket(socketUrl(), protocol);
  const messages: { type: string; id?: string; payload?: unknown }[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const waiting: (() => void)[] = [];
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    waiting.splice(0).forEach((wake) => wake());
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    send: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    closed,
    close: () => socket.close(),
    async received(type: string) {
      for (;;) {
        const found = messages.find((message) => message.type === type);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
};

const init = () => ({ type: "connection_init", payload: { apiKey: app.adminKey } });
const subscription = "subscription { syncProgress { cursor run { id status read } } }";
const subscribe = { type: "subscribe", id: "1", payload: { query: subscription } };

describe("graphql-transport-ws, over a raw socket", () => {
  it("4408: nobody says who they are", async () => expect((await open()).closed).resolves.toBe(4408));

  it("4403: a wrong key", async () => {
    const socket = await open();
    socket.send({ type: "connection_init", payload: { apiKey: "gg_wrong" } });
    expect(await socket.closed).toBe(4403);
  });

  it("4429: two greetings", async () => {
    const socket = await open();
    socket.send(init());
    await socket.received("connection_ack");
    socket.send(init());
    expect(await socket.closed).toBe(4429);
  });

  it("4401: subscribing before the greeting", async () => {
    const socket = await open();
    socket.send(subscribe);
    expect(await socket.closed).toBe(4401);
  });

  it("4400: rubbish", async () => {
    const socket = await open();
    socket.send("rubbish");
    expect(await socket.closed).toBe(4400);
  });

  it("4409: one id twice", async () => {
    const socket = await open();
    socket.send(init());
    await socket.received("connection_ack");
    socket.send(subscribe);
    socket.send(subscribe);
    expect(await socket.closed).toBe(4409);
  });

  it("4403: a key that was revoked since, at the next operation", async () => {
    const key = await app.newKey("READER");
    const socket = await open();
    socket.send({ type: "connection_init", payload: { apiKey: key } });
    await socket.received("connection_ack");
    const { prisma } = app.services.database;
    await prisma.apiKey.updateMany({ where: { prefix: key.slice(0, 10) }, data: { revokedAt: new Date() } });
    // Keys are remembered for a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    socket.send(subscribe);
    expect(await socket.closed).toBe(4403);
  });

  it("404: an upgrade anywhere else, also of a path that is no URL", async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write("GET // HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toContain("404");
    socket.destroy();
  });

  it("refuses another protocol", async () => expect(open("mqtt")).rejects.toThrow("subprotocol"));

  it("answers a ping", async () => {
    const socket = await open();
    socket.send({ type: "ping" });
    expect(await socket.received("pong")).toMatchObject({ type: "pong" });
    socket.close();
  });

  it("ends an operation whose document is wrong with its errors, not the socket", async () => {
    const socket = await open();
    socket.send(init());
    await socket.received("connection_ack");
    socket.send({ type: "subscribe", id: "a", payload: { query: "subscription {" } });
    expect(await socket.received("error")).toMatchObject({ id: "a" });
    socket.send({ type: "subscribe", id: "b", payload: { query: "{ viewer { role } }" } });
    expect(await socket.received("next")).toMatchObject({ id: "b", payload: { data: { viewer: { role: "ADMIN" } } } });
    socket.close();
  });
});

type Progress = { syncProgress: { cursor: string; run: { id: string; status: string; read: number } } };

const query = `subscription ($id: ID, $after: String) {
  syncProgress(integrationId: $id, after: $after) { cursor run { id status read } }
}`;

/** Follows until `ended` says so; gives all that was told. `begun` is called at the first message. */
const until = async (
  messages: AsyncIterable<{ data?: Progress | null }>,
  ended: (told: Progress["syncProgress"][]) => boolean,
  begun = (): void => undefined,
) => {
  const told: Progress["syncProgress"][] = [];
  for await (const { data } of messages) {
    if (data == null) continue;
    if (told.push(data.syncProgress) === 1) begun();
    if (ended(told)) break;
  }
  return told;
};

const lastRunEnded = (told: Progress["syncProgress"][]): boolean =>
  told.at(-1)?.run.id !== told[0]?.run.id && told.at(-1)?.run.status === "SUCCEEDED";

const socketClient = () =>
  createSocketClient({
    url: socketUrl(),
    webSocketImpl: WebSocket,
    connectionParams: { apiKey: app.adminKey },
    retryAttempts: 0,
  });

describe("a sync, watched", () => {
  it("tells the present state first and then every change, over graphql-ws", async () => {
    const client = socketClient();
    const begun = Promise.withResolvers<void>();
    const watching = until(
      client.iterate<Progress>({ query, variables: { id: integrationId } }) as never,
      lastRunEnded,
      begun.resolve,
    );
    await begun.promise;
    await syncAgain(app, integrationId);
    const told = await watching;
    await client.dispose();
    expect(told[0]?.run.status).toBe("SUCCEEDED");
    const changes = told.slice(1).map(({ run }) => run);
    expect(changes.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1])).toEqual([
      "QUEUED",
      "RUNNING",
      "SUCCEEDED",
    ]);
    expect(changes.at(-1)?.read).toBe(3000);
    expect(changes.every(({ read }, index) => index === 0 || read >= (changes[index - 1]?.read ?? 0))).toBe(true);
  });

  it("goes on from a cursor over a new connection, over graphql-sse, and misses nothing", async () => {
    const first = socketClient();
    const before = await until(
      first.iterate<Progress>({ query, variables: { id: integrationId } }) as never,
      () => true,
    );
    await first.dispose();
    const run = await syncAgain(app, integrationId);
    const client = createSseClient({
      url: `${app.url}/graphql`,
      headers: () => ({ authorization: `Bearer ${app.adminKey}` }),
      retryAttempts: 0,
    });
    const variables = { id: integrationId, after: before.at(-1)?.cursor ?? null };
    const told = await until(
      client.iterate<Progress>({ query, variables }) as never,
      (all) => all.at(-1)?.run.status === "SUCCEEDED",
    );
    client.dispose();
    expect(new Set(told.map(({ run: { id } }) => id))).toEqual(new Set([run.id]));
    expect(told[0]?.run.status).toBe("QUEUED");
    expect(told.at(-1)?.run).toMatchObject({ status: "SUCCEEDED", read: 3000 });
  });

  it("makes its loaders anew for every event: what a message shows is of its own moment", async () => {
    const client = socketClient();
    const fresh = `subscription ($id: ID) { syncProgress(integrationId: $id) { run { status integration { lastSyncAt } } } }`;
    const seen: (string | null)[] = [];
    const begun = Promise.withResolvers<void>();
    const watching = (async () => {
      let queued = 0;
      for await (const { data } of client.iterate<{
        syncProgress: { run: { status: string; integration: { lastSyncAt: string | null } } };
      }>({ query: fresh, variables: { id: integrationId } })) {
        const run = data?.syncProgress.run;
        if (run === undefined) continue;
        begun.resolve();
        if (run.status === "QUEUED") queued += 1;
        if (run.status === "SUCCEEDED") seen.push(run.integration.lastSyncAt);
        if (run.status === "SUCCEEDED" && queued > 0) return;
      }
    })();
    await begun.promise;
    await syncAgain(app, integrationId);
    await watching;
    await client.dispose();
    expect(seen).toHaveLength(2);
    expect(seen[1]).not.toBe(seen[0]);
  });

  it("refuses a cursor that is none, coded", async () => {
    const client = socketClient();
    const told: unknown[] = [];
    for await (const message of client.iterate({ query, variables: { after: "rubbish" } })) told.push(message);
    await client.dispose();
    expect(told).toMatchObject([{ errors: [{ extensions: { code: "BAD_INPUT" } }] }]);
  });
});
