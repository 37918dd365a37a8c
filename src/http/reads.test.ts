import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { GatewayError, textIn, type ErrorCode } from "../errors.ts";
import {
  cut,
  half,
  hang,
  httpForTests,
  json,
  page,
  reading,
  startSystem,
  text,
  upstreamOf,
  type System,
} from "./test-support.ts";
import type { Http } from "./index.ts";

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

const failureOf = async (promise: Promise<unknown>): Promise<GatewayError> => {
  const error = await promise.then(
    () => new Error("It did not fail."),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GatewayError)) throw error;
  expect(textIn(error, "ru")).toMatch(/[а-яё]/i);
  return error;
};

it("sends what is asked for and gives what parse makes of it", async () => {
  system.reply(json({ items: [1, 2] }));
  const answer = await upstreamOf(http).request({
    ...reading(`${system.url}/a b/ё`),
    method: "POST",
    query: { phone: "7912%", page: 2, none: undefined },
    headers: { authorization: "Bearer abc" },
    json: { name: "Анна" },
    parse: (body) => z.object({ items: z.array(z.number()) }).parse(body).items.length,
  });
  expect(answer).toBe(2);
  expect(system.requests).toMatchObject([
    {
      method: "POST",
      url: "/a%20b/%D1%91?phone=7912%25&page=2",
      body: '{"name":"Анна"}',
      headers: { authorization: "Bearer abc", "content-type": "application/json" },
    },
  ]);
  expect(system.requests[0]?.headers["user-agent"]).toMatch(/^guestgraph\/\d+\.\d+\.\d+$/);
});

it.each<[string, Parameters<System["reply"]>[0]]>([
  ["a cut connection", cut],
  ["half a body", half],
  ["429", json({}, 429)],
  ["500", json({}, 500)],
  ["502", page(502)],
  ["503", json({}, 503)],
  ["504", json({}, 504)],
])("tries again after %s", async (_, failure) => {
  system.reply(failure, failure, json("fine"));
  expect(await upstreamOf(http).request(reading(system.url))).toBe("fine");
  expect(system.requests).toHaveLength(3);
  expect(http.calls("one/1")).toEqual({ sent: 3, shared: 0 });
});

it.each<[string, Parameters<System["reply"]>[0], ErrorCode, number, RegExp]>([
  ["a cut connection", cut, "CONNECTION_FAILED", 4, /closed the connection without an answer/],
  ["half a body", half, "EXTERNAL_SERVICE_ERROR", 4, /in the middle/],
  ["400", json({}, 400), "REJECTED_BY_SYSTEM", 1, /refused/],
  ["401", json({}, 401), "INVALID_CREDENTIALS", 1, /credentials/],
  ["403", json({}, 403), "INVALID_CREDENTIALS", 1, /credentials/],
  ["403 from a firewall", page(403), "REJECTED_BY_SYSTEM", 1, /firewall/],
  ["404", json({}, 404), "REJECTED_BY_SYSTEM", 1, /refused/],
  ["404 with a page", page(404), "REJECTED_BY_SYSTEM", 1, /HTML page instead of JSON \(status 404\)/],
  ["429", json({}, 429), "RATE_LIMIT_EXCEEDED", 4, /limit/],
  ["500", json({}, 500), "EXTERNAL_SERVICE_ERROR", 4, /error/],
  ["501", json({}, 501), "EXTERNAL_SERVICE_ERROR", 1, /error/],
  ["503", json({}, 503), "INTEGRATION_UNAVAILABLE", 4, /unavailable/],
  ["a page", page(), "EXTERNAL_SERVICE_ERROR", 1, /HTML page instead of JSON \(status 200\); is the address right\?/],
  ["no JSON", text("ok"), "EXTERNAL_SERVICE_ERROR", 1, /not valid JSON/],
  ["nothing", text(""), "EXTERNAL_SERVICE_ERROR", 1, /nothing where JSON/],
  [
    "a redirect",
    text("", 302, { location: "https://else.where:8443/x?token=abc" }),
    "EXTERNAL_SERVICE_ERROR",
    1,
    /\(to https:\/\/else\.where:8443\)/,
  ],
])("gives up on %s with its code and a sentence", async (_, reply, code, tries, sentence) => {
  system.reply(reply);
  const error = await failureOf(upstreamOf(http).request(reading(system.url)));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(sentence);
  expect(system.requests).toHaveLength(tries);
});

it("says which part of an answer is not what it should be", async () => {
  system.reply(json([{ amount: "much" }]));
  const parse = (body: unknown) => z.array(z.object({ amount: z.number() })).parse(body);
  const error = await failureOf(upstreamOf(http).request({ ...reading(system.url), parse }));
  expect(error.code).toBe("EXTERNAL_SERVICE_ERROR");
  expect(error.message).toContain("(0.amount: ");
});

it("lets a provider find an error in an answer of 200", async () => {
  const parse = () => {
    throw new GatewayError("REJECTED_BY_SYSTEM", { providerMessage: "No such card" });
  };
  const error = await failureOf(upstreamOf(http).request({ ...reading(system.url), parse }));
  expect(error).toMatchObject({ code: "REJECTED_BY_SYSTEM", details: { providerMessage: "No such card" } });
});

it("passes on the vendor's words, status and request id, but no secret that the vendor repeats", async () => {
  system.reply(
    json({ error: "The key s3cret-key of login:pa55word is not known", code: "E7" }, 401, { "x-request-id": "r-1" }),
  );
  const basic = Buffer.from("login:pa55word").toString("base64");
  const readError = ({ body }: { body: unknown }) => {
    const { error, code } = z.object({ error: z.string(), code: z.string() }).parse(body);
    return { message: error, code };
  };
  const headers = { authorization: `Basic ${basic}`, "x-api-key": "s3cret-key" };
  const error = await failureOf(upstreamOf(http, { readError }).request({ ...reading(system.url), headers }));
  expect(error.details).toMatchObject({
    providerMessage: "E7: The key [hidden] of login:[hidden] is not known",
    providerStatus: 401,
    providerRequestId: "r-1",
  });
});

it("survives a provider that cannot read the error", async () => {
  system.reply(text("Oops", 500));
  const readError = () => {
    throw new Error("unreadable");
  };
  expect((await failureOf(upstreamOf(http, { readError }).request(reading(system.url)))).code).toBe(
    "EXTERNAL_SERVICE_ERROR",
  );
});

it("waits as long as Retry-After says", async () => {
  system.reply(json({}, 429, { "retry-after": "1" }), json("fine"));
  expect(await upstreamOf(http).request(reading(system.url))).toBe("fine");
  const [first, second] = system.requests;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
});

it.each([
  [429, "RATE_LIMIT_EXCEEDED"],
  [503, "INTEGRATION_UNAVAILABLE"],
])("does not wait for a Retry-After of %i that is past the deadline, and says when", async (status, code) => {
  const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
  system.reply(json({}, status, { "retry-after": date.toUTCString() }));
  const error = await failureOf(upstreamOf(http).request(reading(system.url)));
  expect(error).toMatchObject({ code, details: { retryAt: date } });
  expect(system.requests).toHaveLength(1);
});

it("does not wait for ever", async () => {
  system.reply(hang);
  const error = await failureOf(upstreamOf(http).request({ ...reading(system.url), timeoutMs: 1000 }));
  expect(error.code).toBe("INTEGRATION_TIMEOUT");
  await system.arrived(1);
});

it("does not wait for ever for the rest of a body", async () => {
  system.reply((_, response) => response.writeHead(200, { "content-length": "100" }).write("{"));
  const error = await failureOf(upstreamOf(http).request({ ...reading(system.url), timeoutMs: 1000 }));
  expect(error.code).toBe("INTEGRATION_TIMEOUT");
});

it("stops at a signal, before, in a line, on the wire and between two tries", async () => {
  const upstream = upstreamOf(http, { concurrency: 1 });
  await expect(upstream.request({ ...reading(system.url), signal: AbortSignal.abort("never") })).rejects.toBe("never");
  expect(system.requests).toHaveLength(0);

  system.reply(hang);
  const [onWire, inLine] = [new AbortController(), new AbortController()];
  const first = upstream.request({ ...reading(`${system.url}/1`), signal: onWire.signal });
  await system.arrived(1);
  const second = upstream.request({ ...reading(`${system.url}/2`), signal: inLine.signal });
  inLine.abort("in line");
  await expect(second).rejects.toBe("in line");
  onWire.abort("on the wire");
  await expect(first).rejects.toBe("on the wire");

  system.reply(json({}, 503, { "retry-after": "5" }));
  const pausing = new AbortController();
  const third = upstream.request({ ...reading(`${system.url}/3`), signal: pausing.signal });
  await system.arrived(2);
  setTimeout(() => pausing.abort("between"), 20);
  await expect(third).rejects.toBe("between");

  // The one slot is free again after all that.
  system.reply(json("fine"));
  expect(await upstream.request(reading(`${system.url}/4`))).toBe("fine");
});

it("takes no answer that is too big, whether its length is told or not", async () => {
  const small = httpForTests({ maxBodyBytes: 1000 });
  const big = JSON.stringify("x".repeat(2000));
  for (const reply of [
    text(big),
    (_: unknown, response: import("node:http").ServerResponse) => void response.write(big.slice(0, 1500)),
  ]) {
    system.reply(reply);
    const error = await failureOf(upstreamOf(small).request(reading(system.url)));
    expect(error).toMatchObject({ code: "EXTERNAL_SERVICE_ERROR", message: expect.stringContaining("bigger") });
  }
  expect(system.requests).toHaveLength(2);
  await small.close(0);
});

it("tells that nobody is there, and keeps trying a little", async () => {
  await system.close();
  const error = await failureOf(upstreamOf(http).request(reading(system.url)));
  expect(error).toMatchObject({ code: "CONNECTION_FAILED", message: expect.stringContaining("nothing listens") });
  expect(http.calls("one/1").sent).toBe(4);
  system = await startSystem();
});

it("tells that a name does not exist", async () => {
  const named = httpForTests({
    lookup: (_, __, answer) => answer(Object.assign(new Error("no"), { code: "ENOTFOUND" }), ""),
  });
  const error = await failureOf(upstreamOf(named).request(reading("http://crm.example/")));
  expect(error).toMatchObject({ code: "CONNECTION_FAILED", message: expect.stringContaining("no host of that name") });
  await named.close(0);
});

it("tells that the other side does not speak TLS, and does not insist", async () => {
  const plain = createServer((socket) => socket.end("220 smtp ready\r\n"));
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  const error = await failureOf(upstreamOf(http).request(reading(url)));
  expect(error).toMatchObject({ code: "CONNECTION_FAILED", message: expect.stringContaining("secure connection") });
  expect(http.calls("one/1").sent).toBe(1);
  plain.close();
});

it("tells that credentials cannot be sent, without telling them", async () => {
  const error = await failureOf(upstreamOf(http).request({ ...reading(system.url), headers: { "x-api-key": "ключ" } }));
  expect(error.code).toBe("INVALID_CREDENTIALS");
  expect(`${error.stack} ${String(error.cause)}`).not.toContain("ключ");
});

it("keeps the concurrency of an integration, and no other's", async () => {
  const waiting: (() => void)[] = [];
  system.reply((_, response) => waiting.push(() => response.end("{}")));
  const calls = Array.from({ length: 5 }, (_, n) =>
    upstreamOf(http, { concurrency: 2 }).request(reading(`${system.url}/${n}`)),
  );
  await system.arrived(2);
  const other = upstreamOf(http, { key: "two/1" }).request(reading(system.url));
  await system.arrived(3);
  expect(waiting).toHaveLength(3);
  while (waiting.length > 0 || system.requests.length < 6) {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all([...calls, other]);
});

it("logs failures without query and headers", async () => {
  const lines: unknown[] = [];
  const logging = httpForTests({ log: { debug: (line: unknown) => void lines.push(line) } });
  system.reply(json({}, 400));
  const request = {
    ...reading(`${system.url}/clients`),
    query: { phone: "79120000000" },
    headers: { authorization: "Bearer abc" },
  };
  await failureOf(upstreamOf(logging).request(request));
  expect(lines).toEqual([
    { request: `GET ${system.url}/clients`, code: "REJECTED_BY_SYSTEM", status: 400, tries: 1, again: false },
  ]);
  await logging.close(0);
});

it("drains: calls under way finish, new ones are refused", async () => {
  let finish = (): unknown => undefined;
  system.reply((_, response) => (finish = () => response.end('"done"')));
  const upstream = upstreamOf(http);
  const underWay = upstream.request(reading(system.url));
  await system.arrived(1);
  const closed = http.close();
  expect((await failureOf(upstream.request(reading(system.url)))).code).toBe("INTEGRATION_UNAVAILABLE");
  finish();
  expect(await underWay).toBe("done");
  await closed;
});

it("cuts what does not finish in time when it closes", async () => {
  system.reply(hang);
  const underWay = failureOf(upstreamOf(http).request(reading(system.url)));
  await system.arrived(1);
  await http.close(10);
  expect((await underWay).code).toBe("INTEGRATION_UNAVAILABLE");
});

it("lets go of an idle integration, and takes it up again", async () => {
  const brief = httpForTests({ idleMs: 10 });
  const upstream = upstreamOf(brief);
  await upstream.request(reading(system.url));
  expect(brief.calls("one/1").sent).toBe(1);
  while (brief.calls("one/1").sent === 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await upstream.request(reading(system.url));
  await brief.close(0);
});
