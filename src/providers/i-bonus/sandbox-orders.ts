import { z } from "zod";
import type { Clients } from "./sandbox-clients.ts";
import type { Coupons } from "./sandbox-coupons.ts";
import type { Wallets } from "./sandbox-wallets.ts";

const amount = z.number().nonnegative();

/** The body of an order, as the vendor's guide has it. What the guide does not call optional is required here. */
const bodySchema = z.object({
  order: z.object({
    externalId: z.string().min(1),
    receiptType: z.enum(["sale", "refund"]),
    amountCard: amount.nullish(),
    amountCash: amount.nullish(),
    customerEmail: z.string().nullish(),
    customerPhone: z.string().nullish(),
    items: z.array(
      z.object({
        Id: z.union([z.string(), z.number()]).nullish(),
        name: z.string().min(1),
        price: amount,
        quantity: amount,
        unit: z.enum(["piece", "kg", "g", "L", "ml"]),
        vat: amount.nullish(),
      }),
    ),
  }),
  amount: amount.nullish(),
  currency: z.enum(["points", "rubles"]).nullish(),
  coupons: z.array(z.int()).nullish(),
});

/** A receipt that the sandbox took, with what it did. */
export type SandboxOrder = {
  readonly body: z.infer<typeof bodySchema>;
  readonly clientId: number | null;
  /** What was charged, or given back, in hundredths of `currency`. */
  readonly charged: number;
  readonly currency: "points" | "rubles" | null;
  readonly coupons: readonly number[];
};

export type Orders = {
  /** Takes a receipt. Gives the sentence of the refusal (a 400), or null when it was taken. */
  take(body: unknown): string | null;
  readonly list: readonly SandboxOrder[];
  reset(): void;
};

export const createOrders = ({
  clients,
  wallets,
  coupons,
  restoreCouponsOnRefund,
}: {
  clients: Clients;
  wallets: Wallets;
  coupons: Coupons;
  restoreCouponsOnRefund: boolean;
}): Orders => {
  const list: SandboxOrder[] = [];
  const refunded = new Set<SandboxOrder>();

  /** Like the vendor, it does not look whether the number was there before: a receipt sent twice counts twice. */
  const sell = (body: SandboxOrder["body"]): string | null => {
    const { order } = body;
    const client = clients.findBuyer(order.customerPhone ?? null, order.customerEmail ?? null);
    const charged = Math.round((body.amount ?? 0) * 100);
    const currency = body.currency ?? null;
    const redeemed = body.coupons ?? [];
    if (charged > 0 && currency === null) return "Currency is required.";
    if (client === null) {
      if (charged > 0 || redeemed.length > 0) return "Client is not found.";
    } else {
      const held = new Set(coupons.of(client.id).map(({ id }) => id));
      const unknown = redeemed.find((id, index) => !held.has(id) || redeemed.indexOf(id) < index);
      if (unknown !== undefined) return `Coupon with id=${unknown} is not found.`;
      if (charged > 0 && currency !== null) {
        const available = wallets.hundredths(client.id, currency);
        if (charged > available) return `Not enough ${currency}: ${available / 100} available.`;
        wallets.add(client.id, currency, -charged);
      }
      coupons.burn(client.id, redeemed);
    }
    list.push({ body, clientId: client?.id ?? null, charged, currency, coupons: redeemed });
    return null;
  };

  const refund = (body: SandboxOrder["body"]): string | null => {
    const { externalId } = body.order;
    const sale = list.find(
      (one) => one.body.order.receiptType === "sale" && one.body.order.externalId === externalId && !refunded.has(one),
    );
    if (sale === undefined) return `Order with externalId=${externalId} is not found.`;
    refunded.add(sale);
    const { clientId, charged, currency } = sale;
    if (clientId !== null) {
      if (currency !== null) wallets.add(clientId, currency, charged);
      if (restoreCouponsOnRefund) coupons.giveBack(clientId, sale.coupons);
    }
    list.push({ body, clientId, charged: -charged, currency, coupons: restoreCouponsOnRefund ? sale.coupons : [] });
    return null;
  };

  return {
    list,
    take(given) {
      const { data: body, error } = bodySchema.safeParse(given);
      if (body === undefined) {
        const issue = error.issues[0];
        return `Invalid value at ${issue?.path.join(".") ?? "the body"}.`;
      }
      return body.order.receiptType === "sale" ? sell(body) : refund(body);
    },
    reset() {
      list.length = 0;
      refunded.clear();
    },
  };
};
