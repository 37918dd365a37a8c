import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { points, type OrderRequest } from "../../contract/index.ts";
import { createHttp, type Http } from "../../http/index.ts";
import { conformance, type Double } from "../conformance.ts";
import { createClient } from "./client.ts";
import { iBonus, type Credentials } from "./index.ts";
import { startIBonusSandbox, type IBonusSandbox } from "./sandbox.ts";

let http: Http;
beforeAll(() => {
  http = createHttp({
    pool: null,
    allowedNetworks: ["127.0.0.1"],
    timeoutMs: 1000,
    pauseMs: 1,
    log: { debug: () => undefined },
  });
});
afterAll(() => http.close());

/** A key of its own for each, so that no test shares calls or connections with another. */
const createUpstream = () =>
  http.upstreamFor({
    key: randomUUID(),
    concurrency: iBonus.limits.concurrency,
    requestsPerSecond: 100_000,
    readError: (answer) => iBonus.readError(answer),
  });

const connectionOf = ({ credentials }: Double<Credentials>) =>
  iBonus.connect({ credentials: () => Promise.resolve(credentials), upstream: createUpstream() });

/** An order of the first guest who has a phone and points: it spends one. */
const orderOf = async (double: Double<Credentials>, spend = "1"): Promise<OrderRequest> => {
  const { streams, balances } = connectionOf(double);
  const { records = [] } = (await streams.guests?.readPage(null, { pageSize: 25 })) ?? {};
  for (const raw of records) {
    const id = streams.guests?.externalId(raw) ?? "";
    const phone = streams.guests?.map(raw).phones[0];
    const wallet = (await balances?.read([id], {}))?.get(id)?.find((one) => one.id === "points");
    if (phone !== undefined && phone.length > 9 && Number(wallet?.available.amount) >= 10) {
      return {
        number: "A-1",
        customer: { phone, email: null },
        currency: "RUB",
        lines: [{ productId: null, name: "Капучино", price: "250", quantity: "1", unit: "PIECE", vatRate: "20" }],
        payments: [{ method: "CARD", amount: "249" }],
        spend: points(spend),
        coupons: [],
        fulfilment: { kind: "receipt" },
      };
    }
  }
  throw new Error("No guest has a phone and points.");
};

conformance<Credentials>({
  provider: iBonus,
  async startDouble({ guests, pageCap }) {
    const sandbox = await startIBonusSandbox({ guests, maxLimit: pageCap ?? null });
    return {
      sandbox,
      credentials: sandbox.credentials,
      wrongCredentials: { ...sandbox.credentials, password: "wrong-password" },
    };
  },
  createUpstream,
  secretsOf: ({ login, password }) => [Buffer.from(`${login}:${password}`).toString("base64")],
  orders: {
    route: "POST /ext/api/v1/fiscal/orders/",
    good: orderOf,
    refused: async (double) => ({
      order: await orderOf(double, "99999999"),
      words: /^Not enough points: [\d.]+ available\.$/,
    }),
  },
});

describe("i-bonus", () => {
  let sandbox: IBonusSandbox;
  beforeAll(async () => {
    sandbox = await startIBonusSandbox({ guests: 30, login: "Kassa@Example.com", password: "пароль:ü" });
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  const access = (baseUrl = sandbox.url) => ({
    credentials: () => Promise.resolve({ ...sandbox.credentials, baseUrl }),
    upstream: createUpstream(),
  });
  const connect = (baseUrl?: string) => iBonus.connect(access(baseUrl));

  it("signs in with letters beyond ASCII, and takes the login for the account", async () => {
    expect(await connect().whoAmI({})).toMatchObject({ accountId: "kassa@example.com" });
    expect(sandbox.requests()).toEqual({ "GET /ext/api/v1/clients/": 1 });
  });

  it("takes the address with and without a slash, and leaves its query alone", async () => {
    for (const address of [sandbox.url, sandbox.url.replace(/\/$/, ""), `${sandbox.url}//`, `${sandbox.url}?a=1#b`]) {
      await connect(address).whoAmI({});
    }
    expect(sandbox.requests()).toEqual({ "GET /ext/api/v1/clients/": 4 });
  });

  it("keeps a path of the address", async () => {
    const asked: string[] = [];
    const connection = iBonus.connect({
      credentials: () => Promise.resolve({ baseUrl: "https://proxy.example/i-bonus", login: "a", password: "b" }),
      upstream: {
        request: async ({ url, parse }) => {
          asked.push(url);
          return parse([]);
        },
      },
    });
    await connection.coupons?.read(["7"], {});
    expect(asked).toEqual(["https://proxy.example/i-bonus/ext/api/v1/clients/7/coupons/"]);
  });

  it("finds clients by a pattern", async () => {
    const client = createClient(access());
    const all = await client.clients({ limit: 30 }, {});
    const found = await client.clients({ email: "%@example.com", offset: 1, limit: 2 }, {});
    const matching = all.filter((one) => (one as { email: string | null }).email?.endsWith("@example.com"));
    expect(found).toEqual(matching.slice(1, 3));
    const phone = (all[0] as { phone: string }).phone;
    expect(await client.clients({ phone: `${phone.slice(0, 7)}%` }, {})).toContainEqual(all[0]);
  });

  it("refuses an earlier page that comes again, and reads on from the same place later", async () => {
    const { guests } = connect().streams;
    const first = await guests?.readPage(null, { pageSize: 10 });
    sandbox.setFaults({ kind: "repeat", times: 1 });
    const next = first?.next ?? null;
    await expect(guests?.readPage(next, { pageSize: 10 })).rejects.toMatchObject({ code: "EXTERNAL_SERVICE_ERROR" });
    const second = await guests?.readPage(next, { pageSize: 10 });
    expect(second?.records[0]).not.toEqual(first?.records[0]);
  });

  it("checks credentials as they are typed", () => {
    const parse = (given: object) => iBonus.credentials.safeParse({ login: "kassa", password: "x", ...given });
    expect(parse({}).data).toEqual({ baseUrl: "https://lk.i-bonus.me/", login: "kassa", password: "x" });
    expect(parse({ login: "  kassa " }).data?.login).toBe("kassa");
    for (const wrong of [
      { login: "a:b" },
      { login: " " },
      { password: "" },
      { baseUrl: "ftp://x" },
      { baseUrl: "x" },
    ]) {
      expect(parse(wrong).success).toBe(false);
    }
  });
});
