import type { Pool } from "pg";
import { validate as isUuid } from "uuid";
import type { Fulfilment, Text } from "../contract/index.ts";
import type { OpenIntegration } from "../integrations/index.ts";

const noVenue: Text = { en: "This system has no such venue.", ru: "В этой системе нет такого заведения." };

/**
 * The venue of an order: its id here, and the fulfilment with the vendor's own id of it.
 * @returns the sentence that says what is wrong with `venueId`, when something is.
 */
export const findVenue = async (
  pool: Pool,
  { accountId, id }: OpenIntegration,
  fulfilment: Fulfilment,
): Promise<{ venueId: string | null; fulfilment: Fulfilment } | { readonly problem: Text }> => {
  if (fulfilment.kind === "receipt" || fulfilment.venueId === null) return { venueId: null, fulfilment };
  const { venueId } = fulfilment;
  if (!isUuid(venueId)) return { problem: noVenue };
  const { rows } = await pool.query<{ external_id: string }>({
    name: "order-venue",
    text: "select external_id from venue where account_id = $1 and integration_id = $2 and id = $3",
    values: [accountId, id, venueId],
  });
  const venue = rows[0];
  return venue === undefined
    ? { problem: noVenue }
    : { venueId, fulfilment: { ...fulfilment, venueId: venue.external_id } };
};
