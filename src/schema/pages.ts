import { GraphQLError } from "graphql";
import { validate as isUuid } from "uuid";
import { pageSize } from "./builder.ts";

/** The arguments of a Relay connection. */
export type PageArgs = {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
};

/** A page as it is asked for: how many, from which end, between which cursors. */
export type PageRequest = {
  readonly count: number;
  readonly backwards: boolean;
  readonly after: string | null;
  readonly before: string | null;
};

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: "BAD_INPUT" } });
};

/** Checks a connection's arguments. @throws GraphQLError BAD_INPUT for a page larger than the schema allows. */
export const pageRequest = ({ first, last, after, before }: PageArgs): PageRequest => {
  if (first != null && last != null) refuse("Give `first` or `last`, not both.");
  for (const [name, count] of [
    ["first", first],
    ["last", last],
  ] as const) {
    if (count != null && (count < 0 || count > pageSize.most)) {
      refuse(`\`${name}\` must be from 0 to ${pageSize.most}; got ${count}.`);
    }
  }
  return {
    count: first ?? last ?? pageSize.usual,
    backwards: last != null,
    after: after ?? null,
    before: before ?? null,
  };
};

/** Price of a connection: its page size times what one record costs. Bad sizes are refused by `pageRequest`. */
export const pageComplexity = ({ first, last }: PageArgs) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? pageSize.usual, 1), pageSize.most),
});

const cursorPrefix = "id:";

/** Cursors of lists that are ordered by a time-ordered id (UUID version 7), newest first. */
const encode = (id: string): string => Buffer.from(cursorPrefix + id).toString("base64url");
const decode = (cursor: string): string => {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const id = text.slice(cursorPrefix.length);
  if (!text.startsWith(cursorPrefix) || !isUuid(id)) refuse(`"${cursor}" is not a cursor of this list.`);
  return id;
};

/**
 * A page of a set-up list, newest first, by keyset: rows that come or go while a client pages cost it nothing.
 * @param find asks Prisma; gets where, order and how many.
 */
export const newestFirst = async <Row extends { id: string }>(
  args: PageArgs,
  find: (options: { idWhere: { lt?: string; gt?: string }; order: "asc" | "desc"; take: number }) => Promise<Row[]>,
  count: () => Promise<number>,
) => {
  const { count: size, backwards, after, before } = pageRequest(args);
  const idWhere = {
    ...(after === null ? {} : { lt: decode(after) }),
    ...(before === null ? {} : { gt: decode(before) }),
  };
  const found = await find({ idWhere, order: backwards ? "asc" : "desc", take: size + 1 });
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    totalCount: count,
    pageInfo: {
      hasNextPage: backwards ? before !== null : more,
      hasPreviousPage: backwards ? more : after !== null,
      startCursor: rows[0] === undefined ? null : encode(rows[0].id),
      endCursor: rows.at(-1) === undefined ? null : encode((rows.at(-1) as Row).id),
    },
    edges: rows.map((row) => ({ cursor: encode(row.id), node: row })),
  };
};
