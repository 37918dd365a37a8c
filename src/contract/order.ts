import type { Decimal, Money, Points } from "./values.ts";

export type Unit = "PIECE" | "KILOGRAM" | "GRAM" | "LITRE" | "MILLILITRE";

export type OrderLine = {
  /** The product's id in the vendor's system, where it has one. */
  readonly productId: string | null;
  readonly name: string;
  /** Of one unit, in the order's currency. */
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly unit: Unit;
  /** Per cent: "20" is 20 %. */
  readonly vatRate: Decimal | null;
};

export type Payment = { readonly method: "CARD" | "CASH"; readonly amount: Decimal };

/** How the guest gets what was ordered. Exactly one kind. */
export type Fulfilment =
  | { readonly kind: "receipt" }
  | {
      readonly kind: "table";
      readonly venueId: string | null;
      readonly table: string;
      readonly partySize: number | null;
    }
  | {
      readonly kind: "delivery";
      readonly venueId: string | null;
      readonly address: string;
      readonly dueAt: Date | null;
      readonly comment: string | null;
    };

/** An order as a provider is asked to make it. */
export type OrderRequest = {
  /** The order's number that the vendor is given: ours, unique within the integration. */
  readonly number: string;
  readonly customer: { readonly phone: string | null; readonly email: string | null };
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly payments: readonly Payment[];
  readonly spend: Money | Points | null;
  /** The vendor's coupon ids. */
  readonly coupons: readonly string[];
  readonly fulfilment: Fulfilment;
};

/**
 * What became of a write at the vendor. `accepted`: it will happen later (the provider's `follow` tells when);
 * refusals and doubts are errors of the error table.
 */
export type OrderOutcome = {
  readonly state: "confirmed" | "accepted";
  /** The vendor's own id of the order, where it gives one. */
  readonly vendorId: string | null;
};
