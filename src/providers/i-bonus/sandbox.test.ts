import { afterEach, describe, expect, it } from "vitest";
import { normalisePhone } from "../../guests/phones.ts";
import { digestOf } from "../sandbox/index.ts";
import example from "./fixtures/order.json" with { type: "json" };
import { startIBonusSandbox, type IBonusSandbox, type IBonusSandboxOptions } from "./sandbox.ts";
import type { SandboxClient } from "./sandbox-clients.ts";
import type { SandboxCoupon } from "./sandbox-coupons.ts";
import type { SandboxBalance } from "./sandbox-wallets.ts";

const running: IBonusSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const start = async (options: IBonusSandboxOptions = {}): Promise<IBonusSandbox> => {
  const sandbox = await startIBonusSandbox({ guests: 50, ...options });
  running.push(sandbox);
  return sandbox;
};

/** Calls the sandbox as the vendor's guide says, without a line of the provider. */
const callerOf = ({ url, credentials: { login, password } }: IBonusSandbox) => {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}ext/api/v1/${path}`, {
      ...init,
      headers: { authorization: `Basic ${btoa(`${login}:${password}`)}`, "content-type": "application/json" },
    });
  const read = async <Body>(path: string): Promise<Body> => (await call(path)).json() as Promise<Body>;
  return {
    call,
    clients: (query: string) => read<SandboxClient[]>(`clients/?${query}`),
    coupons: (id: number) => read<SandboxCoupon[]>(`clients/${id}/coupons/`),
    pointsOf: async (id: number) =>
      (await read<SandboxBalance[]>(`clients/${id}/balance/`)).find(({ currency }) => currency === "points")?.amount ??
      0,
    send: (body: unknown) => call("fiscal/orders/", { method: "POST", body: JSON.stringify(body) }),
  };
};

const saleTo = (client: SandboxClient, more: object = {}, externalId = "A-1") => ({
  order: { ...example.order, externalId, customerPhone: client.phone, customerEmail: client.email },
  ...more,
});

describe("its clients", () => {
  it("are the same for the same seed, and others for another", async () => {
    const [one, same, other] = [await start(), await start(), await start({ seed: 2 })];
    expect(one.digest("guests")).toEqual(same.digest("guests"));
    expect(one.digest("coupons")).toEqual(same.digest("coupons"));
    expect(one.digest("guests")).not.toEqual(other.digest("guests"));
    expect(one.digest("guests").count).toBe(50);
  });

  it("do not change when there are more of them", async () => {
    const few = await callerOf(await start({ guests: 10 })).clients("limit=9");
    const many = await callerOf(await start({ guests: 1_000_000 })).clients("limit=9");
    expect(many).toEqual(few);
  });

  it("are consistent, and odd where real ones are", async () => {
    const clients = await callerOf(await start({ guests: 2000 })).clients("limit=2000");
    for (const { averageBill, totalPurchases, totalPurchasesAmount, paidPurchases, paidPurchasesAmount } of clients) {
      expect(averageBill * totalPurchases).toBeCloseTo(totalPurchasesAmount, 2);
      expect(averageBill * paidPurchases).toBeCloseTo(paidPurchasesAmount, 2);
      expect(paidPurchases).toBeLessThanOrEqual(totalPurchases);
    }
    const phones = clients.flatMap(({ phone }) => phone ?? []);
    const valid = phones.map((phone) => normalisePhone(phone, "RU"));
    expect(valid.filter((phone) => phone === null).length).toBeGreaterThan(0);
    expect(valid.filter((phone) => phone === null).length).toBeLessThan(20);
    const found = valid.filter((phone) => phone !== null);
    expect(found.every((phone) => /^\+79\d{9}$/.test(phone))).toBe(true);
    // Five pairs share a phone: 2000 / 400.
    expect(found.length - new Set(found).size).toBe(5);
    const emails = clients.flatMap(({ email }) => email ?? []);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.length).toBeLessThan(clients.length);
    expect(clients.some(({ name }) => name === null)).toBe(true);
    expect(clients.some(({ name }) => /[а-я]/.test(name ?? ""))).toBe(true);
    expect(clients.some(({ name }) => /^[A-Za-z' ]+$/.test(name ?? ""))).toBe(true);
  });

  it("are listed by offset and limit, which has a default and may have a cap", async () => {
    const { clients } = callerOf(await start({ defaultLimit: 5, maxLimit: 20 }));
    const all = [
      ...(await clients("limit=20")),
      ...(await clients("limit=20&offset=20")),
      ...(await clients("offset=40&limit=20")),
    ];
    expect(new Set(all.map(({ id }) => id)).size).toBe(50);
    expect(await clients("")).toEqual(all.slice(0, 5));
    expect(await clients("limit=1000")).toEqual(all.slice(0, 20));
    expect(await clients("offset=48&limit=10")).toEqual(all.slice(48));
    expect(await clients("offset=50")).toEqual([]);
  });

  it("are found by phone and e-mail, with % for any characters, encoded or not", async () => {
    const { clients } = callerOf(await start());
    const all = await clients("limit=50");
    const someone = all.find(({ phone, email }) => phone !== null && email !== null);
    const { phone, email } = someone ?? { phone: "", email: "" };
    expect(await clients(`phone=${phone}`)).toContainEqual(someone);
    expect(await clients(`email=${email}`)).toEqual([someone]);
    expect(await clients(`phone=${phone?.slice(0, 6)}%25`)).toContainEqual(someone);
    expect(await clients(`phone=${phone?.slice(0, 6)}%`)).toContainEqual(someone);
    expect(await clients(`phone=${phone}&email=nobody`)).toEqual([]);
    const atExample = all.filter((client) => client.email?.endsWith("@example.com"));
    expect(await clients("email=%25@example.com")).toEqual(atExample);
    expect(await clients("email=%25@example.com&offset=1&limit=2")).toEqual(atExample.slice(1, 3));
    expect(await clients("phone=123")).toEqual([]);
  });

  it("can be changed and deleted, and put back", async () => {
    const sandbox = await start();
    const { clients, call } = callerOf(sandbox);
    const before = sandbox.digest("guests");
    const [first, second] = await clients("limit=2");
    sandbox.change("guests", String(first?.id), { name: "Changed", phone: "79990000000" });
    expect(await clients("phone=79990000000")).toEqual([{ ...first, name: "Changed", phone: "79990000000" }]);
    sandbox.remove("guests", [String(first?.id)]);
    expect((await clients("limit=1"))[0]).toEqual(second);
    expect((await call(`clients/${first?.id}/balance/`)).status).toBe(404);
    expect(sandbox.digest("guests").count).toBe(49);
    expect(() => sandbox.remove("guests", [String(first?.id)])).toThrow(RangeError);
    sandbox.reset();
    expect(sandbox.digest("guests")).toEqual(before);
  });
});

describe("its errors", () => {
  it("have the form of the vendor's guide", async () => {
    const sandbox = await start();
    const { call, send } = callerOf(sandbox);
    const unknown = await call("clients/999/balance/");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({
      error: "Not Found",
      message: "Client with id=999 is not found.",
      path: "/ext/api/v1/clients/999/balance/",
      status: 404,
      timestamp: expect.any(Number) as number,
    });
    expect((await fetch(`${sandbox.url}ext/api/v1/clients/`)).status).toBe(401);
    expect((await call("clients/?limit=many")).status).toBe(400);
    expect((await call("clients")).status).toBe(404);
    expect((await send("no order")).status).toBe(400);
  });
});

describe("its coupons", () => {
  it("are valid ones, up to four, with tokens of their own", async () => {
    const { clients, coupons } = callerOf(await start());
    const lists = await Promise.all((await clients("limit=50")).map(({ id }) => coupons(id)));
    expect(Math.max(...lists.map((list) => list.length))).toBe(4);
    expect(lists.some((list) => list.length === 0)).toBe(true);
    const all = lists.flat();
    for (const { expireDate, token, merchantToken } of all) {
      expect(expireDate).toBeGreaterThan(Date.now());
      expect(token).toMatch(/^[0-9a-f]{32}$/);
      expect(merchantToken).toMatch(/^\d{6}$/);
    }
    expect(new Set(all.map(({ token }) => token)).size).toBe(all.length);
    expect(all.some(({ shortDescription }) => shortDescription?.includes("<b>"))).toBe(true);
  });
});

describe("an order", () => {
  const withBuyer = async (options: IBonusSandboxOptions = {}) => {
    const sandbox = await start(options);
    const caller = callerOf(sandbox);
    for (const client of await caller.clients("limit=50")) {
      const points = await caller.pointsOf(client.id);
      const [coupon] = await caller.coupons(client.id);
      if (points >= 100 && coupon !== undefined && client.phone !== null) {
        return { sandbox, ...caller, client, points, coupon, balance: () => caller.pointsOf(client.id) };
      }
    }
    throw new Error("Nobody has points, a coupon and a phone.");
  };

  it("spends points and burns coupons, and its refund gives both back", async () => {
    const { sandbox, send, client, points, coupon, balance, coupons } = await withBuyer();
    const sale = saleTo(client, { amount: 40.5, currency: "points", coupons: [coupon.id] });
    const answer = await send(sale);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(await balance()).toBeCloseTo(points - 40.5, 2);
    expect((await coupons(client.id)).map(({ id }) => id)).not.toContain(coupon.id);
    expect((await send(sale)).status).toBe(400);

    const refund = { order: { ...sale.order, receiptType: "refund" } };
    expect((await send(refund)).status).toBe(200);
    expect(await balance()).toBe(points);
    expect((await coupons(client.id)).map(({ id }) => id)).toContain(coupon.id);
    expect((await send(refund)).status).toBe(400);
    expect(sandbox.orders().map(({ body, charged }) => [body.order.receiptType, charged])).toEqual([
      ["sale", 4050],
      ["refund", -4050],
    ]);
  });

  it("keeps coupons burned after a refund when the switch says so", async () => {
    const { send, client, coupon, coupons } = await withBuyer({ restoreCouponsOnRefund: false });
    const sale = saleTo(client, { coupons: [coupon.id] });
    await send(sale);
    await send({ order: { ...sale.order, receiptType: "refund" } });
    expect((await coupons(client.id)).map(({ id }) => id)).not.toContain(coupon.id);
  });

  it("sent twice counts twice: the vendor honours no key", async () => {
    const { sandbox, send, client, points, balance } = await withBuyer();
    const sale = saleTo(client, { amount: 10, currency: "points" });
    expect([(await send(sale)).status, (await send(sale)).status]).toEqual([200, 200]);
    expect(await balance()).toBeCloseTo(points - 20, 2);
    expect(sandbox.orders().length).toBe(2);
  });

  it("finds the buyer by the digits of the phone, else by the e-mail", async () => {
    const { sandbox, send, client } = await withBuyer();
    const { order } = saleTo(client);
    await send({ order: { ...order, customerPhone: `+${client.phone}`, customerEmail: null } });
    await send({ order: { ...order, customerPhone: null } });
    await send({ order: { ...order, customerPhone: "70000000000", customerEmail: "nobody@example.com" } });
    expect(sandbox.orders().map(({ clientId }) => clientId)).toEqual([
      client.id,
      client.email === null ? null : client.id,
      null,
    ]);
  });

  it.each<[string, object, object]>([
    ["more than the balance", { amount: 1e9, currency: "points" }, {}],
    ["an unknown currency", { amount: 1, currency: "stars" }, {}],
    ["no currency", { amount: 1 }, {}],
    ["an unknown coupon", { coupons: [999] }, {}],
    ["an unknown kind of receipt", {}, { receiptType: "gift" }],
    ["an unknown unit", {}, { items: [{ ...example.order.items[0], unit: "box" }] }],
    ["points of nobody", { amount: 1, currency: "points" }, { customerPhone: "1", customerEmail: null }],
    ["a refund of what was not sold", {}, { receiptType: "refund" }],
  ])("with %s is refused, and nothing happens", async (_, more, changed) => {
    const { sandbox, send, client, points, balance } = await withBuyer();
    const { order } = saleTo(client);
    const answer = await send({ order: { ...order, ...changed }, ...more });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).not.toBe("");
    expect(await balance()).toBe(points);
    expect(sandbox.orders()).toEqual([]);
  });
});

describe("its faults", () => {
  it("happen on their route, as often as is said", async () => {
    const sandbox = await start();
    const { call } = callerOf(sandbox);
    sandbox.setFaults({ kind: "status", status: 429, retryAfterSeconds: 7, route: "*/balance/", times: 1 });
    expect((await call("clients/?limit=1")).status).toBe(200);
    const limited = await call("clients/1000001/balance/");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await call("clients/1000001/balance/")).status).toBe(200);
    expect(sandbox.requests()).toEqual({ "GET /ext/api/v1/clients/": 1, "GET /ext/api/v1/clients/:id/balance/": 2 });
  });

  it("cut answers short, before or after what was asked has happened", async () => {
    const sandbox = await start();
    const { call, clients, send } = callerOf(sandbox);
    const [client] = await clients("limit=1");
    if (client === undefined) throw new Error("There is no client.");
    sandbox.setFaults({ kind: "half" });
    await expect(call("clients/").then((response) => response.text())).rejects.toThrow();
    sandbox.setFaults({ kind: "reset", when: "before" });
    await expect(send(saleTo(client))).rejects.toThrow();
    expect(sandbox.orders().length).toBe(0);
    sandbox.setFaults({ kind: "reset", when: "after" });
    await expect(send(saleTo(client))).rejects.toThrow();
    expect(sandbox.orders().length).toBe(1);
  });

  it("hang, speak HTML, refuse credentials and repeat pages", async () => {
    const sandbox = await start();
    const { call, clients } = callerOf(sandbox);
    const first = await clients("limit=5");
    sandbox.setFaults({ kind: "repeat", times: 1 });
    expect(await clients("limit=5&offset=5")).toEqual(first);
    expect(await clients("limit=5&offset=5")).not.toEqual(first);
    sandbox.setFaults({ kind: "html" });
    expect(await (await call("clients/")).text()).toMatch(/^<html>/);
    sandbox.setFaults({ kind: "credentials" });
    expect((await call("clients/")).status).toBe(401);
    sandbox.setFaults({ kind: "hang" });
    const stop = new AbortController();
    const call1 = call("clients/", { signal: stop.signal });
    const cut = expect(call1).rejects.toThrow();
    while (sandbox.requests()["GET /ext/api/v1/clients/"] !== 6) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await cut;
  });

  it("make answers late, at the same time", async () => {
    const sandbox = await start();
    const { call } = callerOf(sandbox);
    sandbox.setFaults({ kind: "latency", ms: 20, jitterMs: 10 });
    await Promise.all([1, 2, 3, 4].map((n) => call(`clients/100000${n}/balance/`)));
    expect(sandbox.mostAtOnce()).toBe(4);
  });
});

describe("its control door", () => {
  it("does over HTTP what its methods do", async () => {
    const sandbox = await start();
    const { call, clients } = callerOf(sandbox);
    const door = async (method: string, path: string, body?: unknown): Promise<unknown> =>
      (
        await fetch(`${sandbox.url}__sandbox/${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
      ).json();
    const all = await clients("limit=50");
    expect(await door("GET", "digest/guests")).toEqual(digestOf(all));
    expect(await door("GET", "requests")).toEqual({ routes: { "GET /ext/api/v1/clients/": 1 }, mostAtOnce: 1 });
    await door("DELETE", "requests");
    expect(await door("GET", "requests")).toEqual({ routes: {}, mostAtOnce: 0 });
    await door("POST", "faults", [{ kind: "status", status: 503, times: 1 }]);
    expect((await call("clients/")).status).toBe(503);
    await door("POST", "change/guests", [{ id: all[0]?.id, patch: { name: "Changed" } }]);
    await door("POST", "delete/guests", [all[1]?.id]);
    expect(await clients("limit=2")).toEqual([{ ...all[0], name: "Changed" }, all[2]]);
    await door("POST", "reset");
    expect(await clients("limit=50")).toEqual(all);
    expect(await door("POST", "faults", [{ kind: "fire" }])).toHaveProperty("error");
    expect(await door("GET", "digest/nothing")).toHaveProperty("error");
    expect(await door("GET", "elsewhere")).toHaveProperty("error");
  });
});
