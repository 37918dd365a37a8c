import type { PoolClient } from "pg";
import { plainArray } from "./bulk.ts";
import { tooCommon, type Identifier, type Kind } from "./identity.ts";

/** A profile in the database, as far as identity needs it. `createdAt` in milliseconds. */
export type StoredProfile = {
  readonly id: string;
  readonly integrationId: string;
  readonly searchName: string;
  readonly identifiers: readonly Identifier[];
  readonly guestId: string;
  readonly createdAt: number;
};

// Every look-up here is a LATERAL query for each value, which the planner can only do by the index of that value. With
// `= any(…)` it may read the whole account by another index and filter: 80 ms a page at 100,000 guests instead of 3.

/** One more than counts: so the decision sees that there are too many, and the query stays bounded. */
const mostHolders = tooCommon + 1;

/** The guests of the given profiles (those that are stored) and of every profile that shares one of these identifiers. */
export const findGuestsTouched = async (
  client: PoolClient,
  accountId: string,
  profileIds: readonly string[],
  identifiers: readonly Identifier[],
): Promise<string[]> => {
  const valuesOf = (kind: Kind): string[] => [
    ...new Set(identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value)),
  ];
  const { rows } = await client.query<{ guest_id: string }>(touchedText, [
    accountId,
    plainArray(profileIds),
    valuesOf("PHONE"),
    valuesOf("EMAIL"),
    valuesOf("CARD"),
  ]);
  return rows.map(({ guest_id }) => guest_id);
};

const byColumn = (column: "phone" | "email", parameter: string): string => `
  select p.guest_id from unnest(${parameter}::text[]) as wanted(value)
  cross join lateral (
    select guest_id from guest_profile where account_id = $1 and ${column} = wanted.value limit ${mostHolders}
  ) p`;

/** The table of further identifiers is looked into only for kinds that the account has at all: one look, not one a value. */
const byFurther = (kind: Kind, parameter: string): string => `
  select p.guest_id from unnest(${parameter}::text[]) as wanted(value)
  cross join lateral (
    select profile_id from guest_identifier where account_id = $1 and kind = '${kind}' and value = wanted.value limit ${mostHolders}
  ) i
  join guest_profile p on p.account_id = $1 and p.id = i.profile_id
  where exists (select from guest_identifier where account_id = $1 and kind = '${kind}')`;

const touchedText = [
  `select p.guest_id from unnest($2::uuid[]) as wanted(id)
   cross join lateral (select guest_id from guest_profile where account_id = $1 and id = wanted.id limit 1) p`,
  byColumn("phone", "$3"),
  byColumn("email", "$4"),
  byFurther("PHONE", "$3"),
  byFurther("EMAIL", "$4"),
  byFurther("CARD", "$5"),
].join("\nunion");

/** All profiles of these guests. */
export const readMembers = async (
  client: PoolClient,
  accountId: string,
  guestIds: readonly string[],
): Promise<StoredProfile[]> => {
  if (guestIds.length === 0) return [];
  const { rows } = await client.query<{
    id: string;
    guest_id: string;
    integration_id: string;
    search_name: string;
    phone: string | null;
    email: string | null;
    created_at: Date;
    further: [Kind, string][] | null;
  }>(
    `select id, guest_id, integration_id, search_name, phone, email, created_at,
            (select json_agg(json_build_array(i.kind, i.value)) from guest_identifier i
             where i.account_id = $1 and i.profile_id = p.id) as further
     from unnest($2::uuid[]) as wanted(guest)
     cross join lateral (select * from guest_profile where account_id = $1 and guest_id = wanted.guest offset 0) p`,
    [accountId, plainArray(guestIds)],
  );
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    searchName: row.search_name,
    identifiers: [
      ...(row.phone === null ? [] : [{ kind: "PHONE" as const, value: row.phone }]),
      ...(row.email === null ? [] : [{ kind: "EMAIL" as const, value: row.email }]),
      ...(row.further ?? []).map(([kind, value]) => ({ kind, value })),
    ],
    guestId: row.guest_id,
    createdAt: row.created_at.getTime(),
  }));
};

/** A guest in the database. `createdAt` in milliseconds; `isMerged`: its id is another guest's now. */
export type StoredGuest = { readonly createdAt: number; readonly isMerged: boolean };

/** Those of these guests that are there. */
export const readGuests = async (
  client: PoolClient,
  accountId: string,
  guestIds: readonly string[],
): Promise<Map<string, StoredGuest>> => {
  const { rows } = await client.query<{ id: string; created_at: Date; is_merged: boolean }>(
    `select g.id, g.created_at, g.merged_into is not null as is_merged
     from (select distinct id from unnest($2::uuid[]) as id) wanted
     cross join lateral (select * from guest where account_id = $1 and id = wanted.id limit 1) g`,
    [accountId, plainArray(guestIds)],
  );
  return new Map(
    rows.map(({ id, created_at, is_merged }) => [id, { createdAt: created_at.getTime(), isMerged: is_merged }]),
  );
};
