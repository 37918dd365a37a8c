import type { Access, BatchRead, CallOptions, Capability, Connection, Orders } from "../../contract/index.ts";
import { GatewayError } from "../../errors.ts";
import type { Client } from "./client.ts";
import type { Credentials } from "./index.ts";
import { externalIdOf, toBalance, toCoupon, toGuest } from "./mapping.ts";
import { checkOrder, toRefund, toSale } from "./order.ts";
import { readGuestPage } from "./paging.ts";

/** What one i-bonus account can do. */
export const createConnection = (
  client: Client,
  { credentials }: Access<Credentials>,
  capabilities: readonly Capability[],
): Connection => ({
  /**
   * There is no such endpoint: that one client can be listed proves the login. The vendor names no account either, so the
   * login is taken for it: another login on reconnect may hold other people's guests. The address is left out of it,
   * because the guide calls the known one "for debugging" and the same account will move.
   */
  async whoAmI(options) {
    await client.clients({ limit: 1 }, options);
    const { login } = await credentials();
    return { accountId: login.toLowerCase(), accountName: null, version: null, scopes: [], capabilities };
  },

  streams: {
    guests: {
      mode: "full",
      // The vendor states no limit. Where it gives fewer rows, paging goes on by what came (see `readGuestPage`).
      pageSize: 1000,
      // The guide names no order of the list.
      stableOrder: false,
      readPage: (cursor, { pageSize, ...options }) => readGuestPage(client, cursor, pageSize, options),
      externalId: externalIdOf,
      map: toGuest,
    },
  },

  balances: perClient(async (id, options) =>
    (await client.balance(id, options)).flatMap((balance) => toBalance(balance) ?? []),
  ),
  coupons: perClient(async (id, options) => (await client.coupons(id, options)).map(toCoupon)),
  orders: ordersOf(client),
});

/** There is no batch: one call per client. Ids that are no numbers cannot be clients, so nobody is asked. */
const perClient = <Value>(read: (id: string, options: CallOptions) => Promise<Value>): BatchRead<Value> => ({
  batch: { by: "none", max: 1 },
  async read(ids, options) {
    const found = new Map<string, Value>();
    await Promise.all(
      ids
        .filter((id) => /^\d+$/.test(id))
        .map(async (id) => {
          try {
            found.set(id, await read(id, options));
          } catch (error) {
            if (!isUnknownClient(error)) throw error;
          }
        }),
    );
    return found;
  },
});

const isUnknownClient = (error: unknown): boolean =>
  error instanceof GatewayError && error.details.providerStatus === 404;

const ordersOf = (client: Client): Orders => ({
  // Nothing in the guide says that the same `externalId` twice is refused.
  honoursOurKey: false,
  check: checkOrder,
  async create(order, options) {
    await client.sendOrder(toSale(order), options);
    return { state: "confirmed", vendorId: null };
  },
  async refund(order, options) {
    await client.sendOrder(toRefund(order), options);
    return { state: "confirmed", vendorId: null };
  },
});
