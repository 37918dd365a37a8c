import { z } from "zod";
import type { Access, CallOptions } from "../../contract/index.ts";
import type { Credentials } from "./index.ts";
import { vendorBalances, vendorCoupons, type VendorBalance, type VendorCoupon } from "./mapping.ts";
import type { VendorOrder } from "./order.ts";

/**
 * Which clients to list. In `phone` and `email` a "%" stands for any characters ("7912%"). `limit` is a wish: the vendor
 * may give fewer.
 */
export type ClientsQuery = {
  readonly phone?: string;
  readonly email?: string;
  readonly offset?: number;
  readonly limit?: number;
};

/** The API of i-bonus.me as its guide describes it; there is no public page of it. Errors are those of `Upstream`. */
export type Client = {
  /** Raw clients: each is parsed by itself, so that a bad one does not take its page with it. */
  clients(query: ClientsQuery, options: CallOptions): Promise<unknown[]>;
  /** Coupons that the client holds. */
  coupons(clientId: string, options: CallOptions): Promise<VendorCoupon[]>;
  /** What the client may spend, one entry per currency. */
  balance(clientId: string, options: CallOptions): Promise<VendorBalance[]>;
  /** Registers a receipt. The vendor honours no key of ours: the same receipt twice counts twice. */
  sendOrder(order: VendorOrder, options: CallOptions): Promise<void>;
};

/** Every path ends with a slash. A base with a path of its own (behind a proxy, say) keeps it. */
const urlOf = (baseUrl: string, path: string): string => {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname.replace(/\/*$/, "")}/ext/api/v1/${path}`;
};

export const createClient = ({ credentials, upstream }: Access<Credentials>): Client => {
  // At each request, because credentials can change while the connection lives.
  const addressed = async (path: string) => {
    const { baseUrl, login, password } = await credentials();
    const basic = Buffer.from(`${login}:${password}`, "utf8").toString("base64");
    return { url: urlOf(baseUrl, path), headers: { authorization: `Basic ${basic}` } };
  };

  const read = async <Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    { signal, lane }: CallOptions,
    query: ClientsQuery = {},
  ): Promise<Answer> =>
    upstream.request({
      ...(await addressed(path)),
      method: "GET",
      query,
      effect: "read",
      expects: "json",
      parse: (body) => schema.parse(body),
      ...(signal && { signal }),
      ...(lane && { lane }),
    });

  return {
    clients: (query, options) => read("clients/", z.array(z.unknown()), options, query),
    coupons: (clientId, options) => read(`clients/${encodeURIComponent(clientId)}/coupons/`, vendorCoupons, options),
    balance: (clientId, options) => read(`clients/${encodeURIComponent(clientId)}/balance/`, vendorBalances, options),
    async sendOrder(order, { signal, lane }) {
      await upstream.request({
        ...(await addressed("fiscal/orders/")),
        method: "POST",
        json: order,
        effect: "write",
        // "200 OK" is all that the guide promises; the body is empty.
        expects: "none",
        parse: () => undefined,
        ...(signal && { signal }),
        ...(lane && { lane }),
      });
    },
  };
};
