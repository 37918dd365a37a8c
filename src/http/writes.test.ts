import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { GatewayError, type ErrorCode } from "../errors.ts";
import type { Http } from "./index.ts";
import {
  cut,
  half,
  hang,
  httpForTests,
  json,
  page,
  startSystem,
  text,
  upstreamOf,
  writing,
  type System,
} from "./test-support.ts";

let system: System;
let http: Http;
beforeEach(async () => {
  system = await startSystem();
  http = httpForTests();
});
afterEach(async () => {
  await http.close(0);
  await system.close();
});

const codeOf = (promise: Promise<unknown>): Promise<ErrorCode | "done"> =>
  promise.then(
    () => "done",
    (error: unknown) => {
      if (error instanceof GatewayError) return error.code;
      throw error;
    },
  );

it.each<[string, Parameters<System["reply"]>[0], ErrorCode]>([
  ["a cut connection", cut, "OUTCOME_UNKNOWN"],
  ["half a body", half, "OUTCOME_UNKNOWN"],
  ["200 with a page", page(), "OUTCOME_UNKNOWN"],
  ["200 with no JSON", text("ok"), "OUTCOME_UNKNOWN"],
  ["303", text("", 303, { location: "/done" }), "OUTCOME_UNKNOWN"],
  ["400", json({}, 400), "REJECTED_BY_SYSTEM"],
  ["401", json({}, 401), "INVALID_CREDENTIALS"],
  ["404", json({}, 404), "REJECTED_BY_SYSTEM"],
  ["408", json({}, 408), "OUTCOME_UNKNOWN"],
  ["409", json({}, 409), "REJECTED_BY_SYSTEM"],
  ["429", json({}, 429, { "retry-after": "0" }), "RATE_LIMIT_EXCEEDED"],
  ["500", json({ error: "x" }, 500), "OUTCOME_UNKNOWN"],
  ["502", page(502), "OUTCOME_UNKNOWN"],
  ["503", json({}, 503, { "retry-after": "0" }), "OUTCOME_UNKNOWN"],
])("sends a write once and meets %s", async (_, reply, code) => {
  system.reply(reply);
  expect(await codeOf(upstreamOf(http).request(writing(system.url)))).toBe(code);
  expect(system.requests).toHaveLength(1);
  expect(http.calls("one/1").sent).toBe(1);
});

it("does not look at the answer where none is expected", async () => {
  system.reply(text("OK"));
  expect(await codeOf(upstreamOf(http).request({ ...writing(system.url), expects: "none" }))).toBe("done");
});

it("does not know what came of a write whose answer does not come, or is not waited for", async () => {
  system.reply(hang);
  expect(await codeOf(upstreamOf(http).request({ ...writing(system.url), timeoutMs: 1000 }))).toBe("OUTCOME_UNKNOWN");

  const stop = new AbortController();
  const call = codeOf(upstreamOf(http).request({ ...writing(system.url), signal: stop.signal }));
  await system.arrived(2);
  stop.abort();
  expect(await call).toBe("OUTCOME_UNKNOWN");
  expect(system.requests).toHaveLength(2);
});

it("does not know what came of a write whose answer cannot be read", async () => {
  system.reply(json({ id: 7 }));
  const parse = (body: unknown) => z.object({ id: z.string() }).parse(body);
  expect(await codeOf(upstreamOf(http).request({ ...writing(system.url), parse }))).toBe("OUTCOME_UNKNOWN");
});

it("sends again what never left", async () => {
  let refusals = 2;
  const flaky = httpForTests({
    lookup: (_, options, answer) =>
      refusals-- > 0
        ? answer(Object.assign(new Error("not now"), { code: "EAI_AGAIN" }), "")
        : options.all === true
          ? answer(null, [{ address: "127.0.0.1", family: 4 }])
          : answer(null, "127.0.0.1", 4),
  });
  const url = system.url.replace("127.0.0.1", "till.example");
  expect(await codeOf(upstreamOf(flaky).request(writing(url)))).toBe("done");
  expect(system.requests).toHaveLength(1);
  expect(flaky.calls("one/1").sent).toBe(3);
  await flaky.close(0);
});

it("knows that a write did not happen when nobody was there, or when it never got its turn", async () => {
  system.reply(hang);
  const upstream = upstreamOf(http, { concurrency: 1 });
  const stop = new AbortController();
  const first = codeOf(upstream.request({ ...writing(system.url), signal: stop.signal }));
  await system.arrived(1);
  expect(await codeOf(upstream.request({ ...writing(system.url), timeoutMs: 20 }))).toBe("RATE_LIMIT_EXCEEDED");
  stop.abort();
  await first;
  await system.close();
  expect(await codeOf(upstreamOf(http).request(writing(system.url)))).toBe("CONNECTION_FAILED");
  expect(system.requests).toHaveLength(1);
  system = await startSystem();
});

it("never sends a write that was given up before there was a connection", async () => {
  let connect = (): void => undefined;
  const slow = httpForTests({
    lookup: (_, __, answer) => (connect = () => answer(null, [{ address: "127.0.0.1", family: 4 }])),
  });
  const url = system.url.replace("127.0.0.1", "till.example");
  expect(await codeOf(upstreamOf(slow).request({ ...writing(url), timeoutMs: 30 }))).toBe("CONNECTION_FAILED");
  connect();
  await slow.close();
  expect(system.requests).toHaveLength(0);
});

it("never shares writes, and gives each a connection of its own", async () => {
  const ports = new Set<number | undefined>();
  system.reply((request, response) => {
    ports.add(request.socket.remotePort);
    response.end("{}");
  });
  const upstream = upstreamOf(http);
  await Promise.all([1, 2, 3].map(() => upstream.request(writing(system.url))));
  await upstream.request(writing(system.url));
  expect(system.requests).toHaveLength(4);
  expect(ports.size).toBe(4);
});
