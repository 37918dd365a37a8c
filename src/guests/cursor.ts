import { GatewayError } from "../errors.ts";

/** How a list is sorted, and what its cursors hold. */
export type CursorPlace = { readonly field: string; readonly value: string; readonly id: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A cursor: opaque to clients, and good as long as its row's sort value does not change. */
export const encodeCursor = ({ field, value, id }: CursorPlace): string =>
  Buffer.from(JSON.stringify([field, value, id])).toString("base64url");

/**
 * @param field the sort of the list that it is given to.
 * @param argument the argument's name, for the error.
 * @throws GatewayError BAD_INPUT when it is not a cursor, or one of another sort.
 */
export const decodeCursor = (cursor: string, field: string, argument: "after" | "before"): CursorPlace => {
  const [given, value, id] = partsOf(cursor);
  if (given !== field || typeof value !== "string" || typeof id !== "string" || !uuid.test(id) || !fits(field, value)) {
    const message = {
      en: "This is not a cursor of this list with this order.",
      ru: "Это не курсор этого списка с такой сортировкой.",
    };
    throw new GatewayError("BAD_INPUT", { fields: [{ path: [argument], message }] });
  }
  return { field, value, id };
};

const fits = (field: string, value: string): boolean =>
  field === "NAME"
    ? !value.includes("\0")
    : /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));

const partsOf = (cursor: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};
