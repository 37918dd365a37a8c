/**
 * The columns of a guest's profile that come from the vendor, in the order in which rows are written, with their types.
 * Values travel as text, and the types are how PostgreSQL reads them.
 */
export const vendorColumns = [
  ["external_id", "text"],
  ["name", "text"],
  ["search_name", "text"],
  ["email", "text"],
  ["phone", "text"],
  ["phone_as_given", "text"],
  ["birth_date", "date"],
  ["language", "text"],
  ["avatar_url", "text"],
  ["purchases_total", "int"],
  ["purchases_paid", "int"],
  ["bill_average", "numeric"],
  ["spent_total", "numeric"],
  ["spent_paid", "numeric"],
  ["currency", "text"],
  ["reviews_positive", "int"],
  ["reviews_neutral", "int"],
  ["reviews_negative", "int"],
  ["custom_fields", "jsonb"],
  ["raw", "jsonb"],
  ["source_created_at", "timestamptz"],
  ["source_updated_at", "timestamptz"],
] as const;

/** What a value must be to be stored; the messages end up with the failed record, for people. */
export class UnstorableError extends Error {
  constructor(what: string, value: unknown) {
    super(`${what} cannot be stored: ${JSON.stringify(value)?.slice(0, 100)}`);
    this.name = "UnstorableError";
  }
}

/** @throws UnstorableError when it is no whole number of 32 bits. */
export const wholeNumber = (what: string, value: number | null): string | null => {
  if (value === null) return null;
  if (!Number.isInteger(value) || Math.abs(value) > 2_147_483_647) throw new UnstorableError(what, value);
  return String(value);
};

/** numeric(20, 4). @throws UnstorableError when it is no decimal number, or has more than 16 digits before the point. */
export const decimal = (what: string, value: string | null): string | null => {
  if (value === null) return null;
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(value) || Math.abs(Number(value)) >= 1e15) {
    throw new UnstorableError(what, value);
  }
  return value;
};

/** @throws UnstorableError when the calendar has no such day. */
export const isoDate = (what: string, value: string | null): string | null => {
  if (value === null) return null;
  const instant = new Date(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || value < "0001" || Number.isNaN(instant.getTime())) {
    throw new UnstorableError(what, value);
  }
  // The Date of 30 February is 1 March.
  if (instant.toISOString().slice(0, 10) !== value) throw new UnstorableError(what, value);
  return value;
};

/** @throws UnstorableError when it is no instant of the years 1 to 9999. */
export const instant = (what: string, value: Date | null): string | null => {
  if (value === null) return null;
  const time = value.getTime();
  if (!(time >= -62_135_596_800_000 && time <= 253_402_300_799_999)) throw new UnstorableError(what, String(value));
  return value.toISOString();
};

/** @throws UnstorableError when it is not three capital letters. */
export const currencyCode = (what: string, value: string | null): string | null => {
  if (value !== null && !/^[A-Z]{3}$/.test(value)) throw new UnstorableError(what, value);
  return value;
};
