import { hash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { GatewayError } from "../errors.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { normaliseEmail } from "./emails.ts";
import { wordSeparators, wordsOf } from "./names.ts";
import { normalisePhone } from "./phones.ts";

/** A guest as the graph shows it. */
export type GuestRow = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

/** What is left out does not filter. */
export type GuestFilter = {
  readonly email?: string | null | undefined;
  /** In any spelling. */
  readonly phone?: string | null | undefined;
  /** Each of its words begins a word of the guest's name. */
  readonly name?: string | null | undefined;
  readonly integrationId?: string | null | undefined;
  /** Changed at this time or later. */
  readonly updatedSince?: Date | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
};

export type GuestOrder = {
  readonly field: "NAME" | "CREATED_AT" | "CHANGED_AT";
  readonly direction: "ASC" | "DESC";
};

/** As Relay has it: `first` with `after`, or `last` with `before`. */
export type GuestPage = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

export type Listing = {
  readonly filter: GuestFilter;
  /** How a phone without a country code is read; Russia's by default. */
  readonly defaultCountry?: string;
};

type Db = Pool | PoolClient;

const sortColumns = { NAME: "search_name", CREATED_AT: "created_at", CHANGED_AT: "changed_at" } as const;
const sortTypes = { NAME: "text", CREATED_AT: "timestamptz", CHANGED_AT: "timestamptz" } as const;

type SortableRow = GuestRow & { readonly searchName: string };

/**
 * A page of an account's guests, by keyset: as fast at the millionth as at the first.
 * @returns the rows in the list's order, each with its cursor.
 * @throws GatewayError BAD_INPUT for a cursor of another list, or a page that goes both ways.
 */
export const listGuests = async (
  db: Db,
  accountId: string,
  { filter, orderBy, defaultCountry, ...page }: Listing & GuestPage & { readonly orderBy: GuestOrder },
): Promise<{
  rows: (GuestRow & { cursor: string })[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}> => {
  const { first, last } = page;
  if (first != null && last != null) throw bothWays();
  const backwards = last != null;
  const size = Math.max(0, first ?? last ?? 20);
  const after = page.after == null ? null : decodeCursor(page.after, orderBy.field, "after");
  const before = page.before == null ? null : decodeCursor(page.before, orderBy.field, "before");
  const column = sortColumns[orderBy.field];
  const type = sortTypes[orderBy.field];

  const { conditions, values } = conditionsOf(accountId, filter, defaultCountry);
  const beyond = (operator: ">" | "<", { value, id }: { value: string; id: string }): void => {
    values.push(value, id);
    const parameters = `($${values.length - 1}::${type}, $${values.length}::uuid)`;
    conditions.push(`(g.${column}, g.id) ${operator} ${parameters}`);
  };
  const ascending = orderBy.direction === "ASC";
  if (after !== null) beyond(ascending ? ">" : "<", after);
  if (before !== null) beyond(ascending ? "<" : ">", before);
  const way = ascending === backwards ? "desc" : "asc";
  values.push(size + 1);
  const rows = await query<SortableRow>(
    db,
    `select ${guestColumns}, g.search_name as "searchName" from guest g where ${conditions.join(" and ")}
     order by g.${column} ${way}, g.id ${way} limit $${values.length}`,
    values,
  );
  const more = rows.length > size;
  const shown = rows.slice(0, size);
  if (backwards) shown.reverse();
  return {
    rows: shown.map(({ searchName, ...row }) => ({
      ...row,
      cursor: encodeCursor({ field: orderBy.field, value: sortValue(orderBy, row, searchName), id: row.id }),
    })),
    hasNextPage: backwards ? before !== null : more,
    hasPreviousPage: backwards ? more : after !== null,
  };
};

/** How many guests there are. Reads them all, so it is asked only when a client asks. */
export const countGuests = async (db: Db, accountId: string, { filter, defaultCountry }: Listing): Promise<number> => {
  const { conditions, values } = conditionsOf(accountId, filter, defaultCountry);
  const text = `select count(*)::int as count from guest g where ${conditions.join(" and ")}`;
  const [row] = await query<{ count: number }>(db, text, values);
  return row?.count ?? 0;
};

/** Guests by id, each under the id that was asked for: an id that was merged away gives the guest that it is now. */
export const guestsByIds = async (
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, GuestRow>> => {
  const rows = await query<GuestRow & { askedId: string }>(
    db,
    `select asked.id as "askedId", ${guestColumns} from guest asked
     join guest g on g.account_id = $1 and g.id = coalesce(asked.merged_into, asked.id)
     where asked.account_id = $1 and asked.id = any($2::uuid[])`,
    [accountId, ids],
  );
  return new Map(rows.map(({ askedId, ...row }) => [askedId, row]));
};

const guestColumns = `g.id, g.name, g.email, g.phone, g.created_at as "createdAt", g.changed_at as "changedAt"`;

const sortValue = ({ field }: GuestOrder, row: GuestRow, searchName: string): string =>
  field === "NAME" ? searchName : (field === "CREATED_AT" ? row.createdAt : row.changedAt).toISOString();

const bothWays = (): GatewayError =>
  new GatewayError("BAD_INPUT", {
    fields: [
      {
        path: ["last"],
        message: { en: "Give either `first` or `last`.", ru: "Укажите либо `first`, либо `last`." },
      },
    ],
  });

/** The words of a guest's name, and its account: must be, letter by letter, the expression of the index guest_words. */
const wordsColumn = `array_to_tsvector(array_remove(string_to_array(translate(g.search_name, '${wordSeparators.replaceAll("'", "''")}', '${" ".repeat(wordSeparators.length)}'), ' '), '') || g.account_id::text)`;

/** A word as a lexeme of tsquery. Words hold neither quotes nor spaces (`wordsOf`), but may hold backslashes. */
const lexeme = (word: string): string => `'${word.replaceAll("\\", "\\\\")}'`;

const conditionsOf = (
  accountId: string,
  filter: GuestFilter,
  defaultCountry = "RU",
): { conditions: string[]; values: unknown[] } => {
  const conditions = ["g.account_id = $1", "g.merged_into is null"];
  const values: unknown[] = [accountId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (filter.email != null) {
    conditions.push(heldBy("EMAIL", "email", add(normaliseEmail(filter.email))));
  }
  if (filter.phone != null) {
    conditions.push(heldBy("PHONE", "phone", add(normalisePhone(filter.phone, defaultCountry))));
  }
  if (filter.name != null) {
    const words = wordsOf(filter.name).map((word) => `${lexeme(word)}:*`);
    // A name of no words ("-") is nobody's beginning, and everybody's: it does not filter.
    if (words.length > 0) {
      const query = [lexeme(accountId), ...words].join(" & ");
      conditions.push(`${wordsColumn} @@ ${add(query)}::tsquery`);
    }
  }
  if (filter.integrationId != null) {
    const id = add(filter.integrationId);
    conditions.push(
      `exists (select from guest_profile p where p.account_id = $1 and p.guest_id = g.id and p.integration_id = ${id}::uuid)`,
    );
  }
  if (filter.updatedSince != null) conditions.push(`g.changed_at >= ${add(filter.updatedSince)}::timestamptz`);
  if (filter.ids != null) {
    const ids = add(filter.ids);
    conditions.push(
      `g.id in (select coalesce(merged_into, id) from guest where account_id = $1 and id = any(${ids}::uuid[]))`,
    );
  }
  return { conditions, values };
};

/** Guests of whom some profile has the value, as its first or a further one. A value that is none (null) is nobody's. */
const heldBy = (kind: "EMAIL" | "PHONE", column: "email" | "phone", parameter: string): string => `g.id in (
  select p.guest_id from guest_profile p where p.account_id = $1 and p.${column} = ${parameter}
  union
  select p.guest_id from guest_identifier i
  join guest_profile p on p.account_id = $1 and p.id = i.profile_id
  where i.account_id = $1 and i.kind = '${kind}' and i.value = ${parameter})`;

/** Prepared under a name made of the text: there are as many as combinations of filters and orders, a few dozen. */
const query = async <Row extends object>(db: Db, text: string, values: unknown[]): Promise<Row[]> => {
  const { rows } = await db.query<Row>({ name: hash("sha256", text, "base64url").slice(0, 32), text, values });
  return rows;
};
