import type { Pool } from "pg";
import { validate as isUuid } from "uuid";
import type { Text } from "../contract/index.ts";
import type { OpenIntegration } from "../integrations/index.ts";
import { normaliseEmail } from "../guests/emails.ts";
import { normalisePhone } from "../guests/phones.ts";
import type { CreateOrder, StoredOrder } from "./order.ts";

type Buyer = Pick<StoredOrder, "customer" | "guestProfileId">;

type Profile = {
  readonly id: string;
  readonly phone: string | null;
  readonly phone_as_given: string | null;
  readonly email: string | null;
};

/** By phone before by e-mail; second phones and e-mails of a profile count like the first. */
const profileByIdentifier = async (
  pool: Pool,
  { accountId, id }: OpenIntegration,
  phone: string | null,
  email: string | null,
): Promise<Profile | null> => {
  if (phone === null && email === null) return null;
  const { rows } = await pool.query<Profile>({
    name: "order-profile-by-identifier",
    text: `
      select profile.id, profile.phone, profile.phone_as_given, profile.email
      from (
        select id, 1 as rank from guest_profile where account_id = $1 and phone = $3
        union all
        select profile_id, 2 from guest_identifier where account_id = $1 and kind = 'PHONE' and value = $3
        union all
        select id, 3 from guest_profile where account_id = $1 and email = $4
        union all
        select profile_id, 4 from guest_identifier where account_id = $1 and kind = 'EMAIL' and value = $4
      ) as found
      join guest_profile profile on profile.account_id = $1 and profile.id = found.id
      where profile.integration_id = $2
      order by found.rank, profile.id
      limit 1`,
    values: [accountId, id, phone, email],
  });
  return rows[0] ?? null;
};

type GuestAtIntegration = {
  readonly guest_phone: string | null;
  readonly guest_email: string | null;
  readonly profile: Profile | null;
};

/** The guest (or the one that it was merged into) with its profile at the integration, the one with the asked-for phone first. */
const guestAt = async (
  pool: Pool,
  { accountId, id }: OpenIntegration,
  guestId: string,
  phone: string | null,
): Promise<GuestAtIntegration | null> => {
  const { rows } = await pool.query<GuestAtIntegration>({
    name: "order-guest",
    text: `
      with recursive living as (
        select id, merged_into, phone, email, 1 as depth from guest where account_id = $1 and id = $3
        union all
        select next.id, next.merged_into, next.phone, next.email, depth + 1
        from living join guest next on next.account_id = $1 and next.id = living.merged_into
        where depth < 100
      )
      select living.phone as guest_phone, living.email as guest_email,
             (select to_jsonb(found) from (
                select id, phone, phone_as_given, email from guest_profile
                where account_id = $1 and guest_id = living.id and integration_id = $2
                order by (phone = $4) desc nulls last, (phone is null and email is null), id
                limit 1) as found) as profile
      from living where merged_into is null
      limit 1`,
    values: [accountId, id, guestId, phone],
  });
  return rows[0] ?? null;
};

const noGuest: Text = { en: "There is no such guest.", ru: "Такого гостя нет." };
const unreachable: Text = {
  en: "This guest has neither a phone nor an e-mail.",
  ru: "У этого гостя нет ни телефона, ни электронной почты.",
};

/**
 * Who buys, in the vendor's spelling: a vendor that knows the phone as "7912…" would take "+7912…" for somebody else. A
 * guest whom the system does not know yet is told by what the account knows of them.
 * @returns the sentence that says what is wrong with `customer.guestId`, when something is.
 */
export const findBuyer = async (
  pool: Pool,
  integration: OpenIntegration,
  { phone, email, guestId = null }: CreateOrder["customer"],
): Promise<Buyer | { readonly problem: Text }> => {
  const wanted = phone === null ? null : normalisePhone(phone, integration.defaultCountry);
  const spelled = (profile: Profile | null): string | null =>
    wanted !== null && profile?.phone === wanted ? (profile.phone_as_given ?? phone) : phone;
  if (guestId === null) {
    const profile = await profileByIdentifier(pool, integration, wanted, email === null ? null : normaliseEmail(email));
    return { customer: { phone: spelled(profile), email }, guestProfileId: profile?.id ?? null };
  }
  const guest = isUuid(guestId) ? await guestAt(pool, integration, guestId, wanted) : null;
  if (guest === null) return { problem: noGuest };
  const { profile } = guest;
  if (phone !== null || email !== null) {
    return { customer: { phone: spelled(profile), email }, guestProfileId: profile?.id ?? null };
  }
  // Not mixed: a phone that the system does not have on this profile could lead it to another one.
  const known =
    profile !== null && (profile.phone_as_given ?? profile.email) !== null
      ? { phone: profile.phone_as_given, email: profile.email }
      : { phone: guest.guest_phone, email: guest.guest_email };
  if (known.phone === null && known.email === null) return { problem: unreachable };
  return { customer: known, guestProfileId: profile?.id ?? null };
};
