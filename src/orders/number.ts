import { randomBytes } from "node:crypto";

/** Crockford's base 32: without I, L, O and U, which people misread on a receipt. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new order number such as "7K3M9QX2TB": 50 random bits, so that a million orders of one integration collide once in 2000. */
export const newNumber = (): string => [...randomBytes(10)].map((byte) => letters[byte & 31]).join("");
