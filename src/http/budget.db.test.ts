import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/support/server.ts";
import { httpForTests, reading, startSystem, upstreamOf } from "./test-support.ts";

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("holds over two processes: together they never exceed the limit", async () => {
  const system = await startSystem();
  const processes = [httpForTests({ pool }), httpForTests({ pool })];
  const limit = 40;
  const started = performance.now();
  const calls = processes.flatMap((http, process) =>
    Array.from({ length: 30 }, (_, n) =>
      upstreamOf(http, { key: "both/1", concurrency: 100, requestsPerSecond: limit }).request(
        reading(`${system.url}/${process}/${n}`),
      ),
    ),
  );
  await Promise.all(calls);

  // Ten a window of 250 ms, whoever sends them: the sixtieth is in the sixth, at the earliest. Apart they would need three.
  expect(performance.now() - started).toBeGreaterThan(1240);
  expect(system.requests).toHaveLength(60);
  const from = (process: number) => system.requests.filter(({ url }) => url.startsWith(`/${process}/`)).length;
  expect([from(0), from(1)]).toEqual([30, 30]);
  const { rows } = await pool.query("select key from upstream_budget");
  expect(rows).toEqual([{ key: "both/1" }]);

  await Promise.all(processes.map((http) => http.close(0)));
  await system.close();
});

it("asks the database for blocks, not for calls", async () => {
  const system = await startSystem();
  let queries = 0;
  const counting = new Proxy(pool, {
    get: (target, name) => (name === "query" ? (queries++, target.query.bind(target)) : Reflect.get(target, name)),
  });
  const http = httpForTests({ pool: counting });
  const upstream = upstreamOf(http, { key: "fast/1", requestsPerSecond: 1_000_000 });
  const started = performance.now();
  await Promise.all(Array.from({ length: 400 }, (_, n) => upstream.request(reading(`${system.url}/${n}`))));
  const windows = Math.ceil((performance.now() - started) / 250) + 1;
  expect(queries).toBeGreaterThan(0);
  expect(queries).toBeLessThanOrEqual(windows);
  await http.close(0);
  await system.close();
});

it("goes on by itself while the database does not answer", async () => {
  const system = await startSystem();
  const gone = new pg.Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
  const http = httpForTests({ pool: gone });
  await upstreamOf(http, { key: "alone/1" }).request(reading(system.url));
  expect(system.requests).toHaveLength(1);
  await http.close(0);
  await gone.end();
  await system.close();
});
