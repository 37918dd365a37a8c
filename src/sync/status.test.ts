import { describe, expect, it } from "vitest";
import { isOver, mayMove, moves, statesBefore } from "./status.ts";

describe("the states of a run", () => {
  it("lead to an end, from which nothing leads on", () => {
    expect(Object.keys(moves).filter((status) => isOver(status as keyof typeof moves))).toEqual([
      "SUCCEEDED",
      "FAILED",
      "CANCELLED",
    ]);
    expect(statesBefore("SUCCEEDED")).toEqual(["RUNNING"]);
    expect(statesBefore("RUNNING")).toEqual(["QUEUED", "WAITING"]);
    expect(statesBefore("CANCELLED")).toEqual(["QUEUED", "RUNNING", "WAITING"]);
  });

  it("do not go back from the end, nor skip the work", () => {
    expect(mayMove("CANCELLED", "RUNNING")).toBe(false);
    expect(mayMove("QUEUED", "SUCCEEDED")).toBe(false);
    expect(mayMove("RUNNING", "QUEUED")).toBe(true);
  });
});
