import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors.ts";
import { passingCodes, waitUntil } from "./waits.ts";

const now = new Date("2026-01-01T12:00:00Z");
const waited = (tries: number, random: number, error = new GatewayError("INTEGRATION_UNAVAILABLE")): number =>
  (waitUntil(error, tries, now, random).getTime() - now.getTime()) / 1_000;

describe("a wait", () => {
  it("doubles with every try, is spread, and has an end", () => {
    expect([1, 2, 3, 6].map((tries) => waited(tries, 1))).toEqual([2, 4, 8, 64]);
    expect(waited(0, 1)).toBe(2);
    expect(waited(1, 0)).toBe(1);
    expect(waited(60, 1)).toBe(300);
  });

  it("lasts as long as the vendor says, unless that is over", () => {
    const retryAt = new Date("2026-01-01T13:00:00Z");
    expect(waited(1, 0, new GatewayError("RATE_LIMIT_EXCEEDED", { retryAt }))).toBe(3_600);
    expect(waited(1, 0, new GatewayError("RATE_LIMIT_EXCEEDED", { retryAt: new Date(0) }))).toBe(1);
  });

  it("is for what can pass by itself", () => {
    expect(passingCodes.sort()).toEqual([
      "CONNECTION_FAILED",
      "EXTERNAL_SERVICE_ERROR",
      "INTEGRATION_TIMEOUT",
      "INTEGRATION_UNAVAILABLE",
      "RATE_LIMIT_EXCEEDED",
    ]);
  });
});
