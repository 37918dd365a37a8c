import { expect, it } from "vitest";
import { WaitingLine } from "./waiting-line.ts";

const inOrder = (line: WaitingLine<string>): string[] =>
  Array.from({ length: line.length }, () => line.next() ?? "nobody");

it("serves first come first, people before syncs, and a sync at every fifth turn", () => {
  const line = new WaitingLine<string>();
  for (const n of [1, 2]) line.join("background", `sync ${n}`);
  for (const n of [1, 2, 3, 4, 5]) line.join("interactive", `person ${n}`);
  line.leave("person 2");
  line.leave("nobody");
  expect(inOrder(line)).toEqual(["person 1", "person 3", "person 4", "person 5", "sync 1", "sync 2"]);
  expect(line.next()).toBeUndefined();

  for (let n = 0; n < 12; n++) line.join("interactive", "person");
  for (let n = 0; n < 12; n++) line.join("background", "sync");
  expect(
    inOrder(line)
      .slice(0, 10)
      .filter((who) => who === "sync"),
  ).toHaveLength(2);
});
