import { expect, it } from "vitest";
import { httpForTests, reading, startSystem, upstreamOf } from "./test-support.ts";
import { currentTraceparent, runInTrace } from "./trace.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const callers = `00-${traceId}-00f067aa0ba902b7-01`;

it("continues the caller's trace, with a span of its own for each call", async () => {
  const system = await startSystem();
  const http = httpForTests();
  await runInTrace(callers, async () => {
    await upstreamOf(http).request(reading(system.url));
    await upstreamOf(http).request(reading(system.url));
  });
  await upstreamOf(http).request(reading(system.url));
  const sent = system.requests.map(({ headers }) => headers["traceparent"]);
  expect(sent[0]).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(sent[1]).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(new Set([callers, ...sent]).size).toBe(4);
  expect(sent[2]).toBeUndefined();
  await http.close(0);
  await system.close();
});

it.each([
  undefined,
  "",
  "nonsense",
  `ff-${traceId}-00f067aa0ba902b7-01`,
  `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
  `00-${traceId}-${"0".repeat(16)}-01`,
  `${callers}-more`,
  `${callers}\r\nx: y`,
])("starts a new trace instead of %j", (given) => {
  const [first, second] = runInTrace(given, () => [currentTraceparent(), currentTraceparent()]);
  expect(first).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  expect(first?.slice(0, 35)).toBe(second?.slice(0, 35));
  expect(first).not.toContain(traceId);
});

it("understands later versions of the format", () => {
  expect(runInTrace(`01-${traceId}-00f067aa0ba902b7-01-extra`, currentTraceparent)).toContain(traceId);
});
