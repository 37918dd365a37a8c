import { Decimal } from "decimal.js";
import type { OrderLine } from "../contract/index.ts";

/** Enough for any sum here: 12 digits times 9 digits, exactly. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

const known = new Set(Intl.supportedValuesOf("currency"));

/** Whether the text is a currency of ISO 4217, "RUB". */
export const isCurrency = (text: string): boolean => known.has(text);

const digits = new Map<string, number>();

/** How many digits the currency has after the point: 2 for RUB, 0 for JPY. 2 for a currency that is not known. */
export const fractionDigits = (currency: string): number => {
  const found = digits.get(currency);
  if (found !== undefined) return found;
  // In ECMA-402 these are the minor units of ISO 4217.
  const count = isCurrency(currency)
    ? (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;
  digits.set(currency, count);
  return count;
};

/** The sum of decimals, exactly. */
export const sum = (amounts: readonly string[]): Decimal =>
  amounts.reduce<Decimal>((total, amount) => total.plus(amount), new Exact(0));

/** What the lines cost together: each is rounded to the currency's smallest unit, half up, as a receipt prints it. */
export const totalOfLines = (lines: readonly Pick<OrderLine, "price" | "quantity">[], currency: string): Decimal =>
  lines.reduce<Decimal>(
    (total, { price, quantity }) =>
      total.plus(new Exact(price).times(quantity).toDecimalPlaces(fractionDigits(currency))),
    new Exact(0),
  );

/** One spelling for equal decimals: "10.0" and "010" are "10". What is no plain decimal stays as it is. */
export const canonicalDecimal = (text: string): string =>
  /^-?\d+(\.\d+)?$/.test(text) ? new Exact(text).toFixed() : text;
