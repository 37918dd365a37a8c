import { describe, expect, it } from "vitest";
import { externalIdOf, readError, toBalance, toCoupon, toGuest, vendorBalances, vendorCoupons } from "./mapping.ts";
import balance from "./fixtures/balance.json" with { type: "json" };
import clients from "./fixtures/clients.json" with { type: "json" };
import coupons from "./fixtures/coupons.json" with { type: "json" };
import error from "./fixtures/error.json" with { type: "json" };

const client = { ...clients[0] };

describe("a client", () => {
  it("of the vendor's guide becomes a guest", () => {
    expect(externalIdOf(client)).toBe("1234567");
    expect(toGuest(client)).toEqual({
      name: "Client First",
      phones: ["7912345678"],
      emails: ["test@test.ru"],
      cards: [],
      birthDate: null,
      language: null,
      avatarUrl: "https://test.com/image/123.jpg",
      purchases: {
        total: 2,
        paid: 1,
        averageBill: "100.5",
        spentTotal: "1234.4",
        spentPaid: "123.5",
        currency: "RUB",
      },
      reviews: { positive: 1, neutral: 0, negative: 2 },
      customFields: null,
      sourceCreatedAt: null,
      sourceUpdatedAt: null,
    });
  });

  it("with nothing but an id is a guest of whom nothing is known", () => {
    expect(toGuest({ id: 7 })).toMatchObject({
      name: null,
      phones: [],
      emails: [],
      purchases: null,
      reviews: null,
    });
    expect(toGuest({ id: 7, phone: "", email: "  " })).toMatchObject({ phones: [], emails: [] });
  });

  it("may have its phone as a number and its amounts as text", () => {
    const guest = toGuest({ id: 7, phone: 79123456789, averageBill: "10.10", totalPurchasesAmount: 1e-7 });
    expect(guest.phones).toEqual(["79123456789"]);
    expect(guest.purchases).toMatchObject({ averageBill: "10.10", spentTotal: "0.0000001", total: null });
  });

  it.each([null, {}, { id: null }, { id: "" }, { id: 1.5 }])("without an id fails: %j", (raw) => {
    expect(() => externalIdOf(raw)).toThrow();
    expect(() => toGuest(raw)).toThrow();
  });

  it("with a field of another kind fails", () => {
    expect(() => toGuest({ id: 7, name: { first: "A" } })).toThrow();
    expect(() => toGuest({ id: 7, averageBill: "much" })).toThrow();
  });
});

describe("a coupon", () => {
  it("of the vendor's guide keeps its tokens and its end", () => {
    expect(vendorCoupons.parse(coupons).map(toCoupon)).toEqual([
      {
        id: "123",
        title: "Internal title",
        header: "Заголовок",
        subHeader: "Подзаголовок",
        shortDescription: "Короткое описание",
        longDescription: "Длинное описание",
        expiresAt: new Date("2019-10-18T14:20:00.000Z"),
        token: "12345667890abcdef",
        shareToken: "12345667890abcdef",
        merchantToken: "123456",
        merchantShareToken: "654321",
      },
    ]);
  });

  it("may lack everything but its id", () => {
    expect(toCoupon({ id: 5 })).toMatchObject({ id: "5", header: null, expiresAt: null, token: null });
    expect(toCoupon({ id: 5, expireDate: 1e20 }).expiresAt).toBeNull();
  });

  it("has plain text where the vendor has HTML", () => {
    const { shortDescription, longDescription } = toCoupon({
      id: 5,
      shortDescription: "Один <b>капучино</b> &mdash; в&nbsp;подарок",
      longDescription: "<p>Раз</p><ul><li>два</li></ul><script>alert(1)</script>",
    });
    expect(shortDescription).toBe("Один капучино — в подарок");
    expect(longDescription).toBe("Раз\n\n• два");
  });
});

describe("a balance", () => {
  it("of the vendor's guide is points and roubles", () => {
    expect(vendorBalances.parse(balance).map(toBalance)).toEqual([
      { id: "points", name: null, available: { kind: "points", amount: "1234.56" } },
      { id: "rubles", name: null, available: { kind: "money", amount: "4321.06", currency: "RUB" } },
    ]);
  });

  it("in a currency that the guide does not have is kept, and is money only if it is a currency of ISO 4217", () => {
    expect(toBalance({ amount: 5, currency: "KZT" })).toEqual({
      id: "KZT",
      name: null,
      available: { kind: "money", amount: "5", currency: "KZT" },
    });
    expect(toBalance({ amount: 5, currency: "stars" })).toEqual({
      id: "stars",
      name: "stars",
      available: { kind: "points", amount: "5" },
    });
  });

  it("without an amount is none", () => {
    expect(toBalance({ amount: null, currency: "points" })).toBeNull();
    expect(toBalance({ amount: 0, currency: "points" })?.available.amount).toBe("0");
  });
});

describe("an error body", () => {
  const answer = { status: 404, headers: {} };

  it("gives the vendor's own words", () => {
    expect(readError({ ...answer, body: error })).toEqual({ message: "Video with id=1 is not found." });
    expect(readError({ ...answer, body: { error: "Not Found", message: "" } })).toEqual({ message: "Not Found" });
  });

  it.each(["<html>502</html>", null, [], { message: 7 }, undefined])("of another form gives none: %j", (body) => {
    expect(readError({ ...answer, body })).toEqual({ message: undefined });
  });
});
