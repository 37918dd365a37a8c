import type { PoolClient } from "pg";
import { lockGuests } from "./lock.ts";
import { displayColumns } from "./refresh.ts";

/** Everything synced from an integration beside guests. The journal of writes and the audit log stay: they say what was done. */
const recordTables = [
  "failed_record",
  "venue",
  "reservation",
  '"order"',
  "lead",
  "company",
  "deal",
  "menu_item",
  "record",
];

/**
 * Deletes what was synced from an integration. A guest whom no other system knows goes, with the ids that were merged into it
 * (they resolve to nothing then); the others are written anew from the profiles that they still have.
 */
export const deleteIntegrationRecords = async (
  client: PoolClient,
  accountId: string,
  integrationId: string,
): Promise<void> => {
  await lockGuests(client, accountId);
  for (const table of recordTables) {
    await client.query(`delete from ${table} where account_id = $1 and integration_id = $2`, [
      accountId,
      integrationId,
    ]);
  }
  // All parts of the statement see the tables as they were before it, so profiles of this integration are left out by hand.
  await client.query(
    `with gone as (
       delete from guest_profile where account_id = $1 and integration_id = $2 returning id, guest_id
     ), identifiers as (
       delete from guest_identifier i using gone where i.account_id = $1 and i.profile_id = gone.id
     ), conflicts as (
       delete from identity_conflict c
       where c.account_id = $1 and (c.profile_id in (select id from gone) or c.other_id in (select id from gone))
     ), left_over as (
       select guest_id, ${displayColumns} from guest_profile
       where account_id = $1 and integration_id <> $2 and guest_id in (select guest_id from gone) group by guest_id
     ), emptied as (
       select guest_id from gone except select guest_id from left_over
     ), removed as (
       delete from guest g where g.account_id = $1
         and (g.id in (select guest_id from emptied) or g.merged_into in (select guest_id from emptied))
     )
     update guest g set name = d.name, search_name = d.search_name, email = d.email, phone = d.phone, changed_at = now()
     from left_over d where g.account_id = $1 and g.id = d.guest_id`,
    [accountId, integrationId],
  );
};
