import { describe, expect, it } from "vitest";
import { money, points, type OrderRequest } from "../../contract/index.ts";
import { checkOrder, toRefund, toSale } from "./order.ts";
import example from "./fixtures/order.json" with { type: "json" };

const order: OrderRequest = {
  number: "12345678",
  customer: { phone: "791234567890", email: "test@test.com" },
  currency: "RUB",
  lines: [{ productId: null, name: "Капучино", price: "10", quantity: "1", unit: "PIECE", vatRate: "20" }],
  payments: [
    { method: "CARD", amount: "20" },
    { method: "CASH", amount: "10" },
  ],
  spend: points("10"),
  coupons: ["1", "2"],
  fulfilment: { kind: "receipt" },
};

describe("a sale", () => {
  it("is sent as in the vendor's guide", () => {
    expect(toSale(order)).toEqual(example);
    expect(checkOrder(order)).toEqual([]);
  });

  it("leaves out what is not there", () => {
    const bare = toSale({
      ...order,
      customer: { phone: null, email: null },
      payments: [],
      spend: null,
      coupons: [],
      lines: [{ productId: "A-1", name: "Ham", price: "99.90", quantity: "0.125", unit: "KILOGRAM", vatRate: null }],
    });
    expect(bare).toEqual({
      order: {
        receiptType: "sale",
        externalId: "12345678",
        items: [{ Id: "A-1", name: "Ham", price: 99.9, quantity: 0.125, unit: "kg" }],
      },
    });
  });

  it.each([
    ["PIECE", "piece"],
    ["KILOGRAM", "kg"],
    ["GRAM", "g"],
    ["LITRE", "L"],
    ["MILLILITRE", "ml"],
  ] as const)("measures %s in %s", (unit, vendorUnit) => {
    const line = { productId: null, name: "x", price: "1", quantity: "1", unit, vatRate: null };
    expect(toSale({ ...order, lines: [line] }).order.items[0]?.unit).toBe(vendorUnit);
  });

  it("spends roubles as rubles", () => {
    expect(toSale({ ...order, spend: money("10.50", "RUB") })).toMatchObject({ amount: 10.5, currency: "rubles" });
  });

  it("adds payments of one kind exactly", () => {
    const payments = ["0.1", "0.2"].map((amount) => ({ method: "CARD", amount }) as const);
    expect(toSale({ ...order, payments }).order).toMatchObject({ amountCard: 0.3 });
  });

  it("gives the phone in digits", () => {
    const { customerPhone } = toSale({ ...order, customer: { phone: "+7 (912) 345-67-89", email: null } }).order;
    expect(customerPhone).toBe("79123456789");
  });
});

it("a refund names the sale and charges nothing", () => {
  expect(toRefund(order)).toEqual({ order: { ...example.order, receiptType: "refund" } });
});

describe("before anything is sent it is told", () => {
  const pathsOf = (change: Partial<OrderRequest>): string[] =>
    checkOrder({ ...order, ...change }).map(({ path }) => path.join("."));

  it.each<[string, Partial<OrderRequest>, string[]]>([
    ["that nobody is named whose points are spent", { customer: { phone: null, email: null } }, ["customer"]],
    ["that a phone without digits names nobody", { customer: { phone: "+", email: null } }, ["customer"]],
    ["that it counts in roubles", { currency: "EUR" }, ["currency"]],
    ["that the money to spend is roubles", { spend: money("1", "EUR") }, ["loyalty.spend.money"]],
    [
      "that it serves no tables",
      { fulfilment: { kind: "table", venueId: null, table: "5", partySize: null } },
      ["fulfilment"],
    ],
    [
      "that coupons have numbers",
      { coupons: ["1", "x", "1e3", "99999999999999999999"] },
      [1, 2, 3].map((i) => `loyalty.coupons.${i}`),
    ],
    ["that digits would be lost", { spend: points("12345678901234567.89") }, ["loyalty.spend.points"]],
  ])("%s", (_, change, paths) => {
    expect(pathsOf(change)).toEqual(paths);
  });

  it("nothing, of a receipt of somebody unknown who spends nothing", () => {
    expect(pathsOf({ customer: { phone: null, email: null }, spend: null, coupons: [] })).toEqual([]);
  });
});
