import { z } from "zod";
import { Decimal } from "decimal.js";
import {
  money,
  points,
  type Balance,
  type Coupon,
  type Decimal as DecimalText,
  type ErrorAnswer,
  type GuestRecord,
  type VendorError,
} from "../../contract/index.ts";
import { plainText } from "./plain-text.ts";

// What may be absent or null the vendor does not say, so everything but ids may be.
const idSchema = z.union([z.int(), z.string().min(1)]);
const text = z.union([z.string(), z.number()]).nullish();
const number = z.number().nullish();
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).nullish();

const clientSchema = z.object({
  id: idSchema,
  email: text,
  phone: text,
  name: text,
  avatarUrl: text,
  paidPurchases: number,
  totalPurchases: number,
  averageBill: decimal,
  totalPurchasesAmount: decimal,
  paidPurchasesAmount: decimal,
  positiveReviews: number,
  neutralReviews: number,
  negativeReviews: number,
});

const couponSchema = z.object({
  id: idSchema,
  title: text,
  header: text,
  subHeader: text,
  shortDescription: text,
  longDescription: text,
  expireDate: number,
  token: text,
  shareToken: text,
  merchantToken: text,
  merchantShareToken: text,
});
export type VendorCoupon = z.infer<typeof couponSchema>;
export const vendorCoupons = z.array(couponSchema);

const balanceSchema = z.object({ amount: decimal, currency: z.string().min(1) });
export type VendorBalance = z.infer<typeof balanceSchema>;
export const vendorBalances = z.array(balanceSchema);

const idOnly = z.object({ id: idSchema });

/** The id of a raw client. @throws ZodError when it has none. */
export const externalIdOf = (raw: unknown): string => String(idOnly.parse(raw).id);

/** A raw client in our words. Amounts are roubles by context; the vendor names no currency. @throws ZodError */
export const toGuest = (raw: unknown): GuestRecord => {
  const client = clientSchema.parse(raw);
  return {
    name: textOrNull(client.name),
    phones: listOf(client.phone),
    emails: listOf(client.email),
    cards: [],
    birthDate: null,
    language: null,
    avatarUrl: textOrNull(client.avatarUrl),
    purchases: unlessEmpty(
      {
        total: client.totalPurchases ?? null,
        paid: client.paidPurchases ?? null,
        averageBill: decimalOf(client.averageBill),
        spentTotal: decimalOf(client.totalPurchasesAmount),
        spentPaid: decimalOf(client.paidPurchasesAmount),
      },
      (purchases) => ({ ...purchases, currency: "RUB" }),
    ),
    reviews: unlessEmpty(
      {
        positive: client.positiveReviews ?? null,
        neutral: client.neutralReviews ?? null,
        negative: client.negativeReviews ?? null,
      },
      (reviews) => reviews,
    ),
    customFields: null,
    sourceCreatedAt: null,
    sourceUpdatedAt: null,
  };
};

/** A coupon in our words; HTML becomes plain text. */
export const toCoupon = (coupon: VendorCoupon): Coupon => ({
  id: String(coupon.id),
  title: textOrNull(coupon.title),
  header: textOrNull(coupon.header),
  subHeader: textOrNull(coupon.subHeader),
  shortDescription: plainTextOf(coupon.shortDescription),
  longDescription: plainTextOf(coupon.longDescription),
  expiresAt: instantOf(coupon.expireDate),
  token: textOrNull(coupon.token),
  shareToken: textOrNull(coupon.shareToken),
  merchantToken: textOrNull(coupon.merchantToken),
  merchantShareToken: textOrNull(coupon.merchantShareToken),
});

/** ISO 4217 codes, as far as this Node knows them. */
const isoCurrencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * A balance in our words; null when no amount is told. The vendor has "points" and "rubles" so far. Another currency is
 * money if it is an ISO 4217 code; any other word is a kind of points of its own, which its id and name tell apart: what is
 * not known to be money is never shown as money.
 */
export const toBalance = ({ amount, currency }: VendorBalance): Balance | null => {
  const available = decimalOf(amount);
  if (available === null) return null;
  if (currency === "points") return { id: currency, name: null, available: points(available) };
  if (currency === "rubles") return { id: currency, name: null, available: money(available, "RUB") };
  if (isoCurrencies.has(currency)) return { id: currency, name: null, available: money(available, currency) };
  return { id: currency, name: currency, available: points(available) };
};

const errorSchema = z.object({ error: z.string().optional(), message: z.string().optional() });

/** The vendor's error body: {error, message, path, status, timestamp}, the usual form of Spring Boot. */
export const readError = ({ body }: ErrorAnswer): VendorError => {
  const { error, message } = errorSchema.safeParse(body).data ?? {};
  return { message: message !== undefined && message !== "" ? message : error };
};

const textOrNull = (value: string | number | null | undefined): string | null => (value == null ? null : String(value));

const plainTextOf = (value: string | number | null | undefined): string | null =>
  value == null ? null : plainText(String(value));

const listOf = (value: string | number | null | undefined): string[] => {
  const given = textOrNull(value)?.trim() ?? "";
  return given === "" ? [] : [given];
};

/** As plain digits: JavaScript writes very small and very great numbers with an exponent. */
const decimalOf = (value: string | number | null | undefined): DecimalText | null => {
  if (value == null) return null;
  const given = String(value);
  return given.includes("e") ? new Decimal(given).toFixed() : given;
};

/** Epoch milliseconds; null when the calendar has no such instant. */
const instantOf = (milliseconds: number | null | undefined): Date | null => {
  if (milliseconds == null) return null;
  const instant = new Date(milliseconds);
  return Number.isNaN(instant.getTime()) ? null : instant;
};

/** null when nothing of it is known. */
const unlessEmpty = <Values extends Record<string, unknown>, Result>(
  values: Values,
  give: (values: Values) => Result,
): Result | null => (Object.values(values).every((value) => value === null) ? null : give(values));
