import { parseArgs } from "node:util";
import {
  jsonAnswer,
  startSandbox,
  writtenAnswer,
  type Sandbox,
  type SandboxAnswer,
  type SandboxRequest,
} from "../sandbox/index.ts";
import type { Credentials } from "./index.ts";
import { createClients, type SandboxClient } from "./sandbox-clients.ts";
import { keepPages } from "./sandbox-pages.ts";
import { createCoupons } from "./sandbox-coupons.ts";
import { createOrders, type SandboxOrder } from "./sandbox-orders.ts";
import { createWallets } from "./sandbox-wallets.ts";

export type IBonusSandboxOptions = {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** How many clients there are. 1000 unless told. */
  readonly guests?: number;
  /** The same seed gives the same clients. 1 unless told. */
  readonly seed?: number;
  readonly login?: string;
  readonly password?: string;
  /** How many rows a list gives when nobody says. 100 unless told. */
  readonly defaultLimit?: number;
  /** How many rows a list gives at most, without a word; null, the default: no cap. */
  readonly maxLimit?: number | null;
  /** Whether a refund gives redeemed coupons back. The vendor does not say; true unless told. */
  readonly restoreCouponsOnRefund?: boolean;
  /** From which day the ends of the coupons count. Today (UTC) unless told. */
  readonly today?: Date;
};

export type IBonusSandbox = Sandbox & {
  /** What the sandbox accepts, as the provider wants it. */
  readonly credentials: Credentials;
  /** The receipts that were taken, in their order. */
  orders(): readonly SandboxOrder[];
};

const root = "/ext/api/v1/";

/** Error bodies as the vendor's guide shows them, with the usual phrase for the status. */
const errorAnswer = (status: number, message: string, path: string): SandboxAnswer =>
  jsonAnswer(status, { error: phrases[status] ?? "Error", message, path, status, timestamp: Date.now() });

const phrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * A double of i-bonus.me on loopback, as far as its guide describes it; where the guide is silent, it does what
 * docs/providers/i-bonus.md says. Its sets for the control door: guests, balances, coupons, orders.
 */
export const startIBonusSandbox = async ({
  port = 0,
  guests = 1000,
  seed = 1,
  login = "demo",
  password = "i-bonus-sandbox",
  defaultLimit = 100,
  maxLimit = null,
  restoreCouponsOnRefund = true,
  today = startOfDay(),
}: IBonusSandboxOptions = {}): Promise<IBonusSandbox> => {
  const clients = createClients({ seed, guests });
  const pages = keepPages(clients);
  const wallets = createWallets(seed);
  const coupons = createCoupons(seed, today);
  const orders = createOrders({ clients, wallets, coupons, restoreCouponsOnRefund });
  const authorization = `Basic ${Buffer.from(`${login}:${password}`, "utf8").toString("base64")}`;

  const listClients = ({ query, path, repeatsPage }: SandboxRequest): SandboxAnswer => {
    const offset = wholeNumber(query.get("offset"), 0);
    const limit = wholeNumber(query.get("limit"), defaultLimit);
    if (offset === null || limit === null) return errorAnswer(400, "offset and limit must be whole numbers.", path);
    return writtenAnswer(
      pages.page({
        phone: query.get("phone") || null,
        email: query.get("email") || null,
        offset: repeatsPage ? 0 : offset,
        limit: Math.min(limit, maxLimit ?? limit),
      }),
    );
  };

  const ofClient =
    (give: (client: SandboxClient) => unknown) =>
    ({ segments: [id = ""], path }: SandboxRequest): SandboxAnswer => {
      if (!/^\d+$/.test(id)) return errorAnswer(400, `"${id}" is no id of a client.`, path);
      const client = clients.find(Number(id));
      if (client === null) return errorAnswer(404, `Client with id=${id} is not found.`, path);
      return jsonAnswer(200, give(client));
    };

  function* perClient(give: (clientId: number) => readonly object[]): Iterable<unknown> {
    for (const clientId of clients.ids()) for (const record of give(clientId)) yield { clientId, ...record };
  }

  const sandbox = await startSandbox(
    {
      routes: [
        { method: "GET", path: `${root}clients/`, handle: listClients },
        { method: "GET", path: `${root}clients/:id/coupons/`, handle: ofClient(({ id }) => coupons.of(id)) },
        { method: "GET", path: `${root}clients/:id/balance/`, handle: ofClient(({ id }) => wallets.balances(id)) },
        {
          method: "POST",
          path: `${root}fiscal/orders/`,
          handle({ body, path }) {
            const refusal = orders.take(body);
            return refusal === null ? writtenAnswer("") : errorAnswer(400, refusal, path);
          },
        },
      ],
      refusal: ({ headers, path }) =>
        headers.authorization === authorization
          ? null
          : errorAnswer(401, "Full authentication is required to access this resource", path),
      error: errorAnswer,
      sets: {
        guests: pages.records,
        balances: { records: () => perClient((id) => wallets.balances(id)) },
        coupons: { records: () => perClient((id) => coupons.of(id)) },
        orders: { records: () => orders.list },
      },
      reset() {
        pages.reset();
        wallets.reset();
        coupons.reset();
        orders.reset();
      },
    },
    { port, seed },
  );
  return {
    ...sandbox,
    credentials: { baseUrl: sandbox.url, login, password },
    orders: () => [...orders.list],
  };
};

const startOfDay = (): Date => new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);

/** null for what is no whole number from 0. */
const wholeNumber = (text: string | null, otherwise: number): number | null => {
  if (text === null || text === "") return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
};

/** @throws RangeError for what is no whole number up to `most`. */
const optionOf = (name: string, text: string, most: number): number => {
  const value = wholeNumber(text, Number.NaN);
  if (value === null || !(value <= most)) throw new RangeError(`--${name} must be a whole number up to ${most}.`);
  return value;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      guests: { type: "string", default: "1000" },
      port: { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
    },
  });
  const { baseUrl, login, password } = (
    await startIBonusSandbox({
      guests: optionOf("guests", values.guests, 10_000_000),
      port: optionOf("port", values.port, 65_535),
      seed: optionOf("seed", values.seed, 999_999_999),
    })
  ).credentials;
  process.stdout.write(
    `The i-bonus sandbox answers.\n\n  address   ${baseUrl}\n  login     ${login}\n  password  ${password}\n`,
  );
};

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
