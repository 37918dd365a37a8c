import { describe, expect, it } from "vitest";
import type { GuestRecord } from "../contract/index.ts";
import { prepareGuest } from "./prepare.ts";

const integrationId = "0191c1f0-0000-7000-8000-000000000001";
const nobody: GuestRecord = {
  name: null,
  phones: [],
  emails: [],
  cards: [],
  birthDate: null,
  language: null,
  avatarUrl: null,
  purchases: null,
  reviews: null,
  customFields: null,
  sourceCreatedAt: null,
  sourceUpdatedAt: null,
};
const prepare = (guest: Partial<GuestRecord>, raw: unknown = {}, externalId = "1") =>
  prepareGuest(integrationId, "RU", { externalId, guest: { ...nobody, ...guest }, raw });
const purchases = { total: null, paid: null, averageBill: null, spentTotal: null, spentPaid: null, currency: "RUB" };

describe("preparing a guest", () => {
  it("takes the first number that is one, and keeps the spelling of what is none", () => {
    expect(prepare({ phones: ["нет", "8 912 345 67 89", "+79123456789"] })).toMatchObject({
      phone: "+79123456789",
      further: [],
    });
    expect(prepare({ phones: ["добавочный 5"] }).copyText).toContain("добавочный 5");
  });

  it("gives equal digests to equal things only", () => {
    const { digest } = prepare({ name: "A" }, { a: 1 });
    expect(prepare({ name: "A" }, { a: 1 }).digest).toBe(digest);
    expect(prepare({ name: "A" }, { a: 2 }).digest).not.toBe(digest);
    expect(prepare({ name: "B" }, { a: 1 }).digest).not.toBe(digest);
    expect(prepare({ name: "A", cards: ["1"] }, { a: 1 }).digest).not.toBe(digest);
  });

  it.each<[string, Partial<GuestRecord>]>([
    ["a day that no calendar has", { birthDate: "2026-02-30" }],
    ["a date that is none", { birthDate: "31.12.1990" }],
    ["half a purchase", { purchases: { ...purchases, total: 1.5 } }],
    ["a number beyond 32 bits", { reviews: { positive: 3e9, neutral: null, negative: null } }],
    ["an amount that is none", { purchases: { ...purchases, spentTotal: "много" } }],
    ["an amount beyond the column", { purchases: { ...purchases, spentTotal: "1e20" } }],
    ["a currency that is none", { purchases: { ...purchases, currency: "руб." } }],
    ["a time that is none", { sourceUpdatedAt: new Date(NaN) }],
  ])("refuses %s", (_, guest) => {
    expect(() => prepare(guest)).toThrow(/cannot be stored/);
  });

  it("refuses an id that is none", () => {
    expect(() => prepare({}, {}, "")).toThrow(/cannot be stored/);
    expect(() => prepare({}, {}, "x".repeat(501))).toThrow(/cannot be stored/);
  });
});
