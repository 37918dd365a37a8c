import type { PoolClient } from "pg";
import { z } from "zod";
import { prepareGuest, savePage, type PageCounts, type PreparedGuest } from "../guests/index.ts";
import type { OpenIntegration } from "../integrations/index.ts";
import type { Connection, Stream } from "../contract/index.ts";
import type { Failure } from "./run.ts";
import { hash } from "node:crypto";

/** What the engine needs to know of one kind of record. */
export type StreamKind<Item, Prepared extends { readonly externalId: string }> = {
  readonly of: (connection: Connection) => Stream<Item> | undefined;
  readonly prepare: (
    integration: OpenIntegration,
    record: { readonly externalId: string; readonly item: Item; readonly raw: unknown },
  ) => Prepared;
  readonly save: (
    client: PoolClient,
    integration: OpenIntegration,
    records: readonly Prepared[],
  ) => Promise<PageCounts>;
};

export const guestStream: StreamKind<Parameters<typeof prepareGuest>[2]["guest"], PreparedGuest> = {
  of: ({ streams }) => streams.guests,
  prepare: ({ id, defaultCountry }, { externalId, item, raw }) =>
    prepareGuest(id, defaultCountry, { externalId, guest: item, raw }),
  save: (client, { accountId, id }, records) => savePage(client, { accountId, integrationId: id, records }),
};

/** Maps a vendor's record and makes it ready to be written, or says why that is not possible. */
export const mapRecord = <Item, Prepared extends { readonly externalId: string }>(
  kind: StreamKind<Item, Prepared>,
  stream: Stream<Item>,
  integration: OpenIntegration,
  raw: unknown,
): { readonly item: Prepared } | { readonly failure: Failure } => {
  let externalId: string | null = null;
  try {
    externalId = stream.externalId(raw);
    return { item: kind.prepare(integration, { externalId, item: stream.map(raw), raw }) };
  } catch (error) {
    return { failure: { externalId: failedId(externalId, raw), reason: reasonOf(error), raw } };
  }
};

/** What has no usable id goes by its content, so that it is kept once. */
const failedId = (externalId: string | null, raw: unknown): string =>
  externalId !== null && externalId !== "" && externalId.length <= 500 && !externalId.includes("\0")
    ? externalId
    : `unnamed-${hash("sha256", JSON.stringify(raw) ?? "", "hex").slice(0, 32)}`;

const reasonOf = (error: unknown): string =>
  (error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error))
    .replaceAll("\0", "\ufffd")
    .slice(0, 1_000);
