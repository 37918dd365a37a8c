import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { graphql } from "./graphql/index.ts";
import type { CreateOrderInput } from "./graphql/graphql.ts";
import { connectAndSync, startTestApp, type Sandbox, type TestApp } from "./support/app.ts";

const Guests = graphql(`
  query GuestsToServe {
    guests(first: 100) {
      edges {
        node {
          id
          phone
          balances {
            available {
              __typename
              ... on Money {
                amount
                currency
              }
              ... on Points {
                amount
              }
            }
          }
          coupons {
            id
          }
        }
      }
    }
  }
`);

const Create = graphql(`
  mutation Create($input: CreateOrderInput!) {
    createOrder(input: $input) {
      __typename
      ... on OrderPayload {
        order {
          id
          number
          status
          refundStatus
          total {
            amount
            currency
          }
          error {
            code
            message
          }
          spend {
            ... on Points {
              amount
            }
          }
          profile {
            id
          }
        }
      }
      ... on Error {
        code
        message
      }
      ... on InputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

const Refund = graphql(`
  mutation Refund($input: RefundOrderInput!) {
    refundOrder(input: $input) {
      __typename
      ... on OrderPayload {
        order {
          id
          status
          refundStatus
        }
      }
      ... on Error {
        code
      }
    }
  }
`);

const Settle = graphql(`
  mutation Settle($input: SettleOrderInput!) {
    settleOrder(input: $input) {
      __typename
      ... on OrderPayload {
        order {
          status
        }
      }
      ... on Error {
        code
      }
    }
  }
`);

let app: TestApp;
let sandbox: Sandbox;
let integrationId: string;

beforeAll(async () => {
  sandbox = await startIBonusSandbox({ guests: 100 });
  app = await startTestApp({ UPSTREAM_TIMEOUT_MS: "1500" });
  integrationId = await connectAndSync(app, sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const points = (balances: readonly ({ available: { __typename: string; amount?: string } } | null)[]): number =>
  Number(balances.find((balance) => balance?.available.__typename === "Points")?.available.amount ?? 0);

/** A guest with a phone, some points and a coupon. */
const someGuest = async () => {
  const { guests } = await app.data(Guests, {});
  const found = guests.edges.find(
    ({ node }) =>
      node.phone !== null && points(node.balances) >= 20 && node.coupons.length > 0 && node.balances.length === 2,
  );
  if (found === undefined) throw new Error("The sandbox has no such guest.");
  return found.node;
};

const order = (guestId: string, idempotencyKey: string, more: Partial<CreateOrderInput> = {}): CreateOrderInput => ({
  integrationId,
  idempotencyKey,
  customer: { guestId },
  lines: [{ name: "Капучино", price: "250.50", quantity: "2", unit: "PIECE", vatRate: "20" }],
  payments: [{ method: "CARD", amount: "400" }],
  fulfilment: { receipt: true },
  ...more,
});

const created = async (input: CreateOrderInput) => {
  const { createOrder } = await app.data(Create, { input });
  if (createOrder.__typename !== "OrderPayload") throw new Error(JSON.stringify(createOrder));
  return createOrder.order;
};

describe("an order at i-bonus", () => {
  it("spends points and burns a coupon, and a refund gives them back", async () => {
    const guest = await someGuest();
    const coupon = guest.coupons[0]?.id ?? "";
    const before = points(guest.balances);
    const made = await created(order(guest.id, "order-1", { loyalty: { spend: { points: "10" }, coupons: [coupon] } }));
    expect(made).toMatchObject({ status: "CONFIRMED", error: null, total: { amount: "501.00", currency: "RUB" } });
    expect(made.profile).not.toBeNull();
    const after = (await app.data(Guests, {})).guests.edges.find(({ node }) => node.id === guest.id)?.node;
    expect(points(after?.balances ?? [])).toBeCloseTo(before - 10);
    expect(after?.coupons.map((held) => held?.id)).not.toContain(coupon);
    expect(sandbox.orders()).toHaveLength(1);

    const refunded = await app.data(Refund, { input: { orderId: made.id, idempotencyKey: "refund-1" } });
    expect(refunded.refundOrder).toMatchObject({ order: { status: "CONFIRMED", refundStatus: "CONFIRMED" } });
    const again = (await app.data(Guests, {})).guests.edges.find(({ node }) => node.id === guest.id)?.node;
    expect(points(again?.balances ?? [])).toBeCloseTo(before);
    const twice = await app.data(Refund, { input: { orderId: made.id, idempotencyKey: "refund-2" } });
    expect(twice.refundOrder).toMatchObject({ __typename: "ConflictError" });
  });

  it("is sent once for a key, however often and however many at once it is asked for", async () => {
    const guest = await someGuest();
    const input = order(guest.id, "order-2");
    const answers = await Promise.all(Array.from({ length: 10 }, () => created(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await created(input)).status).toBe("CONFIRMED");
    expect(sandbox.orders()).toHaveLength(1);
    const { createOrder } = await app.data(Create, {
      input: { ...input, payments: [{ method: "CASH", amount: "1" }] },
    });
    expect(createOrder).toMatchObject({ __typename: "ConflictError", code: "IDEMPOTENCY_KEY_REUSED" });
    expect(sandbox.orders()).toHaveLength(1);
  });

  it("is UNKNOWN when the answer was lost, is never sent again, and a person settles it", async () => {
    const guest = await someGuest();
    sandbox.setFaults({ kind: "reset", when: "after", route: "POST *", times: 1 });
    const input = order(guest.id, "order-3");
    const made = await created(input);
    expect(made).toMatchObject({ status: "UNKNOWN", error: { code: "OUTCOME_UNKNOWN" } });
    expect((await created(input)).status).toBe("UNKNOWN");
    expect(sandbox.orders()).toHaveLength(1);
    const settled = await app.data(Settle, { input: { orderId: made.id, outcome: "CONFIRMED" } });
    expect(settled.settleOrder).toMatchObject({ order: { status: "CONFIRMED" } });
  });

  it("is REJECTED with the system's own words, and nothing is spent", async () => {
    const guest = await someGuest();
    const before = points(guest.balances);
    const made = await created(order(guest.id, "order-4", { loyalty: { spend: { points: "100000" } }, payments: [] }));
    expect(made.status).toBe("REJECTED");
    expect(made.error?.code).toBe("REJECTED_BY_SYSTEM");
    expect(made.error?.message).not.toBe("");
    const after = (await app.data(Guests, {})).guests.edges.find(({ node }) => node.id === guest.id)?.node;
    expect(points(after?.balances ?? [])).toBeCloseTo(before);
    expect(sandbox.orders()).toHaveLength(0);
  });

  it("is not sent at all when it is provably wrong: every problem is named", async () => {
    const guest = await someGuest();
    const input = order(guest.id, "order-5", {
      lines: [{ name: "", price: "-1", quantity: "0" }],
      payments: [{ method: "CARD", amount: "5" }],
      fulfilment: { delivery: { address: "Somewhere 1" } },
    });
    const { createOrder } = await app.data(Create, { input });
    if (createOrder.__typename !== "InputError") throw new Error(JSON.stringify(createOrder));
    expect(createOrder.fields.length).toBeGreaterThanOrEqual(3);
    expect(sandbox.orders()).toHaveLength(0);
  });
});
