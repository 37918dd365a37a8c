import fc from "fast-check";
import { expect, it } from "vitest";
import { normalisePhone } from "../../guests/phones.ts";
import { createPeople, spellName, spellPhone } from "./people.ts";

const seeds = fc.integer({ min: 0, max: 999_999_999 });
const indexes = fc.integer({ min: 0, max: 10_000_000 });

it("finds everybody by phone and by e-mail, without a list", () => {
  fc.assert(
    fc.property(seeds, indexes, (seed, index) => {
      const people = createPeople(seed);
      const { phone, email } = people.at(index);
      expect(people.phoneAt(index)).toBe(phone);
      expect(people.indexOfPhone(phone.slice(1))).toBe(index);
      expect(people.indexOfEmail(email)).toBe(index);
    }),
  );
});

it("gives nobody the phone or the e-mail of another", () => {
  const people = createPeople(7);
  const all = Array.from({ length: 20_000 }, (_, index) => people.at(index));
  expect(new Set(all.map(({ phone }) => phone)).size).toBe(all.length);
  expect(new Set(all.map(({ email }) => email)).size).toBe(all.length);
});

it("knows nobody by what is nobody's", () => {
  const people = createPeople(1);
  expect(people.indexOfPhone("74951234567")).toBeNull();
  expect(people.indexOfPhone("")).toBeNull();
  expect(people.indexOfEmail("nobody@example.com")).toBeNull();
  expect(people.indexOfEmail(people.at(5).email.replace("example", "elsewhere"))).toBeNull();
});

it("has the same people for the same seed", () => {
  expect(createPeople(3).at(12_345)).toEqual(createPeople(3).at(12_345));
  expect(createPeople(3).at(12_345)).not.toEqual(createPeople(4).at(12_345));
});

it("has phones that are valid in every spelling", () => {
  const people = createPeople(1);
  for (let index = 0; index < 200; index++) {
    const phone = people.phoneAt(index);
    for (const spelling of ["e164", "digits", "trunk", "national", "typed"] as const) {
      expect(normalisePhone(spellPhone(phone, spelling), "RU")).toBe(phone);
    }
  }
});

it("spells names in several ways", () => {
  const person = { given: "Наталья", family: "Щукина", phone: "", email: "" };
  const spellings = ["given family", "family given", "given", "latin", "capitals"] as const;
  expect(spellings.map((spelling) => spellName(person, spelling))).toEqual([
    "Наталья Щукина",
    "Щукина Наталья",
    "Наталья",
    "Natalya Shchukina",
    "НАТАЛЬЯ ЩУКИНА",
  ]);
});
