import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { describe, expect, it } from "vitest";
import { normalisePhone } from "./phones.ts";

describe("phones", () => {
  it.each([
    ["79123456789", "RU", "+79123456789"],
    ["8 (912) 345-67-89", "RU", "+79123456789"],
    ["+7 912 345 67 89", "RU", "+79123456789"],
    ["9123456789", "RU", "+79123456789"],
    ["+7 (912) 345-67-89", "US", "+79123456789"],
    ["8 495 123-45-67", "RU", "+74951234567"],
    ["+44 20 7946 0958", "RU", "+442079460958"],
    ["12025550123", "RU", "+12025550123"],
    ["(202) 555-0123", "US", "+12025550123"],
    ["9123456789", "US", "+19123456789"],
    ["123", "RU", null],
    ["", "RU", null],
    ["нет", "RU", null],
    ["79123456789", "??", "+79123456789"],
    ["9".repeat(10_000), "RU", null],
  ])("%j in %s is %j", (asGiven, country, expected) => {
    expect(normalisePhone(asGiven, country)).toBe(expected);
  });

  it("come out as the library has them, also by the quick way", () => {
    const digits = fc.stringMatching(/^9\d{9}$/);
    const spelling = fc.constantFrom(
      (n: string) => `7${n}`,
      (n: string) => `8${n}`,
      (n: string) => `+7${n}`,
      (n: string) => n,
      (n: string) => `8 (${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6, 8)}-${n.slice(8)}`,
      (n: string) => `+7 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6, 8)} ${n.slice(8)}`,
    );
    fc.assert(
      fc.property(
        digits,
        spelling,
        fc.constantFrom("RU" as const, "KZ" as const, "US" as const),
        (n, spell, country) => {
          const number = parsePhoneNumberFromString(spell(n), country);
          if (number?.isValid() !== true) return;
          expect(normalisePhone(spell(n), country)).toBe(number.number);
        },
      ),
    );
  });

  it("never make a number of what the library refuses in every reading", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const normal = normalisePhone(text, "RU");
        if (normal !== null) expect(parsePhoneNumberFromString(normal)?.isValid()).toBe(true);
      }),
    );
  });
});
