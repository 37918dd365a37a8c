import type { PoolClient } from "pg";

/**
 * One writer at a time decides who is who in an account: two pages that both bring the first profile of one phone would else make
 * two guests. Held to the end of the transaction.
 */
export const lockGuests = async (client: PoolClient, accountId: string): Promise<void> => {
  await client.query({
    name: "lock-guests",
    text: "select pg_advisory_xact_lock(hashtextextended('guests/' || $1, 0))",
    values: [accountId],
  });
};

/**
 * Tells the planner to look rows up one by one, by the indexes, to the end of the transaction. Its statistics are those of an
 * empty table during a first sync, and it would rather read the whole table for each page: 20 to 400 ms more a page at 50,000
 * guests, and growing.
 */
export const useIndexes = async (client: PoolClient): Promise<void> => {
  await client.query(
    ["seqscan", "hashjoin", "mergejoin", "material"].map((way) => `set local enable_${way} = off`).join("; "),
  );
};
