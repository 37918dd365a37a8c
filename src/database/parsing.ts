import pg from "pg";

const { builtins, getTypeParser } = pg.types;

/** count(*), event numbers and the like: exact as a number, far from 2^53 in any installation, and refused beyond it. */
const toNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a JavaScript number`);
  return value;
};

/**
 * How this program reads PostgreSQL's types, for its own pools only: pg's global parsers stay as they are for pg-boss and
 * Prisma, which bring their own.
 * - `int8` is a number (pg's default, a string, makes 10 + 1 = "101");
 * - `date` and `timestamp` (without zone) stay text, "2026-11-27" and "2026-11-27T19:30:00": they are wall time, and pg's
 *   default would read them in the zone of this machine;
 * - `numeric` stays a decimal string: it is money;
 * - `timestamptz` is a Date, as pg has it.
 */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary"): unknown => {
    if (format === "binary") return getTypeParser(oid, format);
    if (oid === builtins.INT8) return toNumber;
    if (oid === builtins.DATE) return (text: string) => text;
    if (oid === builtins.TIMESTAMP) return (text: string) => text.replace(" ", "T");
    return getTypeParser(oid, format);
  }) as typeof getTypeParser,
};
