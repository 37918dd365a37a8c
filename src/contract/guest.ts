import type { Decimal, Money, Points } from "./values.ts";

/**
 * What one system says of one guest, in our words. Phones and e-mails are as the vendor spells them (they are normalised
 * where they are stored); the first of each list is the main one. Unknown is null or an empty list, never a guess.
 */
export type GuestRecord = {
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly cards: readonly string[];
  /** ISO date, "1990-12-31". */
  readonly birthDate: string | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly avatarUrl: string | null;
  readonly purchases: Purchases | null;
  readonly reviews: Reviews | null;
  /** Fields of the customer's own, by the vendor's name of them. */
  readonly customFields: Readonly<Record<string, unknown>> | null;
  /** The vendor's own times, as instants. */
  readonly sourceCreatedAt: Date | null;
  readonly sourceUpdatedAt: Date | null;
};

/** What the guest bought, as the system counts it. Amounts are in `currency` (ISO 4217), main units. */
export type Purchases = {
  readonly total: number | null;
  readonly paid: number | null;
  readonly averageBill: Decimal | null;
  readonly spentTotal: Decimal | null;
  readonly spentPaid: Decimal | null;
  readonly currency: string;
};

/** How many reviews of each kind the guest left. */
export type Reviews = {
  readonly positive: number | null;
  readonly neutral: number | null;
  readonly negative: number | null;
};

/** What a guest may spend at one system. `id` tells the wallets of one guest apart. */
export type Balance = {
  readonly id: string;
  readonly name: string | null;
  readonly available: Money | Points;
};

/** A coupon that a guest holds. Tokens redeem it, so they are as good as money: see `secretPaths` of the provider. */
export type Coupon = {
  /** The vendor's id, the one that an order names. Unique within the guest. */
  readonly id: string;
  readonly title: string | null;
  readonly header: string | null;
  readonly subHeader: string | null;
  /** Plain text: a vendor's HTML is stripped by the mapping. */
  readonly shortDescription: string | null;
  readonly longDescription: string | null;
  readonly expiresAt: Date | null;
  readonly token: string | null;
  readonly shareToken: string | null;
  readonly merchantToken: string | null;
  readonly merchantShareToken: string | null;
};
