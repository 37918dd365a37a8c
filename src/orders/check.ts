import { Decimal } from "decimal.js";
import type { Text } from "../contract/index.ts";
import type { FieldProblem } from "../errors.ts";
import { normaliseEmail } from "../guests/emails.ts";
import { storable } from "../guests/storable.ts";
import { isCurrency, sum, totalOfLines } from "./amounts.ts";
import type { CreateOrder } from "./order.ts";

type Path = readonly (string | number)[];

const text = (en: string, ru: string): Text => ({ en, ru });

/** How a decimal may look: digits before and after the point, and whether it may be zero or has a greatest value. */
type DecimalForm = {
  readonly before: number;
  readonly after: number;
  readonly zero?: boolean;
  readonly most?: number;
};

/** Money is stored with 16 digits before the point and 4 after. */
const forms = {
  price: { before: 10, after: 4, zero: true },
  quantity: { before: 5, after: 6 },
  amount: { before: 12, after: 4 },
  vatRate: { before: 3, after: 4, zero: true, most: 100 },
} satisfies Record<string, DecimalForm>;

const greatestTotal = "999999999999";

const longest = { idempotencyKey: 255, number: 100, name: 1000, id: 255, text: 2000 };

/** What is wrong with a text: nothing, or the sentence. `most` counts characters. */
const problemOfText = (value: string, most: number): Text | null => {
  if (value.trim() === "") return text("Must not be empty.", "Не может быть пустым.");
  if (value.length > most) return text(`At most ${most} characters.`, `Не более ${most} символов.`);
  return storable(value) === value
    ? null
    : text("Contains characters that cannot be stored.", "Содержит недопустимые символы.");
};

/** What is wrong with an idempotency key: nothing, or the sentence. */
export const problemOfKey = (key: string): Text | null => problemOfText(key, longest.idempotencyKey);

const problemOfDecimal = (value: string, { before, after, zero = false, most }: DecimalForm): Text | null => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    return text('Must be a decimal such as "12.50".', "Должно быть десятичным числом, например «12.50».");
  }
  const number = new Decimal(value);
  if (number.isNegative() && !number.isZero()) return text("Must not be negative.", "Не может быть отрицательным.");
  if (number.isZero() && !zero) return text("Must be greater than zero.", "Должно быть больше нуля.");
  if (most !== undefined && number.greaterThan(most)) return text(`At most ${most}.`, `Не больше ${most}.`);
  const [whole = "", fraction = ""] = number.toFixed().split(".");
  if (whole.length > before || fraction.length > after) {
    return text(
      `At most ${before} digits before the point and ${after} after it.`,
      `Не более ${before} цифр до точки и ${after} после неё.`,
    );
  }
  return null;
};

/** Vendors' own numbers are odd at times, so only what no phone can be is refused: letters, or too few digits. */
const isPhone = (value: string): boolean => /^\+?[\d\s().-]{5,40}$/.test(value) && value.replace(/\D/g, "").length >= 5;

/** All that is provably wrong with an order before anybody is asked, each with its path in the mutation's input. */
export const checkOrder = (input: CreateOrder): { problems: FieldProblem[]; decimalsAreGood: boolean } => {
  const problems: FieldProblem[] = [];
  let decimalsAreGood = true;
  const add = (path: Path, message: Text | null): void => {
    if (message !== null) problems.push({ path: path.map(String), message });
  };
  const addText = (path: Path, value: string | null | undefined, most: number): void =>
    add(path, value == null ? null : problemOfText(value, most));
  const addDecimal = (path: Path, value: string, form: DecimalForm): void => {
    const problem = problemOfDecimal(value, form);
    decimalsAreGood &&= problem === null;
    add(path, problem);
  };

  add(["idempotencyKey"], problemOfKey(input.idempotencyKey));
  addText(["number"], input.number, longest.number);
  const { phone, email } = input.customer;
  if (phone !== null && !isPhone(phone)) {
    add(["customer", "phone"], text("This is no phone number.", "Это не номер телефона."));
  }
  if (email !== null && (normaliseEmail(email) === null || storable(email) !== email)) {
    add(["customer", "email"], text("This is no e-mail address.", "Это не адрес электронной почты."));
  }
  if (!isCurrency(input.currency)) {
    add(["currency"], text('Must be a currency of ISO 4217, "RUB".', "Должна быть валютой ISO 4217, например «RUB»."));
  }

  if (input.lines.length === 0) {
    add(["lines"], text("An order has at least one line.", "В заказе должна быть хотя бы одна позиция."));
  }
  for (const [index, line] of input.lines.entries()) {
    addText(["lines", index, "productId"], line.productId, longest.id);
    addText(["lines", index, "name"], line.name, longest.name);
    addDecimal(["lines", index, "price"], line.price, forms.price);
    addDecimal(["lines", index, "quantity"], line.quantity, forms.quantity);
    if (line.vatRate !== null) addDecimal(["lines", index, "vatRate"], line.vatRate, forms.vatRate);
  }
  for (const [index, { amount }] of input.payments.entries()) {
    addDecimal(["payments", index, "amount"], amount, forms.amount);
  }

  const { spend, coupons } = input.loyalty;
  if (spend !== null) addDecimal(["loyalty", "spend", spend.kind], spend.amount, forms.amount);
  if (spend?.kind === "money" && spend.currency !== input.currency) {
    add(["loyalty", "spend", "money"], text("Must be the order's currency.", "Должна совпадать с валютой заказа."));
  }
  for (const [index, coupon] of coupons.entries()) {
    addText(["loyalty", "coupons", index], coupon, longest.id);
    if (coupons.indexOf(coupon) < index) {
      add(["loyalty", "coupons", index], text("This coupon is named twice.", "Этот купон указан дважды."));
    }
  }

  const { fulfilment } = input;
  if (fulfilment.kind === "table") {
    addText(["fulfilment", "table", "table"], fulfilment.table, longest.id);
    const { partySize } = fulfilment;
    if (partySize !== null && !(Number.isInteger(partySize) && partySize > 0)) {
      add(
        ["fulfilment", "table", "partySize"],
        text("Must be a whole number from 1.", "Должно быть целым числом от 1."),
      );
    }
  }
  if (fulfilment.kind === "delivery") {
    addText(["fulfilment", "delivery", "address"], fulfilment.address, longest.text);
    if (fulfilment.comment !== null && fulfilment.comment !== "") {
      addText(["fulfilment", "delivery", "comment"], fulfilment.comment, longest.text);
    }
  }

  if (decimalsAreGood) problems.push(...checkSums(input));
  return { problems, decimalsAreGood };
};

/** Nobody pays more than an order costs. Points are no money: what they are worth, the vendor knows. */
const checkSums = ({ lines, payments, loyalty: { spend }, currency }: CreateOrder): FieldProblem[] => {
  if (lines.length === 0) return [];
  const total = totalOfLines(lines, currency);
  const paid = sum(payments.map(({ amount }) => amount));
  const bonus = spend?.kind === "money" && spend.currency === currency ? spend.amount : "0";
  const problems: FieldProblem[] = [];
  if (total.greaterThan(greatestTotal)) {
    problems.push({
      path: ["lines"],
      message: text(`Together they cost more than ${greatestTotal}.`, `Вместе они стоят больше ${greatestTotal}.`),
    });
  }
  if (paid.greaterThan(total)) {
    problems.push({
      path: ["payments"],
      message: text(
        `The payments (${paid.toFixed()}) are more than the lines cost (${total.toFixed()}).`,
        `Сумма оплат (${paid.toFixed()}) больше стоимости позиций (${total.toFixed()}).`,
      ),
    });
  } else if (paid.plus(bonus).greaterThan(total)) {
    problems.push({
      path: ["loyalty", "spend", "money"],
      message: text(
        `With the payments it is more than the lines cost (${total.toFixed()}).`,
        `Вместе с оплатами это больше стоимости позиций (${total.toFixed()}).`,
      ),
    });
  }
  return problems;
};
