import { describe, expect, it } from "vitest";
import { compatibleNames, searchName, wordsOf } from "./names.ts";

describe("names", () => {
  it("are searched in one form", () => {
    expect(searchName("  Фёдор\u00a0 ЁЖИКОВ ")).toBe("федор ежиков");
    expect(searchName("ﬁona")).toBe("fiona");
    expect(searchName(null)).toBe("");
  });

  it("are cut, without half a character at the end", () => {
    const cut = searchName("😀".repeat(150) + "x");
    expect(cut.length).toBe(200);
    expect(searchName("a" + "😀".repeat(150)).isWellFormed()).toBe(true);
  });

  it("fall into words at spaces and punctuation", () => {
    expect(wordsOf("Анна-Мария O'Neil (VIP)")).toEqual(["анна", "мария", "o", "neil", "vip"]);
  });

  it.each([
    ["иван петров", "петров иван", true],
    ["иван", "иван петров", true],
    ["иван-петр", "иван", true],
    ["", "иван", true],
    ["иван петров", "анна петрова", false],
    ["иван петров", "иван сидоров", false],
  ])("%j and %j may be one person's: %j", (a, b, may) => {
    expect(compatibleNames(a, b)).toBe(may);
    expect(compatibleNames(b, a)).toBe(may);
  });
});
