import { z } from "zod";
import type { CallOptions, Json, Page } from "../../contract/index.ts";
import { GatewayError } from "../../errors.ts";
import type { Client } from "./client.ts";

/** Where the next page begins, and which pages were seen: the first one and the one before. */
const cursorSchema = z.object({ offset: z.int().nonnegative(), first: z.string(), previous: z.string() });

/**
 * Reads a page of clients. The usual rule ("go on while `limit` rows come back") loses guests without a word when the
 * vendor caps `limit`, so paging goes on by the rows that came, until a page is empty: one more call for each reading.
 * @throws GatewayError EXTERNAL_SERVICE_ERROR when an earlier page comes again. A vendor that overlooks `offset` would
 *   otherwise hide the page that was asked for, or be read for ever. Reading on from the same cursor later is safe.
 */
export const readGuestPage = async (
  client: Client,
  cursor: Json,
  pageSize: number,
  options: CallOptions,
): Promise<Page> => {
  const from = cursor === null ? null : cursorSchema.parse(cursor);
  const offset = from?.offset ?? 0;
  const records = await client.clients({ offset, limit: pageSize }, options);
  if (records.length === 0) return { records, next: null };
  const mark = markOf(records);
  if (from !== null && (mark === from.first || mark === from.previous)) throw repeatedPage();
  return { records, next: { offset: offset + records.length, first: from?.first ?? mark, previous: mark } };
};

/** Tells pages apart: the ids at both ends, and how many lie between. */
const markOf = (records: readonly unknown[]): string =>
  [idOf(records[0]), records.length, idOf(records.at(-1))].join(" ");

const idOf = (record: unknown): string =>
  typeof record === "object" && record !== null && "id" in record ? String(record.id) : JSON.stringify(record);

const repeatedPage = (): GatewayError =>
  new GatewayError("EXTERNAL_SERVICE_ERROR", {
    message: {
      en: "i-bonus gave an earlier page of clients again.",
      ru: "i-bonus повторно отдал уже прочитанную страницу клиентов.",
    },
  });
