import { Decimal } from "decimal.js";
import type {
  Decimal as DecimalText,
  OrderLine,
  OrderProblem,
  OrderRequest,
  Text,
  Unit,
} from "../../contract/index.ts";

/** The vendor's receipt, as it is sent. Absent fields are those that the guide calls optional, or that say nothing. */
export type VendorOrder = {
  readonly order: {
    readonly receiptType: "sale" | "refund";
    readonly externalId: string;
    readonly amountCard?: number;
    readonly amountCash?: number;
    readonly customerEmail?: string;
    readonly customerPhone?: string;
    readonly items: readonly VendorLine[];
  };
  readonly amount?: number;
  readonly currency?: "points" | "rubles";
  readonly coupons?: readonly number[];
};

type VendorLine = {
  /** With a capital, as the guide's table has it. */
  readonly Id?: string;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly unit: (typeof units)[Unit];
  readonly vat?: number;
};

const units = { PIECE: "piece", KILOGRAM: "kg", GRAM: "g", LITRE: "L", MILLILITRE: "ml" } as const;

/** A sale, with what it spends and redeems. */
export const toSale = (order: OrderRequest): VendorOrder => ({
  ...receipt("sale", order),
  ...(order.spend && {
    amount: Number(order.spend.amount),
    currency: order.spend.kind === "points" ? "points" : "rubles",
  }),
  ...(order.coupons.length > 0 && { coupons: order.coupons.map(Number) }),
});

/**
 * The refund of a sale: the same receipt with the same `externalId`, by which the vendor must know what to undo. What was
 * spent is left out: the guide calls `amount` "how much to charge", and a refund must not charge again.
 */
export const toRefund = (order: OrderRequest): VendorOrder => receipt("refund", order);

const receipt = (receiptType: "sale" | "refund", { number, customer, lines, payments }: OrderRequest): VendorOrder => {
  const amountCard = paidBy(payments, "CARD");
  const amountCash = paidBy(payments, "CASH");
  const phone = digitsOf(customer.phone);
  return {
    order: {
      receiptType,
      externalId: number,
      ...(amountCard !== null && { amountCard }),
      ...(amountCash !== null && { amountCash }),
      ...(customer.email !== null && { customerEmail: customer.email }),
      ...(phone !== "" && { customerPhone: phone }),
      items: lines.map(toLine),
    },
  };
};

const toLine = ({ productId, name, price, quantity, unit, vatRate }: OrderLine): VendorLine => ({
  ...(productId !== null && { Id: productId }),
  name,
  price: Number(price),
  quantity: Number(quantity),
  unit: units[unit],
  ...(vatRate !== null && { vat: Number(vatRate) }),
});

const sumOf = (payments: OrderRequest["payments"], method: "CARD" | "CASH"): Decimal | null => {
  const ofMethod = payments.filter((payment) => payment.method === method);
  return ofMethod.length === 0 ? null : ofMethod.reduce((total, { amount }) => total.plus(amount), new Decimal(0));
};

/** null when nothing was paid so: the vendor's field is optional. */
const paidBy = (payments: OrderRequest["payments"], method: "CARD" | "CASH"): number | null =>
  sumOf(payments, method)?.toNumber() ?? null;

/** Phones are digits without a plus at the vendor. */
const digitsOf = (phone: string | null): string => (phone ?? "").replace(/\D/g, "");

/** What i-bonus would refuse, or worse: misunderstand. Sums and texts are checked for every provider alike before this. */
export const checkOrder = (order: OrderRequest): OrderProblem[] => {
  const problems: OrderProblem[] = [];
  const add = (path: readonly (string | number)[], message: Text): void => {
    problems.push({ path: path.map(String), message });
  };
  const { customer, currency, lines, payments, spend, coupons, fulfilment } = order;

  if ((spend !== null || coupons.length > 0) && digitsOf(customer.phone) === "" && customer.email === null) {
    add(["customer"], {
      en: "i-bonus needs a phone or an e-mail to know whose points and coupons to take.",
      ru: "Чтобы списать баллы или погасить купоны, i-bonus нужен телефон или email гостя.",
    });
  }
  if (currency !== "RUB") {
    add(["currency"], { en: "i-bonus counts in roubles (RUB) only.", ru: "i-bonus считает только в рублях (RUB)." });
  }
  if (spend?.kind === "money" && spend.currency !== "RUB") {
    add(["loyalty", "spend", "money"], {
      en: "The money on an i-bonus account is in roubles (RUB).",
      ru: "Деньги на счёте i-bonus — только рубли (RUB).",
    });
  }
  if (fulfilment.kind !== "receipt") {
    add(["fulfilment"], {
      en: "i-bonus takes receipts only, no orders to a table or for delivery.",
      ru: "i-bonus принимает только чеки, без заказов за стол и доставки.",
    });
  }
  for (const [index, coupon] of coupons.entries()) {
    if (!/^\d+$/.test(coupon) || !Number.isSafeInteger(Number(coupon))) {
      add(["loyalty", "coupons", index], {
        en: "The id of an i-bonus coupon is a number.",
        ru: "Номер купона i-bonus — целое число.",
      });
    }
  }
  for (const [path, value] of numbersOf(lines, payments, spend)) if (!isExact(value)) add(path, tooManyDigits);
  return problems;
};

const numbersOf = (
  lines: OrderRequest["lines"],
  payments: OrderRequest["payments"],
  spend: OrderRequest["spend"],
): [path: (string | number)[], value: DecimalText][] => {
  const numbers: [(string | number)[], DecimalText][] = [];
  for (const [index, { price, quantity, vatRate }] of lines.entries()) {
    numbers.push([["lines", index, "price"], price], [["lines", index, "quantity"], quantity]);
    if (vatRate !== null) numbers.push([["lines", index, "vatRate"], vatRate]);
  }
  for (const method of ["CARD", "CASH"] as const) {
    const total = sumOf(payments, method);
    if (total !== null) numbers.push([["payments"], total.toFixed()]);
  }
  if (spend !== null) numbers.push([["loyalty", "spend", spend.kind], spend.amount]);
  return numbers;
};

/** The vendor takes JSON numbers, and those hold 15 digits for sure: what would come out different is not sent. */
const isExact = (text: DecimalText): boolean => new Decimal(Number(text)).equals(text);

const tooManyDigits: Text = {
  en: "This has more digits than i-bonus can be told exactly (about 15).",
  ru: "Слишком много цифр: i-bonus можно точно передать около 15.",
};
