import type { Pool } from "pg";
import { validate as isUuid } from "uuid";
import type { OrderStatus } from "../generated/prisma/enums.ts";
import { decodeCursor, encodeCursor, type CursorPlace } from "../guests/cursor.ts";
import { orderColumns, orderOf, type OrderRow, type StoredOrder } from "./order.ts";

/** All conditions together. */
export type OrderFilter = {
  readonly integrationId?: string | undefined;
  readonly status?: OrderStatus | undefined;
  /** Orders of any of the guest's profiles. */
  readonly guestId?: string | undefined;
};

/** How many, from which end, between which cursors. */
export type OrderPageRequest = {
  readonly count: number;
  readonly backwards: boolean;
  readonly after: string | null;
  readonly before: string | null;
};

export type OrderPage = {
  readonly rows: readonly { readonly cursor: string; readonly node: StoredOrder }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
};

/** $1 account, $2 integration, $3 status, $4 guest; a condition that is null is none. */
const conditions = `
  account_id = $1
  and ($2::uuid is null or integration_id = $2)
  and ($3::"OrderStatus" is null or status = $3)
  and ($4::uuid is null or guest_profile_id in (select id from guest_profile where account_id = $1 and guest_id = $4))`;

const valuesOf = (accountId: string, { integrationId, status, guestId }: OrderFilter) => [
  accountId,
  integrationId ?? null,
  status ?? null,
  guestId ?? null,
];

/** Ids come from clients; one that is no UUID names nothing, and PostgreSQL would take it for an error. */
const namesNothing = ({ integrationId, guestId }: OrderFilter): boolean =>
  [integrationId, guestId].some((id) => id !== undefined && !isUuid(id));

/** What the cursors of this list are marked with. */
const cursorField = "ORDER_CREATED_AT";

const placeOf = ({ createdAt, id }: StoredOrder) => ({ field: cursorField, value: createdAt.toISOString(), id });

/**
 * A page of the account's orders, newest first. The cursor is the order's place (time and id), so orders that come while a
 * client pages shift nothing.
 */
export const listOrders = async (
  pool: Pool,
  accountId: string,
  { filter, page }: { readonly filter: OrderFilter; readonly page: OrderPageRequest },
): Promise<OrderPage> => {
  const { count, backwards } = page;
  const after = page.after === null ? null : decodeCursor(page.after, cursorField, "after");
  const before = page.before === null ? null : decodeCursor(page.before, cursorField, "before");
  if (namesNothing(filter)) return { rows: [], hasNextPage: false, hasPreviousPage: false };
  const direction = backwards ? "asc" : "desc";
  // Cursors are left out of the text when there are none: PostgreSQL then walks the index from its end.
  const values: unknown[] = valuesOf(accountId, filter);
  const place = ({ value, id }: CursorPlace, sign: string): string => {
    const first = values.push(value, id) - 1;
    return `and (created_at, id) ${sign} ($${first}::timestamptz, $${first + 1}::uuid)`;
  };
  const places = `${after === null ? "" : place(after, "<")} ${before === null ? "" : place(before, ">")}`;
  values.push(count + 1);
  const { rows: found } = await pool.query<OrderRow>(
    `select ${orderColumns} from "order" where ${conditions} ${places}
     order by created_at ${direction}, id ${direction} limit $${values.length}`,
    values,
  );
  const more = found.length > count;
  const orders = found.slice(0, count).map(orderOf);
  if (backwards) orders.reverse();
  return {
    rows: orders.map((node) => ({ cursor: encodeCursor(placeOf(node)), node })),
    hasNextPage: backwards ? before !== null : more,
    hasPreviousPage: backwards ? more : after !== null,
  };
};

/** How many orders of the account meet the conditions. */
export const countOrders = async (pool: Pool, accountId: string, filter: OrderFilter): Promise<number> => {
  if (namesNothing(filter)) return 0;
  const { rows } = await pool.query<{ count: number }>({
    name: "count-orders",
    text: `select count(*) as count from "order" where ${conditions}`,
    values: valuesOf(accountId, filter),
  });
  return rows[0]?.count ?? 0;
};

/** The account's orders among these ids, in any order. */
export const ordersByIds = async (pool: Pool, accountId: string, ids: readonly string[]): Promise<StoredOrder[]> => {
  const { rows } = await pool.query<OrderRow>({
    name: "orders-by-ids",
    text: `select ${orderColumns} from "order" where account_id = $1 and id = any($2::uuid[])`,
    values: [accountId, ids.filter((id) => isUuid(id))],
  });
  return rows.map(orderOf);
};
