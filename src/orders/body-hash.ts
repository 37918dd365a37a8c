import { createHash } from "node:crypto";
import { canonicalDecimal } from "./amounts.ts";
import type { CreateOrder } from "./order.ts";

/** JSON with the keys of every object in one order, so that equal values have equal texts. `undefined` is left out. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

const hash = (body: unknown): Buffer => createHash("sha256").update(canonicalJson(body)).digest();

/**
 * SHA-256 of what is asked for, operation included: the same key with another hash is refused. Decimals that mean the same
 * hash equal; two spellings of one phone do not.
 */
export const hashOfCreate = ({
  integrationId,
  number,
  customer,
  currency,
  lines,
  payments,
  loyalty,
  fulfilment,
}: CreateOrder): Buffer =>
  hash({
    operation: "order.create",
    integrationId,
    number: number ?? null,
    customer: { phone: customer.phone, email: customer.email, guestId: customer.guestId ?? null },
    currency,
    lines: lines.map((line) => ({
      ...line,
      price: canonicalDecimal(line.price),
      quantity: canonicalDecimal(line.quantity),
      vatRate: line.vatRate === null ? null : canonicalDecimal(line.vatRate),
    })),
    payments: payments.map(({ method, amount }) => ({ method, amount: canonicalDecimal(amount) })),
    loyalty: {
      spend: loyalty.spend === null ? null : { ...loyalty.spend, amount: canonicalDecimal(loyalty.spend.amount) },
      coupons: loyalty.coupons,
    },
    fulfilment,
  });

/** The same for a refund, whose whole input is the order. */
export const hashOfRefund = (orderId: string): Buffer => hash({ operation: "order.refund", orderId });
