import { afterEach, beforeEach, expect, it } from "vitest";
import type { ServerResponse } from "node:http";
import type { Http } from "./index.ts";
import { httpForTests, json, reading, startSystem, upstreamOf, type System } from "./test-support.ts";

let system: System;
let http: Http;
let waiting: ServerResponse[];
beforeEach(async () => {
  system = await startSystem();
  http = httpForTests();
  waiting = [];
  system.reply((_, response) => waiting.push(response));
});
afterEach(async () => {
  await http.close(0);
  await system.close();
});

const answerAll = (body: string): void => waiting.splice(0).forEach((response) => response.end(body));

it("makes one call for all who ask for the same at the same time, and parses for each", async () => {
  const upstream = upstreamOf(http);
  const calls = Array.from({ length: 10 }, (_, n) =>
    upstream.request({
      ...reading(system.url),
      lane: n % 2 === 0 ? "background" : "interactive",
      parse: (body) => [n, body],
    }),
  );
  await system.arrived(1);
  answerAll('"fine"');
  expect(await Promise.all(calls)).toEqual(calls.map((_, n) => [n, "fine"]));
  expect(system.requests).toHaveLength(1);
  expect(http.calls("one/1")).toEqual({ sent: 1, shared: 9 });

  const later = upstream.request(reading(system.url));
  await system.arrived(2);
  answerAll("1");
  expect(await later).toBe(1);
});

it("shares nothing that differs in path, query, body, header or integration", async () => {
  const one = reading(system.url);
  const calls = [
    upstreamOf(http).request(one),
    upstreamOf(http).request({ ...one, url: `${system.url}/x` }),
    upstreamOf(http).request({ ...one, query: { a: 1 } }),
    upstreamOf(http).request({ ...one, method: "POST", json: { a: 1 } }),
    upstreamOf(http).request({ ...one, headers: { authorization: "Bearer other" } }),
    upstreamOf(http, { key: "one/2" }).request(one),
  ];
  await system.arrived(6);
  answerAll("{}");
  await Promise.all(calls);
  expect(http.calls("one/1").shared).toBe(0);
});

it("goes on for the others when whoever came first leaves", async () => {
  const upstream = upstreamOf(http);
  const stop = new AbortController();
  const first = upstream.request({ ...reading(system.url), signal: stop.signal });
  const second = upstream.request(reading(system.url));
  await system.arrived(1);
  stop.abort("gone");
  await expect(first).rejects.toBe("gone");
  answerAll('"fine"');
  expect(await second).toBe("fine");
  expect(system.requests).toHaveLength(1);
});

it("is cancelled when the last one leaves, and nobody joins it then", async () => {
  const upstream = upstreamOf(http);
  const stop = new AbortController();
  const both = [1, 2].map(() => upstream.request({ ...reading(system.url), signal: stop.signal }));
  await system.arrived(1);
  const closed = new Promise((resolve) => waiting[0]?.on("close", resolve));
  stop.abort("gone");
  const next = upstream.request(reading(system.url));
  expect(await Promise.allSettled(both)).toMatchObject([{ reason: "gone" }, { reason: "gone" }]);
  await closed;
  await system.arrived(2);
  answerAll('"fine"');
  expect(await next).toBe("fine");
});

it("shares a failure with those who wait now, and with nobody later", async () => {
  const upstream = upstreamOf(http);
  const calls = Promise.allSettled([1, 2].map(() => upstream.request(reading(system.url))));
  await system.arrived(1);
  waiting.splice(0).forEach((response) => response.writeHead(404).end("{}"));
  expect(await calls).toMatchObject([
    { reason: { code: "REJECTED_BY_SYSTEM" } },
    { reason: { code: "REJECTED_BY_SYSTEM" } },
  ]);
  system.reply(json("fine"));
  expect(await upstream.request(reading(system.url))).toBe("fine");
});

it("keeps the parse error of one from the others", async () => {
  const upstream = upstreamOf(http);
  const parse = () => {
    throw new Error("not mine");
  };
  const calls = Promise.allSettled([
    upstream.request({ ...reading(system.url), parse }),
    upstream.request(reading(system.url)),
  ]);
  await system.arrived(1);
  answerAll("1");
  expect(await calls).toMatchObject([{ reason: { code: "EXTERNAL_SERVICE_ERROR" } }, { value: 1 }]);
});
