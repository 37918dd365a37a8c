import { once } from "node:events";
import { pino } from "pino";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/support/server.ts";
import type { Capability, Orders as ProviderOrders, OrderProblem, OrderRequest } from "../contract/index.ts";
import { type Database, openDatabase } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import type { Actor, Open, OpenIntegration } from "../integrations/index.ts";
import { createOrders, orderFromPayload, type CreateOrder, type Orders } from "./index.ts";

/** A connected system that notes what it is sent, and does what the test says. */
const createFakeSystem = () => {
  const created: OrderRequest[] = [];
  const refunded: OrderRequest[] = [];
  const system = {
    created,
    refunded,
    answer: async (): Promise<{ state: "confirmed" | "accepted"; vendorId: string | null }> => ({
      state: "confirmed",
      vendorId: null,
    }),
    problems: [] as OrderProblem[],
    paused: false,
    capabilities: ["CREATE_ORDER", "REFUND_ORDER", "SPEND_POINTS", "REDEEM_COUPONS"] as Capability[],
  };
  const orders: ProviderOrders = {
    honoursOurKey: false,
    check: () => system.problems,
    create: (order) => {
      created.push(order);
      return system.answer();
    },
    refund: (order) => {
      refunded.push(order);
      return system.answer();
    },
  };
  return { ...system, system, orders };
};

const never = () => new Promise<never>(() => undefined);

let place: TestDatabase;
let database: Database;
const lines: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  place = await createTestDatabase();
  database = await openDatabase({ url: place.url, poolSize: 8, applicationName: "guestgraph test" });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

let actor: Actor;
let stranger: Actor;
let integrationId: string;
let fake: ReturnType<typeof createFakeSystem>;
let open: Open;
let orders: Orders;

const newAccount = async (): Promise<Actor> => {
  const accountId = v7();
  await database.pool.query("insert into account (id, name, sealed_data_key) values ($1, 'Test', '')", [accountId]);
  return { accountId, actor: "key:test" };
};

beforeEach(async () => {
  lines.length = 0;
  actor = await newAccount();
  stranger = await newAccount();
  integrationId = v7();
  fake = createFakeSystem();
  open = async (accountId, id) => {
    if (accountId !== actor.accountId || id !== integrationId) throw new GatewayError("INTEGRATION_NOT_FOUND");
    if (fake.system.paused) throw new GatewayError("INTEGRATION_DISABLED");
    const { capabilities } = fake.system;
    const connection = capabilities.length === 0 ? {} : { orders: fake.orders };
    return {
      id,
      accountId,
      name: "Fake",
      connection: { ...connection, streams: {} },
      defaultCountry: "RU",
      generation: 1,
      capabilities,
    } as unknown as OpenIntegration;
  };
  orders = createOrders({ database, open, log });
});

const order = (changes: Partial<CreateOrder> = {}): CreateOrder => ({
  integrationId,
  idempotencyKey: "key-1",
  customer: { phone: "+7 912 000-00-01", email: null },
  currency: "RUB",
  lines: [{ productId: null, name: "Cappuccino", price: "250.00", quantity: "2", unit: "PIECE", vatRate: "20" }],
  payments: [{ method: "CARD", amount: "400" }],
  loyalty: { spend: { kind: "points", amount: "100" }, coupons: ["7"] },
  fulfilment: { kind: "receipt" },
  ...changes,
});

const events = async () =>
  (
    await database.pool.query("select kind, subject_id, payload from event where account_id = $1 order by number", [
      actor.accountId,
    ])
  ).rows;
const count = async (table: string): Promise<number> =>
  (await database.pool.query(`select count(*) as count from ${table} where account_id = $1`, [actor.accountId])).rows[0]
    .count;
const attempts = async () =>
  (await database.pool.query("select * from write_attempt where account_id = $1 order by id", [actor.accountId])).rows;
/** As if the process that sent, or was about to, had died long ago. */
const expireLeases = () =>
  database.pool.query("update write_attempt set lease_until = now() - interval '1 second' where account_id = $1", [
    actor.accountId,
  ]);
const failure = (run: Promise<unknown>): Promise<GatewayError> =>
  run.then(
    () => Promise.reject(new Error("It should have failed.")),
    (error: unknown) => {
      if (error instanceof GatewayError) return error;
      throw error;
    },
  );

describe("an order", () => {
  it("is journalled, sent once and confirmed; every step is told and audited", async () => {
    const made = await orders.create(actor, order());
    expect(made).toMatchObject({
      integrationId,
      status: "CONFIRMED",
      refundStatus: null,
      total: { kind: "money", amount: "500.00", currency: "RUB" },
      customer: { phone: "+7 912 000-00-01", email: null },
      loyalty: { spend: { kind: "points", amount: "100" }, coupons: ["7"] },
      errorCode: null,
    });
    expect(made.number).toMatch(/^[0-9A-Z]{10}$/);
    expect(fake.created).toEqual([
      {
        number: made.number,
        customer: { phone: "+7 912 000-00-01", email: null },
        currency: "RUB",
        lines: order().lines,
        payments: order().payments,
        spend: { kind: "points", amount: "100" },
        coupons: ["7"],
        fulfilment: { kind: "receipt" },
      },
    ]);
    const [attempt] = await attempts();
    expect(attempt).toMatchObject({ status: "APPLIED", operation: "order.create", subject_id: made.id });
    expect(attempt?.sent_at).toBeInstanceOf(Date);
    const told = await events();
    expect(told.map(({ kind, subject_id, payload }) => [kind, subject_id, payload.status])).toEqual([
      ["order.changed", made.id, "PENDING"],
      ["order.changed", made.id, "CONFIRMED"],
    ]);
    expect(orderFromPayload(told[1]?.payload)).toEqual(made);
    expect(await orders.byIds(actor.accountId, [made.id, "no uuid"])).toEqual([made]);
    const audit = await database.pool.query("select * from audit_entry where account_id = $1", [actor.accountId]);
    expect(audit.rows).toMatchObject([
      { actor: "key:test", action: "order.create", details: { orderId: made.id, number: made.number } },
    ]);
    expect(lines.join("")).toContain(made.id);
    expect(lines.join("")).not.toMatch(/912|Cappuccino/);
  });

  it("keeps a delivery in its own words", async () => {
    const fulfilment = {
      kind: "delivery",
      venueId: null,
      address: "Lenina 1",
      dueAt: new Date("2026-12-31T18:00:00Z"),
      comment: null,
    } as const;
    const made = await orders.create(actor, order({ fulfilment }));
    expect(made.fulfilment).toEqual(fulfilment);
    expect(fake.created[0]?.fulfilment).toEqual(fulfilment);
  });

  it("stays PENDING when the system takes it for later, and its id there is kept", async () => {
    fake.system.answer = async () => ({ state: "accepted", vendorId: "v-1" });
    expect(await orders.create(actor, order())).toMatchObject({ status: "PENDING", errorCode: null });
    expect(await attempts()).toMatchObject([{ status: "APPLIED" }]);
    const { rows } = await database.pool.query(`select vendor_id from "order" where account_id = $1`, [
      actor.accountId,
    ]);
    expect(rows).toEqual([{ vendor_id: "v-1" }]);
  });
});

describe("the same key", () => {
  it("gives the same order and sends nothing again", async () => {
    const first = await orders.create(actor, order());
    const again = await orders.create(actor, order({ payments: [{ amount: "400.0", method: "CARD" }], number: null }));
    expect(again).toEqual(first);
    expect(fake.created).toHaveLength(1);
  });

  it("sends once for 20 callers at once, who all get the answer", async () => {
    let release = (): void => undefined;
    fake.system.answer = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { state: "confirmed", vendorId: null };
    };
    const calls = Array.from({ length: 20 }, () => orders.create(actor, order()));
    await expect.poll(() => fake.created.length).toBe(1);
    release();
    const made = await Promise.all(calls);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.map(({ status }) => status)).toEqual(Array(20).fill("CONFIRMED"));
    expect(fake.created).toHaveLength(1);
    expect(await count("write_attempt")).toBe(1);
  });

  it("answers PENDING when the answer takes long", async () => {
    fake.system.answer = never;
    void orders.create(actor, order());
    await expect.poll(() => fake.created.length).toBe(1);
    expect(await orders.create(actor, order())).toMatchObject({ status: "PENDING", errorCode: null });
    expect(fake.created).toHaveLength(1);
  });

  it("with another body is refused", async () => {
    const made = await orders.create(actor, order());
    const other = order({ lines: order().lines.map((line) => ({ ...line, quantity: "3" })) });
    expect((await failure(orders.create(actor, other))).code).toBe("IDEMPOTENCY_KEY_REUSED");
    const refund = { orderId: made.id, idempotencyKey: "key-1" };
    expect((await failure(orders.refund(actor, refund))).code).toBe("IDEMPOTENCY_KEY_REUSED");
    expect(fake.created).toHaveLength(1);
    expect(fake.refunded).toHaveLength(0);
  });

  it("is another key in another account", async () => {
    await orders.create(actor, order());
    const error = await failure(orders.create(stranger, order()));
    expect(error.code).toBe("INTEGRATION_NOT_FOUND");
  });

  it("answers while the integration is paused", async () => {
    const made = await orders.create(actor, order());
    fake.system.paused = true;
    expect(await orders.create(actor, order())).toEqual(made);
    const error = await failure(orders.create(actor, order({ idempotencyKey: "key-2" })));
    expect(error.code).toBe("INTEGRATION_DISABLED");
    expect(await count("write_attempt")).toBe(1);
  });
});

describe("what the system says", () => {
  it("a refusal is kept with its words, never sent again, and gives the number back", async () => {
    fake.system.answer = async () => {
      throw new GatewayError("REJECTED_BY_SYSTEM", {
        providerMessage: "Not enough points",
        providerStatus: 400,
        providerRequestId: "r-1",
      });
    };
    const refused = await orders.create(actor, order({ number: "A-17" }));
    expect(refused).toMatchObject({
      number: "A-17",
      status: "REJECTED",
      errorCode: "REJECTED_BY_SYSTEM",
      errorMessage: "Not enough points",
    });
    expect(await attempts()).toMatchObject([
      { status: "REJECTED", upstream_status: 400, upstream_request_id: "r-1", error_message: "Not enough points" },
    ]);
    expect(await orders.create(actor, order({ number: "A-17" }))).toEqual(refused);
    expect(fake.created).toHaveLength(1);

    fake.system.answer = async () => ({ state: "confirmed", vendorId: null });
    const corrected = await orders.create(actor, order({ number: "A-17", idempotencyKey: "key-2" }));
    expect(corrected).toMatchObject({ number: "A-17", status: "CONFIRMED" });
    expect(corrected.id).not.toBe(refused.id);
    const taken = await failure(orders.create(actor, order({ number: "A-17", idempotencyKey: "key-3" })));
    expect(taken.code).toBe("BAD_INPUT");
    expect(taken.details.fields?.map(({ path }) => path)).toEqual([["number"]]);
    expect(await count("write_attempt")).toBe(2);
  });

  it.each(["CONNECTION_FAILED", "RATE_LIMIT_EXCEEDED"] as const)(
    "%s never reached it: the order waits, and the same key sends it",
    async (code) => {
      fake.system.answer = async () => {
        throw new GatewayError(code);
      };
      const waiting = await orders.create(actor, order());
      expect(waiting).toMatchObject({ status: "PENDING", errorCode: code });
      expect(await orders.settleAbandoned()).toBe(0);
      fake.system.answer = async () => ({ state: "confirmed", vendorId: null });
      const results = await Promise.all([1, 2, 3].map(() => orders.create(actor, order())));
      expect(results).toMatchObject(Array(3).fill({ id: waiting.id, status: "CONFIRMED", errorCode: null }));
      expect(fake.created).toHaveLength(2);
    },
  );

  it.each([
    ["doubt", new GatewayError("OUTCOME_UNKNOWN")],
    ["a 5xx", new GatewayError("EXTERNAL_SERVICE_ERROR", { providerMessage: "Oops" })],
    ["a time-out", new GatewayError("INTEGRATION_TIMEOUT")],
    ["a bug", new TypeError("secret +79120000001")],
  ])("%s is UNKNOWN and never sent again", async (_, thrown) => {
    fake.system.answer = async () => {
      throw thrown;
    };
    const doubtful = await orders.create(actor, order());
    expect(doubtful).toMatchObject({ status: "UNKNOWN", errorCode: "OUTCOME_UNKNOWN" });
    await expireLeases();
    expect(await orders.create(actor, order())).toEqual(doubtful);
    expect(fake.created).toHaveLength(1);
    expect(lines.join("") + JSON.stringify(await events())).not.toContain("secret");
  });
});

describe("a crash", () => {
  it("after sending leaves it UNKNOWN; the same key never sends again", async () => {
    fake.system.answer = never;
    void createOrders({ database, open, log }).create(actor, order());
    await expect.poll(() => fake.created.length).toBe(1);
    expect(await orders.settleAbandoned()).toBe(0);
    await expireLeases();
    const settled = await Promise.all([orders.settleAbandoned(), orders.settleAbandoned()]);
    expect(settled[0] + settled[1]).toBe(1);
    expect(await orders.create(actor, order())).toMatchObject({ status: "UNKNOWN", errorCode: "OUTCOME_UNKNOWN" });
    expect(fake.created).toHaveLength(1);
    expect((await events()).map(({ payload }) => payload.status)).toEqual(["PENDING", "UNKNOWN"]);
  });

  it("before sending is taken over by the same key, and sent once", async () => {
    await orders.create(actor, order());
    await database.pool.query("update write_attempt set status = 'PENDING', sent_at = null where account_id = $1", [
      actor.accountId,
    ]);
    await database.pool.query(`update "order" set status = 'PENDING' where account_id = $1`, [actor.accountId]);
    await expireLeases();
    fake.created.length = 0;
    const results = await Promise.all([1, 2, 3, 4].map(() => orders.create(actor, order())));
    expect(results.map(({ status }) => status)).toEqual(Array(4).fill("CONFIRMED"));
    expect(fake.created).toHaveLength(1);
  });

  it("leaves alone what another process is about to send", async () => {
    await orders.create(actor, order());
    await database.pool.query(
      "update write_attempt set status = 'PENDING', lease_until = now() + interval '1 minute' where account_id = $1",
      [actor.accountId],
    );
    await orders.create(actor, order());
    expect(fake.created).toHaveLength(1);
  });

  it("of an order that was deleted with its integration holds up no other", async () => {
    fake.system.answer = never;
    void orders.create(actor, order());
    void orders.create(actor, order({ idempotencyKey: "key-2" }));
    await expect.poll(() => fake.created.length).toBe(2);
    await expireLeases();
    await database.pool.query(`delete from "order" where account_id = $1 and external_id = $2`, [
      actor.accountId,
      fake.created[0]?.number,
    ]);
    expect(await orders.settleAbandoned()).toBe(2);
    expect((await attempts()).map(({ status }) => status)).toEqual(["UNKNOWN", "UNKNOWN"]);
    expect(await count(`"order"`)).toBe(1);
  });

  it("that was none: an answer that comes late still counts", async () => {
    let release = (): void => undefined;
    fake.system.answer = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { state: "confirmed", vendorId: null };
    };
    const slow = orders.create(actor, order());
    await expect.poll(() => fake.created.length).toBe(1);
    await expireLeases();
    expect(await orders.settleAbandoned()).toBe(1);
    release();
    expect(await slow).toMatchObject({ status: "CONFIRMED", errorCode: null });
  });
});

describe("a write under way", () => {
  it("is ended by its lease, not by a client; idle waits for it", async () => {
    const short = createOrders({ database, open, log, leaseMs: 201 });
    fake.orders.create = async (request, { signal }) => {
      fake.created.push(request);
      if (signal === undefined) throw new Error("There must be a signal.");
      await once(signal, "abort");
      throw new GatewayError("OUTCOME_UNKNOWN");
    };
    const made = short.create(actor, order());
    await short.idle(10_000);
    expect((await attempts())[0]?.status).toBe("UNKNOWN");
    expect((await made).status).toBe("UNKNOWN");
  });
});

describe("a refund", () => {
  const refund = (orderId: string, idempotencyKey = "refund-1") => orders.refund(actor, { orderId, idempotencyKey });

  it("takes a confirmed order back, once", async () => {
    const made = await orders.create(actor, order());
    const refunded = await refund(made.id);
    expect(refunded).toMatchObject({ id: made.id, status: "CONFIRMED", refundStatus: "CONFIRMED" });
    expect(fake.refunded).toEqual(fake.created);
    expect(await refund(made.id)).toEqual(refunded);
    expect((await failure(refund(made.id, "refund-2"))).code).toBe("CONFLICT");
    expect(fake.refunded).toHaveLength(1);
    expect((await events()).map(({ payload }) => payload.refundStatus)).toEqual([null, null, "PENDING", "CONFIRMED"]);
  });

  it("of two at once with two keys only one goes out", async () => {
    const made = await orders.create(actor, order());
    const results = await Promise.allSettled([1, 2, 3].map((each) => refund(made.id, `refund-${each}`)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(fake.refunded).toHaveLength(1);
    expect(await count("write_attempt")).toBe(2);
  });

  it("needs a confirmed order, of this account", async () => {
    fake.system.answer = async () => {
      throw new GatewayError("OUTCOME_UNKNOWN");
    };
    const doubtful = await orders.create(actor, order());
    expect((await failure(refund(doubtful.id))).code).toBe("CONFLICT");
    expect((await failure(refund(v7()))).code).toBe("NOT_FOUND");
    expect((await failure(refund("no uuid"))).code).toBe("NOT_FOUND");
    const foreign = orders.refund(stranger, { orderId: doubtful.id, idempotencyKey: "x" });
    expect((await failure(foreign)).code).toBe("NOT_FOUND");
    expect((await failure(refund(doubtful.id, ""))).code).toBe("BAD_INPUT");
    expect(await count("write_attempt")).toBe(1);
  });

  it("that was refused may be asked for again with a new key", async () => {
    const made = await orders.create(actor, order());
    fake.system.answer = async () => {
      throw new GatewayError("REJECTED_BY_SYSTEM", { providerMessage: "Closed" });
    };
    expect(await refund(made.id)).toMatchObject({
      refundStatus: "REJECTED",
      errorMessage: "Closed",
      number: made.number,
    });
    fake.system.answer = async () => ({ state: "confirmed", vendorId: null });
    expect(await refund(made.id)).toMatchObject({ refundStatus: "REJECTED" });
    expect(await refund(made.id, "refund-2")).toMatchObject({ refundStatus: "CONFIRMED", errorCode: null });
    expect(fake.refunded).toHaveLength(2);
  });

  it("is not for systems that cannot", async () => {
    const made = await orders.create(actor, order());
    fake.system.capabilities = ["CREATE_ORDER"];
    expect((await failure(refund(made.id))).code).toBe("NOT_SUPPORTED");
    expect((await orders.byIds(actor.accountId, [made.id]))[0]?.refundStatus).toBeNull();
  });
});

describe("a person", () => {
  it("settles what is UNKNOWN: the order, then its refund", async () => {
    fake.system.answer = async () => {
      throw new GatewayError("OUTCOME_UNKNOWN");
    };
    const made = await orders.create(actor, order());
    expect((await failure(orders.settle(stranger, made.id, "CONFIRMED"))).code).toBe("NOT_FOUND");
    expect(await orders.settle(actor, made.id, "CONFIRMED")).toMatchObject({ status: "CONFIRMED", errorCode: null });
    expect((await failure(orders.settle(actor, made.id, "REJECTED"))).code).toBe("CONFLICT");

    await orders.refund(actor, { orderId: made.id, idempotencyKey: "refund-1" });
    const settled = await orders.settle(actor, made.id, "REJECTED");
    expect(settled).toMatchObject({ status: "CONFIRMED", refundStatus: "REJECTED" });
    expect((await attempts()).map(({ status }) => status)).toEqual(["APPLIED", "REJECTED"]);
    const audit = await database.pool.query(
      "select details from audit_entry where account_id = $1 and action = 'order.settle' order by id",
      [actor.accountId],
    );
    expect(audit.rows.map(({ details }) => details.operation)).toEqual(["order.create", "order.refund"]);
    expect(fake.created).toHaveLength(1);
  });

  it("cannot settle what is being sent, and is not overruled by an answer that comes later", async () => {
    let release = (): void => undefined;
    fake.system.answer = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return { state: "confirmed", vendorId: null };
    };
    const slow = orders.create(actor, order());
    await expect.poll(() => fake.created.length).toBe(1);
    const [attempt] = await attempts();
    expect((await failure(orders.settle(actor, attempt?.subject_id, "REJECTED"))).code).toBe("CONFLICT");
    await expireLeases();
    await orders.settleAbandoned();
    await orders.settle(actor, attempt?.subject_id, "REJECTED");
    release();
    expect(await slow).toMatchObject({ status: "REJECTED" });
    expect((await attempts())[0]?.status).toBe("REJECTED");
  });

  it("gives up one that never reached the system, and then no key sends it", async () => {
    fake.system.answer = async () => {
      throw new GatewayError("CONNECTION_FAILED");
    };
    const waiting = await orders.create(actor, order());
    expect(await orders.settle(actor, waiting.id, "REJECTED")).toMatchObject({ status: "REJECTED" });
    expect(await orders.create(actor, order())).toMatchObject({ status: "REJECTED" });
    expect(fake.created).toHaveLength(1);
  });
});

describe("what is wrong with an order", () => {
  it("is told all at once, the system's own problems too, and nothing is stored", async () => {
    fake.system.problems = [{ path: ["lines", "0", "unit"], message: { en: "No litres.", ru: "Без литров." } }];
    const error = await failure(
      orders.create(
        actor,
        order({
          idempotencyKey: " ",
          customer: { phone: "call me", email: "nobody", guestId: v7() },
          currency: "XXL",
          payments: [{ method: "CASH", amount: "500.01" }],
          fulfilment: { kind: "table", venueId: v7(), table: "", partySize: 0 },
        }),
      ),
    );
    expect(error.code).toBe("BAD_INPUT");
    expect(error.details.fields?.map(({ path }) => path.join("."))).toEqual([
      "idempotencyKey",
      "customer.phone",
      "customer.email",
      "currency",
      "fulfilment.table.table",
      "fulfilment.table.partySize",
      "payments",
      "customer.guestId",
      "fulfilment.table.venueId",
      "lines.0.unit",
    ]);
    expect([await count(`"order"`), await count("write_attempt"), await count("event")]).toEqual([0, 0, 0]);
    expect(fake.created).toHaveLength(0);
  });

  it("NOT_SUPPORTED without orders; a problem without points or coupons", async () => {
    fake.system.capabilities = [];
    expect((await failure(orders.create(actor, order()))).code).toBe("NOT_SUPPORTED");
    fake.system.capabilities = ["CREATE_ORDER"];
    const error = await failure(orders.create(actor, order()));
    expect(error.details.fields?.map(({ path }) => path.join("."))).toEqual(["loyalty.spend", "loyalty.coupons"]);
  });

  it("an integration that is not of the account is not there", async () => {
    for (const id of [v7(), "no uuid"]) {
      expect((await failure(orders.create(actor, order({ integrationId: id })))).code).toBe("INTEGRATION_NOT_FOUND");
    }
  });
});

describe("the buyer", () => {
  const addProfile = async (values: { integration?: string; guest: string; phone?: string; email?: string }) => {
    const id = v7();
    const { integration = integrationId, guest, phone = null, email = null } = values;
    await database.pool.query(
      `insert into guest_profile (account_id, id, integration_id, external_id, guest_id, evidence, search_name, phone,
         phone_as_given, email, raw, digest)
       values ($1, $2::uuid, $3, $2::text, $4, '[]', '', $5, ltrim($5, '+'), $6, '{}', '')`,
      [actor.accountId, id, integration, guest, phone, email],
    );
    return id;
  };
  const addGuest = async (values: { phone?: string; mergedInto?: string } = {}) => {
    const id = v7();
    await database.pool.query(
      "insert into guest (account_id, id, search_name, phone, merged_into) values ($1, $2, '', $3, $4)",
      [actor.accountId, id, values.phone ?? null, values.mergedInto ?? null],
    );
    return id;
  };

  it("is found by phone in any spelling, and told in the system's own", async () => {
    await addProfile({ integration: v7(), guest: await addGuest(), phone: "+79120000001" });
    const profile = await addProfile({ guest: await addGuest(), phone: "+79120000001" });
    const made = await orders.create(actor, order({ customer: { phone: "8 (912) 000-00-01", email: null } }));
    expect(made).toMatchObject({ guestProfileId: profile, customer: { phone: "79120000001" } });
  });

  it("is found by e-mail", async () => {
    const profile = await addProfile({ guest: await addGuest(), email: "guest@example.com" });
    const made = await orders.create(actor, order({ customer: { phone: null, email: "Guest@Example.com" } }));
    expect(made.guestProfileId).toBe(profile);
  });

  it("is filled in from the guest, also from one that was merged away", async () => {
    const guest = await addGuest({ phone: "+79990000000" });
    const profile = await addProfile({ guest, phone: "+79120000001", email: "guest@example.com" });
    const guestId = await addGuest({ mergedInto: guest });
    const made = await orders.create(actor, order({ customer: { phone: null, email: null, guestId } }));
    expect(made).toMatchObject({
      guestProfileId: profile,
      customer: { phone: "79120000001", email: "guest@example.com" },
    });
  });

  it("is told by the account's own phone when the system does not know the guest", async () => {
    const guestId = await addGuest({ phone: "+79990000000" });
    const made = await orders.create(actor, order({ customer: { phone: null, email: null, guestId } }));
    expect(made).toMatchObject({ guestProfileId: null, customer: { phone: "+79990000000", email: null } });
  });

  it("must be reachable", async () => {
    const guestId = await addGuest();
    const error = await failure(orders.create(actor, order({ customer: { phone: null, email: null, guestId } })));
    expect(error.details.fields?.map(({ path }) => path.join("."))).toEqual(["customer.guestId"]);
  });
});

describe("the list", () => {
  const page = { count: 2, backwards: false, after: null, before: null };
  const numbers = ({ rows }: { rows: readonly { node: { number: string } }[] }) => rows.map(({ node }) => node.number);

  it("pages both ways, newest first, and filters", async () => {
    for (const number of ["1", "2", "3", "4", "5"]) {
      await orders.create(actor, order({ number, idempotencyKey: `key-${number}` }));
    }
    const first = await orders.list(actor.accountId, { filter: {}, page });
    expect([numbers(first), first.hasNextPage, first.hasPreviousPage]).toEqual([["5", "4"], true, false]);
    const second = await orders.list(actor.accountId, {
      filter: { integrationId, status: "CONFIRMED" },
      page: { ...page, after: first.rows[1]?.cursor ?? null },
    });
    expect(numbers(second)).toEqual(["3", "2"]);
    const back = await orders.list(actor.accountId, {
      filter: {},
      page: { ...page, backwards: true, before: second.rows[0]?.cursor ?? null },
    });
    expect([numbers(back), back.hasNextPage, back.hasPreviousPage]).toEqual([["5", "4"], true, false]);
    const last = await orders.list(actor.accountId, { filter: {}, page: { ...page, backwards: true } });
    expect(numbers(last)).toEqual(["2", "1"]);
    expect(await orders.count(actor.accountId, {})).toBe(5);
    expect(await orders.count(actor.accountId, { status: "REJECTED" })).toBe(0);
    expect(numbers(await orders.list(actor.accountId, { filter: { integrationId: "no uuid" }, page }))).toEqual([]);
  });

  it("shows nothing to another account", async () => {
    const made = await orders.create(actor, order());
    expect(await orders.byIds(stranger.accountId, [made.id])).toEqual([]);
    expect((await orders.list(stranger.accountId, { filter: {}, page })).rows).toEqual([]);
    expect(await orders.count(stranger.accountId, { integrationId })).toBe(0);
  });

  it("refuses a cursor that is none", async () => {
    const error = await failure(orders.list(actor.accountId, { filter: {}, page: { ...page, after: "nonsense" } }));
    expect(error.code).toBe("BAD_INPUT");
  });
});
