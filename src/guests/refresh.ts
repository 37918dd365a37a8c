import type { PoolClient } from "pg";
import { plainArray } from "./bulk.ts";

/**
 * What a guest is called and how it is reached: of its profiles, oldest first, the first that has a name, an e-mail, a phone.
 * The one place where this rule stands.
 */
export const displayColumns = `
  (array_agg(name order by created_at, id) filter (where name is not null))[1] as name,
  coalesce((array_agg(search_name order by created_at, id) filter (where name is not null))[1], '') as search_name,
  (array_agg(email order by created_at, id) filter (where email is not null))[1] as email,
  (array_agg(phone order by created_at, id) filter (where phone is not null))[1] as phone`;

/** Writes guests anew from their profiles, after these came, changed or went, and moves their `changed_at`. */
export const refreshGuests = async (
  client: PoolClient,
  accountId: string,
  guestIds: readonly string[],
): Promise<void> => {
  if (guestIds.length === 0) return;
  await client.query(
    `update guest g set name = d.name, search_name = d.search_name, email = d.email, phone = d.phone, changed_at = now()
     from unnest($2::uuid[]) as wanted(id)
     cross join lateral (
       select ${displayColumns} from guest_profile where account_id = $1 and guest_id = wanted.id having count(*) > 0
     ) d
     where g.account_id = $1 and g.id = wanted.id`,
    [accountId, plainArray(guestIds)],
  );
};
