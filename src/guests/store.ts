import type { PoolClient } from "pg";
import { v7 } from "uuid";
import {
  copyLines,
  copyRows,
  copyText,
  plainArray,
  rowsFromJson,
  valuesOfCopyText,
  type TextRow,
  type TypedColumn,
} from "./bulk.ts";
import { vendorColumns } from "./columns.ts";
import { foundedGuestId } from "./ids.ts";
import {
  decideGuests,
  type Decision,
  type Evidence,
  type Identifier,
  type LooseProfile,
  type PlacedProfile,
} from "./identity.ts";
import { lockGuests, useIndexes } from "./lock.ts";
import { findGuestsTouched, readGuests, readMembers, type StoredGuest, type StoredProfile } from "./neighbours.ts";
import type { PreparedGuest } from "./prepare.ts";
import { refreshGuests } from "./refresh.ts";

/** What became of a page's records. */
export type PageCounts = { readonly created: number; readonly updated: number; readonly unchanged: number };

/**
 * Writes a page of guests and decides whose they are, in the caller's transaction, with a constant number of statements. Rows
 * whose digest is the stored one are not sent; a record that the vendor changed earlier than the stored one does not overwrite
 * it; of a record that comes twice the later one counts.
 */
export const savePage = async (
  client: PoolClient,
  {
    accountId,
    integrationId,
    records,
  }: { accountId: string; integrationId: string; records: readonly PreparedGuest[] },
): Promise<PageCounts> => {
  await useIndexes(client);
  const { changed, known } = await onlyChanged(client, accountId, lastOfEach(records));
  if (changed.length === 0) return { created: 0, updated: 0, unchanged: records.length };

  await lockGuests(client, accountId);
  const stored = await readStored(client, accountId, changed, known);
  const isNew = (record: PreparedGuest): boolean => !known.has(record.id);
  const isLoose = (record: PreparedGuest): boolean => {
    const before = stored.own.get(record.id);
    return before === undefined || !sameIdentifiers(before.identifiers, record.identifiers);
  };
  const loose = changed.filter(isLoose);
  const ownGuestIds = new Map(changed.map(({ id, ownGuestId }) => [id, ownGuestId]));
  const decision = decideGuests({
    loose: loose.map((record): LooseProfile => ({
      ...asProfile(record, integrationId),
      place: stored.own.get(record.id) ?? null,
    })),
    placed: standing(stored.members, changed, new Set(loose.map(({ id }) => id))),
    guestsCreatedAt: new Map([...stored.guests].map(([id, { createdAt }]) => [id, createdAt])),
    newGuestId: (founderId) => {
      const own = ownGuestIds.get(founderId) ?? foundedGuestId(founderId);
      const holder = stored.guests.get(own);
      // Its id was merged away when it was bound to others, and is its own again; or others live under it.
      return holder === undefined || holder.isMerged ? own : v7();
    },
  });

  const created = changed.filter(isNew);
  const updated = changed.filter((record) => !isNew(record));
  const adding = addGuests(client, accountId, decision, changed, stored);
  const lines = linesOfProfiles(accountId, integrationId, created, decision);
  await adding;
  await copyLines(client, "guest_profile", profileColumns, lines);
  await updateProfiles(client, accountId, updated, decision);
  await moveProfiles(client, accountId, decision, new Set(changed.map(({ id }) => id)));
  await mergeGuests(client, accountId, decision.merged);
  await writeIdentifiers(client, accountId, updated, changed);
  await writeConflicts(
    client,
    accountId,
    loose.filter((record) => !isNew(record)).map(({ id }) => id),
    decision.conflicts,
  );
  await refreshGuests(client, accountId, touchedGuests(changed, stored, decision));
  return { created: created.length, updated: updated.length, unchanged: records.length - changed.length };
};

const lastOfEach = (records: readonly PreparedGuest[]): PreparedGuest[] => {
  const last = new Map<string, PreparedGuest>();
  for (const record of records) {
    const earlier = last.get(record.id);
    const isOlder = earlier?.sourceUpdatedAt != null && (record.sourceUpdatedAt ?? "~") < earlier.sourceUpdatedAt;
    if (!isOlder) last.set(record.id, record);
  }
  return [...last.values()];
};

/**
 * Those that the database does not have in this very form, and the ids of those among them that it has in another. No other
 * transaction adds or removes profiles of this integration meanwhile: its run is locked by the caller.
 */
const onlyChanged = async (
  client: PoolClient,
  accountId: string,
  records: readonly PreparedGuest[],
): Promise<{ changed: PreparedGuest[]; known: Set<string> }> => {
  if (records.length === 0) return { changed: [], known: new Set() };
  const { rows } = await client.query<{ position: number; known_id: string | null }>({
    text: `
      select item.position::int as position, p.id as known_id
      from unnest($2::uuid[], $3::text[], $4::timestamptz[]) with ordinality as item(id, digest, source_updated_at, position)
      left join lateral (
        select id, digest, source_updated_at from guest_profile where account_id = $1 and id = item.id limit 1
      ) p on true
      where p.digest is distinct from decode(item.digest, 'hex')
        and not coalesce(p.source_updated_at > item.source_updated_at, false)
      order by item.position`,
    values: [
      accountId,
      plainArray(records.map(({ id }) => id)),
      plainArray(records.map(({ digest }) => digest)),
      records.map(({ sourceUpdatedAt }) => sourceUpdatedAt),
    ],
  });
  return {
    changed: rows.flatMap(({ position }) => records[position - 1] ?? []),
    known: new Set(rows.flatMap(({ known_id }) => known_id ?? [])),
  };
};

type Stored = {
  /** The page's own profiles, as they are now. */
  readonly own: ReadonlyMap<string, StoredProfile>;
  /** All profiles of all the guests that the page touches. */
  readonly members: readonly StoredProfile[];
  /** Every guest that the page touches, and every one that has the id which a profile would found. */
  readonly guests: ReadonlyMap<string, StoredGuest>;
};

const readStored = async (
  client: PoolClient,
  accountId: string,
  changed: readonly PreparedGuest[],
  known: ReadonlySet<string>,
): Promise<Stored> => {
  const touched = await findGuestsTouched(
    client,
    accountId,
    [...known],
    changed.flatMap(({ identifiers }) => identifiers),
  );
  const members = await readMembers(client, accountId, touched);
  const guests = await readGuests(client, accountId, [
    ...touched,
    ...changed.map(({ ownGuestId }) => ownGuestId),
    ...members.map(({ id }) => foundedGuestId(id)),
  ]);
  return { own: new Map(members.filter(({ id }) => known.has(id)).map((one) => [one.id, one])), members, guests };
};

const asProfile = (record: PreparedGuest, integrationId: string) => ({
  id: record.id,
  integrationId,
  searchName: record.searchName,
  identifiers: record.identifiers,
});

const sameIdentifiers = (a: readonly Identifier[], b: readonly Identifier[]): boolean => {
  const keys = new Set(a.map(({ kind, value }) => `${kind}${value}`));
  return a.length === b.length && b.every(({ kind, value }) => keys.has(`${kind}${value}`));
};

/** The stored profiles that are not decided anew, those of the page with the names that they get now. */
const standing = (
  members: readonly StoredProfile[],
  changed: readonly PreparedGuest[],
  loose: ReadonlySet<string>,
): PlacedProfile[] => {
  const names = new Map(changed.map(({ id, searchName }) => [id, searchName]));
  return members
    .filter(({ id }) => !loose.has(id))
    .map((profile) => ({ ...profile, searchName: names.get(profile.id) ?? profile.searchName, place: profile }));
};

/** New guests, with the name and the addresses of their founder; those with more profiles are refreshed at the end. */
const addGuests = async (
  client: PoolClient,
  accountId: string,
  { founded }: Decision,
  changed: readonly PreparedGuest[],
  stored: Stored,
): Promise<void> => {
  const inPage = new Map(changed.map((record) => [record.id, record]));
  const rows = founded
    .filter(({ guestId }) => !stored.guests.has(guestId))
    .map(({ guestId, founderId }): TextRow => {
      const { name = null, searchName = "", email = null, phone = null } = inPage.get(founderId) ?? {};
      return [accountId, guestId, name, searchName, email, phone];
    });
  await copyRows(client, "guest", ["account_id", "id", "name", "search_name", "email", "phone"], rows);
  const revived = founded.map(({ guestId }) => guestId).filter((guestId) => stored.guests.has(guestId));
  if (revived.length === 0) return;
  await client.query("update guest set merged_into = null where account_id = $1 and id = any($2::uuid[])", [
    accountId,
    plainArray(revived),
  ]);
};

const ownColumns = ["account_id", "id", "integration_id", "guest_id", "evidence", "digest"];
const profileColumns = [...ownColumns, ...vendorColumns.map(([name]) => name)];

/** New profiles as COPY reads them. */
const linesOfProfiles = (
  accountId: string,
  integrationId: string,
  created: readonly PreparedGuest[],
  { places }: Decision,
): string[] =>
  created.map(({ id, digest, copyText: vendorText }) => {
    const place = places.get(id);
    if (place === undefined) throw new Error(`No guest was decided for profile ${id}`);
    const evidence = copyText([evidenceJson(place.evidence)]);
    return `${accountId}\t${id}\t${integrationId}\t${place.guestId}\t${evidence}\t\\\\x${digest}\t${vendorText}`;
  });

/** Nearly every profile founds its guest: its evidence is not made anew 100,000 times. */
const founderJson = JSON.stringify([{ kind: "FOUNDER" }] satisfies Evidence[]);
const evidenceJson = (evidence: readonly Evidence[]): string =>
  evidence[0]?.kind === "FOUNDER" ? founderJson : JSON.stringify(evidence);

const updateColumns: readonly TypedColumn[] = [
  ["id", "uuid"],
  ["guest_id", "uuid"],
  ["evidence", "jsonb"],
  ["digest", "text"],
  ...vendorColumns,
];
const updateText = `
  update guest_profile p set
    guest_id = coalesce(n.guest_id, p.guest_id), evidence = coalesce(n.evidence, p.evidence),
    digest = decode(n.digest, 'hex'), changed_at = now(),
    ${vendorColumns.map(([name]) => `${name} = n.${name}`).join(", ")}
  from ${rowsFromJson("$2", updateColumns, "n")}
  where p.account_id = $1 and p.id = n.id`;

const updateProfiles = async (
  client: PoolClient,
  accountId: string,
  updated: readonly PreparedGuest[],
  { places }: Decision,
): Promise<void> => {
  if (updated.length === 0) return;
  const rows = updated.map(({ id, digest, copyText: vendorText }): TextRow => {
    const place = places.get(id);
    const evidence = place === undefined ? null : evidenceJson(place.evidence);
    return [id, place?.guestId ?? null, evidence, digest, ...valuesOfCopyText(vendorText)];
  });
  await client.query(updateText, [accountId, JSON.stringify(rows)]);
};

/** Profiles outside the page which are another guest's now. */
const moveProfiles = async (
  client: PoolClient,
  accountId: string,
  { places }: Decision,
  inPage: ReadonlySet<string>,
): Promise<void> => {
  const moved = [...places].filter(([id]) => !inPage.has(id));
  if (moved.length === 0) return;
  const rows = moved.map(([id, { guestId, evidence }]): TextRow => [id, guestId, evidenceJson(evidence)]);
  const columns: TypedColumn[] = [
    ["id", "uuid"],
    ["guest_id", "uuid"],
    ["evidence", "jsonb"],
  ];
  await client.query(
    `update guest_profile p set guest_id = n.guest_id, evidence = n.evidence, changed_at = now()
     from ${rowsFromJson("$2", columns, "n")} where p.account_id = $1 and p.id = n.id`,
    [accountId, JSON.stringify(rows)],
  );
};

/** Ids that were merged away keep resolving, in one step: what pointed at such a guest points at the new one. */
const mergeGuests = async (client: PoolClient, accountId: string, merged: Decision["merged"]): Promise<void> => {
  if (merged.length === 0) return;
  await client.query(
    `update guest g set merged_into = m.into_id, changed_at = now()
     from unnest($2::uuid[], $3::uuid[]) as m(from_id, into_id)
     where g.account_id = $1 and (g.id = m.from_id or g.merged_into = m.from_id)`,
    [accountId, merged.map(({ from }) => from), merged.map(({ into }) => into)],
  );
};

const writeIdentifiers = async (
  client: PoolClient,
  accountId: string,
  updated: readonly PreparedGuest[],
  changed: readonly PreparedGuest[],
): Promise<void> => {
  if (updated.length > 0) {
    await client.query("delete from guest_identifier where account_id = $1 and profile_id = any($2::uuid[])", [
      accountId,
      updated.map(({ id }) => id),
    ]);
  }
  const rows = changed.flatMap(({ id, further }) =>
    further.map(({ kind, value, asGiven }): TextRow => [accountId, id, kind, value, asGiven]),
  );
  await copyRows(client, "guest_identifier", ["account_id", "profile_id", "kind", "value", "as_given"], rows);
};

const writeConflicts = async (
  client: PoolClient,
  accountId: string,
  decidedAnew: readonly string[],
  conflicts: Decision["conflicts"],
): Promise<void> => {
  if (decidedAnew.length > 0) {
    await client.query(
      "delete from identity_conflict where account_id = $1 and (profile_id = any($2::uuid[]) or other_id = any($2::uuid[]))",
      [accountId, decidedAnew],
    );
  }
  if (conflicts.length === 0) return;
  await client.query(
    `insert into identity_conflict (account_id, profile_id, other_id, kind, value, reason)
     select $1, c.profile_id, c.other_id, c.kind, c.value, c.reason
     from ${rowsFromJson("$2", conflictColumns, "c")}
     on conflict (account_id, profile_id, other_id, kind, value) do update set reason = excluded.reason`,
    [
      accountId,
      JSON.stringify(conflicts.map((one): TextRow => [one.profileId, one.otherId, one.kind, one.value, one.reason])),
    ],
  );
};

const conflictColumns: readonly TypedColumn[] = [
  ["profile_id", "uuid"],
  ["other_id", "uuid"],
  ["kind", '"IdentifierKind"'],
  ["value", "text"],
  ["reason", "text"],
];

/** The guests whose profiles changed, came or went; new ones with one profile are already as they should be. */
const touchedGuests = (changed: readonly PreparedGuest[], stored: Stored, { places, founded }: Decision): string[] => {
  const size = new Map<string, number>();
  for (const { guestId } of places.values()) size.set(guestId, (size.get(guestId) ?? 0) + 1);
  const inPage = new Set(changed.map(({ id }) => id));
  const complete = new Set(
    founded.flatMap(({ guestId, founderId }) =>
      inPage.has(founderId) && size.get(guestId) === 1 && !stored.guests.has(guestId) ? [guestId] : [],
    ),
  );
  const touched = new Set([...places.values()].map(({ guestId }) => guestId));
  for (const { id, guestId } of stored.members) if (inPage.has(id) || places.has(id)) touched.add(guestId);
  return [...touched].filter((guestId) => !complete.has(guestId));
};

export { deleteIntegrationRecords } from "./delete.ts";
