import { describe, expect, it } from "vitest";
import { canonicalDecimal, fractionDigits, totalOfLines } from "./amounts.ts";
import { hashOfCreate } from "./body-hash.ts";
import { checkOrder } from "./check.ts";
import { newNumber } from "./number.ts";
import type { CreateOrder } from "./order.ts";

const line = { productId: null, name: "Tea", price: "100", quantity: "1", unit: "PIECE", vatRate: null } as const;

const order = (changes: Partial<CreateOrder> = {}): CreateOrder => ({
  integrationId: "01900000-0000-7000-8000-000000000001",
  idempotencyKey: "key",
  customer: { phone: "79120000001", email: "guest@example.com" },
  currency: "RUB",
  lines: [line],
  payments: [],
  loyalty: { spend: null, coupons: [] },
  fulfilment: { kind: "receipt" },
  ...changes,
});

const paths = (changes: Partial<CreateOrder>): string[] =>
  checkOrder(order(changes)).problems.map(({ path }) => path.join("."));

describe("the check of an order", () => {
  it("finds nothing wrong with a good one", () => {
    expect(paths({})).toEqual([]);
    expect(paths({ lines: [{ ...line, price: "0" }], number: "A-1" })).toEqual([]);
    expect(
      paths({
        payments: [
          { method: "CASH", amount: "60" },
          { method: "CARD", amount: "40.00" },
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ["price", "-1"],
    ["price", "1e3"],
    ["price", " 1"],
    ["price", "1.00001"],
    ["price", "12345678901"],
    ["quantity", "0"],
    ["quantity", "0.0"],
    ["quantity", "NaN"],
    ["quantity", "1.1234567"],
    ["vatRate", "100.5"],
  ])("refuses a %s of %j", (field, value) => {
    const { problems, decimalsAreGood } = checkOrder(order({ lines: [line, { ...line, [field]: value }] }));
    expect(problems.map(({ path }) => path)).toEqual([["lines", "1", field]]);
    expect(decimalsAreGood).toBe(false);
  });

  it("refuses an order without lines", () => expect(paths({ lines: [] })).toEqual(["lines"]));

  it("refuses to be paid more than it costs, bonus money included", () => {
    expect(paths({ payments: [{ method: "CARD", amount: "100.01" }] })).toEqual(["payments"]);
    const spend = { kind: "money", amount: "1", currency: "RUB" } as const;
    const loyalty = { spend, coupons: [] };
    expect(paths({ payments: [{ method: "CARD", amount: "100" }], loyalty })).toEqual(["loyalty.spend.money"]);
    expect(paths({ payments: [{ method: "CARD", amount: "99" }], loyalty })).toEqual([]);
  });

  it("refuses a total that cannot be stored", () => {
    const dear = { ...line, price: "9999999999", quantity: "99999" };
    expect(paths({ lines: [dear, dear] })).toEqual(["lines"]);
  });

  it("never adds points to money", () => {
    const loyalty = { spend: { kind: "points", amount: "5000" } as const, coupons: [] };
    expect(paths({ payments: [{ method: "CARD", amount: "100" }], loyalty })).toEqual([]);
  });

  it.each(["", " ", "x".repeat(256), "a\u0000b", "\ud800"])("refuses the idempotency key %j", (idempotencyKey) => {
    expect(paths({ idempotencyKey })).toEqual(["idempotencyKey"]);
  });

  it("refuses a coupon that is named twice", () => {
    expect(paths({ loyalty: { spend: null, coupons: ["1", "2", "1"] } })).toEqual(["loyalty.coupons.2"]);
  });
});

describe("amounts", () => {
  it("round each line to the currency's smallest unit", () => {
    const lines = [
      { price: "0.1", quantity: "3" },
      { price: "10.99", quantity: "0.335" },
    ];
    expect(totalOfLines(lines, "RUB").toFixed()).toBe("3.98");
    expect(totalOfLines(lines, "JPY").toFixed()).toBe("4");
    expect([fractionDigits("RUB"), fractionDigits("JPY"), fractionDigits("KWD")]).toEqual([2, 0, 3]);
  });

  it("are exact where binary fractions are not", () => {
    const cents = Array.from({ length: 10 }, () => ({ price: "9999999999.99", quantity: "99999" }));
    expect(totalOfLines(cents, "RUB").toFixed()).toBe("9999899999990000.1");
  });

  it("have one canonical spelling", () => {
    expect(["10.0", "010", "10", "-0"].map(canonicalDecimal)).toEqual(["10", "10", "10", "0"]);
    expect(canonicalDecimal("ten")).toBe("ten");
  });
});

describe("the body's hash", () => {
  const hash = (changes: Partial<CreateOrder>): string => hashOfCreate(order(changes)).toString("hex");

  it("is the same for the same wish, however it is spelled", () => {
    const { unit, ...rest } = line;
    expect(hash({ lines: [{ unit, ...rest, price: "100.00", quantity: "1.0" }], number: null })).toBe(hash({}));
    expect(hash({ idempotencyKey: "other" })).toBe(hash({}));
  });

  it("differs for another wish", () => {
    const wishes: Partial<CreateOrder>[] = [
      {},
      { number: "1" },
      { currency: "KZT" },
      { customer: { phone: "+79120000001", email: "guest@example.com" } },
      { lines: [line, line] },
      { payments: [{ method: "CASH", amount: "1" }] },
      { loyalty: { spend: { kind: "points", amount: "1" }, coupons: [] } },
      { loyalty: { spend: { kind: "money", amount: "1", currency: "RUB" }, coupons: [] } },
      { loyalty: { spend: null, coupons: ["1"] } },
      { fulfilment: { kind: "table", venueId: null, table: "1", partySize: null } },
    ];
    expect(new Set(wishes.map(hash)).size).toBe(wishes.length);
  });
});

describe("a new number", () => {
  it("is short, and hardly ever the same", () => {
    const numbers = Array.from({ length: 1000 }, newNumber);
    expect(numbers.every((number) => /^[0-9A-HJKMNP-TV-Z]{10}$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(1000);
  });
});
