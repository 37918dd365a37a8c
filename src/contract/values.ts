/** A decimal number as text ("1234.5"), because money and points must not pass through binary fractions. */
export type Decimal = string;

/** An amount of money: main units (roubles, not kopecks) and an ISO 4217 currency. */
export type Money = { readonly kind: "money"; readonly amount: Decimal; readonly currency: string };

/** An amount of loyalty points. Not money, and never added to it. */
export type Points = { readonly kind: "points"; readonly amount: Decimal };

export const money = (amount: Decimal, currency: string): Money => ({ kind: "money", amount, currency });
export const points = (amount: Decimal): Points => ({ kind: "points", amount });

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
