import { expect, it } from "vitest";
import { createBudgets, type Budget } from "./budget.ts";
import { httpForTests, reading, startSystem, upstreamOf } from "./test-support.ts";

const spend = (budget: Budget, deadline = Date.now() + 60_000): Promise<void> =>
  budget.take()
    ? Promise.resolve()
    : new Promise((resolve, reject) => budget.wait("interactive", deadline, resolve, reject));

it("lets no more through in a window than the limit allows, in the order of coming", async () => {
  const budget = createBudgets(null)("key", 40);
  const order: number[] = [];
  const started = performance.now();
  await Promise.all(Array.from({ length: 25 }, (_, n) => spend(budget).then(() => order.push(n))));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  // Ten a window of 250 ms: the last is in the third, at the earliest.
  expect(performance.now() - started).toBeGreaterThan(490);
});

it("keeps limits below one a second", async () => {
  const budget = createBudgets(null)("key", 0.1);
  await spend(budget);
  const tooLate = spend(budget, Date.now() + 5000);
  await expect(tooLate).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED", details: { retryAt: expect.any(Date) } });
  await expect(spend(budget, Date.now() + 5000)).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
});

it("makes a call wait, and lets it go at a signal or when the wait is too long", async () => {
  const system = await startSystem();
  const http = httpForTests();
  const upstream = upstreamOf(http, { requestsPerSecond: 0.5 });
  await upstream.request(reading(system.url));
  const stop = new AbortController();
  const call = upstream.request({ ...reading(system.url), signal: stop.signal });
  setTimeout(() => stop.abort("enough"), 20);
  await expect(call).rejects.toBe("enough");
  const late = upstream.request({ ...reading(system.url), timeoutMs: 500 });
  await expect(late).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED", details: { retryAt: expect.any(Date) } });
  expect(system.requests).toHaveLength(1);
  // A higher limit takes hold at once.
  await upstreamOf(http, { requestsPerSecond: 1000 }).request(reading(system.url));
  expect(system.requests).toHaveLength(2);
  await http.close(0);
  await system.close();
});
