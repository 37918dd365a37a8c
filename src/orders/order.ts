import { Decimal } from "decimal.js";
import type { Fulfilment, Json, Money, OrderLine, OrderRequest, Payment, Points } from "../contract/index.ts";
import type { ErrorCode } from "../errors.ts";
import type { OrderStatus } from "../generated/prisma/enums.ts";
import { fractionDigits } from "./amounts.ts";

/** What the guest pays with beside money: points (or bonus roubles) to spend, and the vendor's coupon ids. */
export type Loyalty = { readonly spend: Money | Points | null; readonly coupons: readonly string[] };

/** An order as a client asks for it. */
export type CreateOrder = {
  readonly integrationId: string;
  /** The client's own name for this wish, 1 to 255 characters: repeated with the same input it never orders twice. */
  readonly idempotencyKey: string;
  /** The order's number at the vendor, unique within the integration; made here when there is none. */
  readonly number?: string | null;
  readonly customer: {
    readonly phone: string | null;
    readonly email: string | null;
    /** A guest of the account: gives the phone and e-mail when the client gives neither. */
    readonly guestId?: string | null;
  };
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly payments: readonly Payment[];
  readonly loyalty: Loyalty;
  /** Its `venueId` is the id of a venue of the account. */
  readonly fulfilment: Fulfilment;
};

/**
 * An order as it is kept and shown. The columns `lines`, `payments`, `loyalty` and `fulfilment` hold these very shapes as
 * JSON (`dueAt` as an ISO instant); whoever syncs orders from a vendor writes the same.
 */
export type StoredOrder = {
  readonly id: string;
  readonly integrationId: string;
  readonly number: string;
  /** PENDING with an `errorCode`: it provably never reached the vendor, the same key may send it again. */
  readonly status: OrderStatus;
  /** Null: no refund was asked for. */
  readonly refundStatus: OrderStatus | null;
  /** The buyer as the integration knows them, where it does. */
  readonly guestProfileId: string | null;
  readonly venueId: string | null;
  /** As the vendor was told. */
  readonly customer: { readonly phone: string | null; readonly email: string | null };
  readonly currency: string;
  /** What the lines cost together, each rounded to the currency's smallest unit. */
  readonly total: Money;
  readonly lines: readonly OrderLine[];
  readonly payments: readonly Payment[];
  readonly loyalty: Loyalty;
  /** Its `venueId` is the vendor's own id of the venue. */
  readonly fulfilment: Fulfilment;
  /** Why it, or its refund, stands where it stands. */
  readonly errorCode: ErrorCode | null;
  /** The vendor's own words, or ours in English. */
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

/** The payload of the event `order.changed`: a StoredOrder in JSON, its three instants as ISO text. */
export type OrderPayload = Omit<StoredOrder, "createdAt" | "changedAt" | "fulfilment"> & {
  readonly createdAt: string;
  readonly changedAt: string;
  readonly fulfilment: FulfilmentJson;
};

type FulfilmentJson =
  | Exclude<Fulfilment, { kind: "delivery" }>
  | (Omit<Extract<Fulfilment, { kind: "delivery" }>, "dueAt"> & { readonly dueAt: string | null });

/** A row of the table, as `orderColumns` reads it. */
export type OrderRow = {
  readonly id: string;
  readonly integration_id: string;
  readonly external_id: string;
  readonly status: OrderStatus;
  readonly refund_status: OrderStatus | null;
  readonly guest_profile_id: string | null;
  readonly venue_id: string | null;
  readonly customer_phone: string | null;
  readonly customer_email: string | null;
  readonly currency: string;
  readonly total: string;
  readonly lines: OrderLine[];
  readonly payments: Payment[];
  readonly loyalty: Loyalty | null;
  readonly fulfilment: FulfilmentJson;
  readonly error_code: ErrorCode | null;
  readonly error_message: string | null;
  readonly created_at: Date;
  readonly changed_at: Date;
};

export const orderColumns = `id, integration_id, external_id, status, refund_status, guest_profile_id, venue_id, customer_phone,
  customer_email, currency, total, lines, payments, loyalty, fulfilment, error_code, error_message, created_at, changed_at`;

/**
 * What stands behind the number of a refused order, so that the corrected order can have the number: the vendor has no such
 * order, and the unique index would keep the number for ever.
 */
export const refusedSuffix = (orderId: string): string => `#${orderId}`;

const numberOf = ({ id, external_id }: OrderRow): string => {
  const suffix = refusedSuffix(id);
  return external_id.endsWith(suffix) ? external_id.slice(0, -suffix.length) : external_id;
};

const totalOf = ({ total, currency }: OrderRow): Money => {
  const amount = new Decimal(total);
  return {
    kind: "money",
    amount: amount.toFixed(Math.max(fractionDigits(currency), amount.decimalPlaces())),
    currency,
  };
};

const fulfilmentFromJson = (stored: FulfilmentJson): Fulfilment =>
  stored.kind === "delivery" ? { ...stored, dueAt: stored.dueAt === null ? null : new Date(stored.dueAt) } : stored;

/** The order in a row. */
export const orderOf = (row: OrderRow): StoredOrder => ({
  id: row.id,
  integrationId: row.integration_id,
  number: numberOf(row),
  status: row.status,
  refundStatus: row.refund_status,
  guestProfileId: row.guest_profile_id,
  venueId: row.venue_id,
  customer: { phone: row.customer_phone, email: row.customer_email },
  currency: row.currency,
  total: totalOf(row),
  lines: row.lines,
  payments: row.payments,
  loyalty: row.loyalty ?? { spend: null, coupons: [] },
  fulfilment: fulfilmentFromJson(row.fulfilment),
  errorCode: row.error_code,
  errorMessage: row.error_message,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});

/** The payload of the event that tells how an order stands. */
export const payloadOf = (order: StoredOrder): Json => JSON.parse(JSON.stringify(order)) as Json;

/** The order that an event `order.changed` tells of. */
export const orderFromPayload = (payload: OrderPayload): StoredOrder => ({
  ...payload,
  fulfilment: fulfilmentFromJson(payload.fulfilment),
  createdAt: new Date(payload.createdAt),
  changedAt: new Date(payload.changedAt),
});

/** What the provider is asked to make, or to take back. */
export const requestOf = (
  order: Pick<StoredOrder, "number" | "customer" | "currency" | "lines" | "payments" | "loyalty" | "fulfilment">,
): OrderRequest => ({
  number: order.number,
  customer: order.customer,
  currency: order.currency,
  lines: order.lines,
  payments: order.payments,
  spend: order.loyalty.spend,
  coupons: order.loyalty.coupons,
  fulfilment: order.fulfilment,
});
