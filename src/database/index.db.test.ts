import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, execute, type TestDatabase } from "../../test/support/server.ts";
import { type Database, openDatabase } from "./index.ts";

describe("the database", () => {
  let place: TestDatabase;
  let database: Database;
  const messages: string[] = [];
  const log = (message: string): void => void messages.push(message);

  beforeAll(async () => {
    place = await createTestDatabase();
    // A server in another zone: the sessions must be in UTC all the same.
    await execute(
      place.url,
      `ALTER DATABASE ${new URL(place.url).pathname.slice(1)} SET timezone = 'Asia/Vladivostok'`,
    );
    database = await openDatabase({ url: place.url, poolSize: 4, applicationName: "guestgraph test", log });
    await database.pool.query("CREATE TABLE note (words text)");
  });
  afterAll(async () => {
    await database.close();
    await place.drop();
  });
  const notes = async (): Promise<string[]> =>
    (await database.pool.query<{ words: string }>("SELECT words FROM note ORDER BY words")).rows.map(
      ({ words }) => words,
    );

  it("reads whole numbers as numbers, wall time as text and money as a decimal string", async () => {
    const { rows } = await database.pool.query(
      `SELECT count(*) + 9007199254740990 AS whole, timestamp '2026-11-27 19:30' AS wall, date '2026-11-27' AS day,
         1.10::numeric AS money, timestamptz '2026-11-27 19:30+03' AS instant FROM (VALUES (1)) AS one`,
    );
    expect(rows).toEqual([
      {
        whole: 9007199254740991,
        wall: "2026-11-27T19:30:00",
        day: "2026-11-27",
        money: "1.10",
        instant: new Date("2026-11-27T16:30:00Z"),
      },
    ]);
    await expect(database.pool.query("SELECT 9007199254740993")).rejects.toThrow("too large for a JavaScript number");
  });

  it("gives Prisma the same pool, in UTC", async () => {
    const [row] = await database.prisma.$queryRaw<unknown[]>`
      SELECT current_setting('application_name') AS name, current_setting('timezone') AS zone,
        timestamptz '2026-11-27 19:30+03' AS instant, ${new Date("2026-11-27T16:30:00Z")}::timestamptz AS sent`;
    const instant = new Date("2026-11-27T16:30:00Z");
    expect(row).toEqual({ name: "guestgraph test", zone: "UTC", instant, sent: instant });
  });

  it("commits what returned and rolls back what threw", async () => {
    expect(
      await database.transaction(async (client) => {
        await client.query("INSERT INTO note VALUES ('kept')");
        return "done";
      }),
    ).toBe("done");
    const failing = database.transaction(async (client) => {
      await client.query("INSERT INTO note VALUES ('lost')");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await notes()).toEqual(["kept"]);
  });

  it("does not pass off a failed transaction as a committed one", async () => {
    const silent = database.transaction(async (client) => {
      await client.query("INSERT INTO note VALUES ('lost too')");
      await client.query("SELECT 1/0").catch(() => undefined);
    });
    await expect(silent).rejects.toThrow("was rolled back");
    expect(await notes()).not.toContain("lost too");
  });

  it("outlives a connection that breaks in a transaction", async () => {
    const broken = database.transaction((client) => client.query("SELECT pg_terminate_backend(pg_backend_pid())"));
    await expect(broken).rejects.toThrow("terminating connection");
    expect(await database.transaction(async (client) => (await client.query("SELECT 1 AS one")).rows)).toEqual([
      { one: 1 },
    ]);
  });

  it("hears a channel, and again after its connection broke", async () => {
    const heard: string[] = [];
    const states: boolean[] = [];
    const listener = await database.listen(
      'wake "up"',
      (payload) => heard.push(payload),
      (connected) => states.push(connected),
    );
    const notify = (payload: string) => database.pool.query("SELECT pg_notify($1, $2)", ['wake "up"', payload]);
    await notify("one");
    await vi.waitFor(() => expect(heard).toEqual(["one"]));
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    await vi.waitFor(() => expect(states).toEqual([true, false, true]), { timeout: 5_000 });
    await notify("two");
    await vi.waitFor(() => expect(heard).toEqual(["one", "two"]));
    await listener.close();
    await notify("three");
    await sleep(50);
    expect(heard).toEqual(["one", "two"]);
    expect(states).toEqual([true, false, true]);
  });

  it.each([
    ["nothing listens there", "postgresql://user:hidden@127.0.0.1:1/guests", "127.0.0.1:1/guests"],
    ["name is not known", "postgresql://user:hidden@nowhere.invalid/guests", "nowhere.invalid:5432/guests"],
  ])("says where it could not connect, that %s, and never the password", async (reason, url, where) => {
    const error: unknown = await openDatabase({ url, poolSize: 1, applicationName: "test", log }).catch(
      (e: unknown) => e,
    );
    expect(String(error)).toContain(`No connection to PostgreSQL at ${where}: `);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain("hidden");
  });

  it("names a database that does not exist", async () => {
    const other = new URL(place.url);
    other.pathname = "/no_such_database";
    await expect(openDatabase({ url: other.href, poolSize: 1, applicationName: "test", log })).rejects.toThrow(
      /\/no_such_database: there is no such database/,
    );
  });
});
