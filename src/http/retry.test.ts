import { expect, it } from "vitest";
import { pauseBeforeRetry, readRetryAfter } from "./retry.ts";

const header = (value: string): Date | undefined => readRetryAfter({ "retry-after": value });

it("reads Retry-After in both its forms, and nothing else", () => {
  const before = Date.now();
  expect(header("120")?.getTime()).toBeGreaterThanOrEqual(before + 120_000);
  expect(header("Sun, 06 Nov 2095 08:49:37 GMT")).toEqual(new Date("2095-11-06T08:49:37Z"));
  for (const wrong of ["", "soon", "-1", "1.5", "Sun, 99 Nov 2095"]) expect(header(wrong)).toBeUndefined();
  expect(readRetryAfter({})).toBeUndefined();
});

it("pauses at random within bounds that double, and gives up after the fourth try", () => {
  const far = Date.now() + 60_000;
  for (const [tries, most] of [
    [1, 200],
    [2, 400],
    [3, 800],
  ] as const) {
    const pauses = Array.from({ length: 200 }, () => pauseBeforeRetry(tries, undefined, far) ?? Number.NaN);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pauses)).toBeLessThan(most);
    expect(Math.max(...pauses)).toBeGreaterThan(most / 2);
  }
  expect(pauseBeforeRetry(4, undefined, far)).toBeNull();
});

it("does not pause past the deadline", () => {
  const deadline = Date.now() + 1000;
  expect(pauseBeforeRetry(1, new Date(Date.now() + 5000), deadline)).toBeNull();
  expect(pauseBeforeRetry(1, new Date(Date.now() + 500), deadline)).toBeGreaterThan(0);
  expect(pauseBeforeRetry(1, new Date(0), deadline)).toBe(0);
});
