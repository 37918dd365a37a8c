import type { Pool, PoolClient } from "pg";
import type { Json } from "../contract/index.ts";
import type { Evidence, Kind } from "./identity.ts";

/** What one system knows of a guest. `raw` is read on its own: it is most of the row, and rarely asked for. */
export type ProfileRow = {
  readonly id: string;
  readonly integrationId: string;
  readonly externalId: string;
  readonly guestId: string;
  readonly evidence: readonly Evidence[];
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly phoneAsGiven: string | null;
  /** "1990-12-31" */
  readonly birthDate: string | null;
  readonly language: string | null;
  readonly avatarUrl: string | null;
  readonly purchasesTotal: number | null;
  readonly purchasesPaid: number | null;
  /** Decimals as strings, in `currency`. */
  readonly billAverage: string | null;
  readonly spentTotal: string | null;
  readonly spentPaid: string | null;
  readonly currency: string | null;
  readonly reviewsPositive: number | null;
  readonly reviewsNeutral: number | null;
  readonly reviewsNegative: number | null;
  readonly customFields: Json;
  readonly sourceCreatedAt: Date | null;
  readonly sourceUpdatedAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

type Db = Pool | PoolClient;

const columns = `
  id, integration_id as "integrationId", external_id as "externalId", guest_id as "guestId", evidence, name, email, phone,
  phone_as_given as "phoneAsGiven", birth_date as "birthDate", language, avatar_url as "avatarUrl",
  purchases_total as "purchasesTotal", purchases_paid as "purchasesPaid", bill_average as "billAverage",
  spent_total as "spentTotal", spent_paid as "spentPaid", currency, reviews_positive as "reviewsPositive",
  reviews_neutral as "reviewsNeutral", reviews_negative as "reviewsNegative", custom_fields as "customFields",
  source_created_at as "sourceCreatedAt", source_updated_at as "sourceUpdatedAt", created_at as "createdAt",
  changed_at as "changedAt"`;

/** All profiles of these guests, oldest first: for a DataLoader. Guests that have none (or are none) are left out. */
export const profilesByGuestIds = async (
  db: Db,
  accountId: string,
  guestIds: readonly string[],
): Promise<Map<string, ProfileRow[]>> => {
  const { rows } = await db.query<ProfileRow>({
    name: "profiles-by-guests",
    text: `select ${columns} from guest_profile where account_id = $1 and guest_id = any($2::uuid[]) order by created_at, id`,
    values: [accountId, guestIds],
  });
  const byGuest = new Map<string, ProfileRow[]>();
  for (const row of rows) {
    const list = byGuest.get(row.guestId);
    if (list === undefined) byGuest.set(row.guestId, [row]);
    else list.push(row);
  }
  return byGuest;
};

/** Profiles by id, those that are there. */
export const profilesByIds = async (
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, ProfileRow>> => {
  const { rows } = await db.query<ProfileRow>({
    name: "profiles-by-ids",
    text: `select ${columns} from guest_profile where account_id = $1 and id = any($2::uuid[])`,
    values: [accountId, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
};

/** The vendor's whole objects. They can hold what is as good as money: see `secretPaths` of the provider. */
export const rawByProfileIds = async (
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, Json>> => {
  const { rows } = await db.query<{ id: string; raw: Json }>({
    name: "raw-by-profiles",
    text: "select id, raw from guest_profile where account_id = $1 and id = any($2::uuid[])",
    values: [accountId, ids],
  });
  return new Map(rows.map(({ id, raw }) => [id, raw]));
};

/** Two profiles that share an identifier and were kept apart. */
export type ConflictRow = {
  readonly profileId: string;
  readonly otherId: string;
  readonly kind: Kind;
  readonly value: string;
  readonly reason: string;
  readonly createdAt: Date;
};

/**
 * The newest conflicts of an account.
 * @param after the last conflict of the page before.
 */
export const listConflicts = async (
  db: Db,
  accountId: string,
  { first, after }: { first: number; after?: Pick<ConflictRow, "createdAt" | "profileId" | "otherId"> | undefined },
): Promise<{ rows: ConflictRow[]; hasNextPage: boolean }> => {
  const { rows } = await db.query<ConflictRow>({
    name: "list-conflicts",
    text: `
      select profile_id as "profileId", other_id as "otherId", kind, value, reason, created_at as "createdAt"
      from identity_conflict
      where account_id = $1
        and ($3::timestamptz is null or (created_at, profile_id, other_id) < ($3::timestamptz, $4::uuid, $5::uuid))
      order by created_at desc, profile_id desc, other_id desc limit $2`,
    values: [accountId, first + 1, after?.createdAt ?? null, after?.profileId ?? null, after?.otherId ?? null],
  });
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
};
