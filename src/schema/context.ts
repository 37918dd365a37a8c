import DataLoader from "dataloader";
import type { Logger } from "pino";
import type { Caller } from "../accounts/keys.ts";
import type { Json, Language } from "../contract/index.ts";
import type { Vault } from "../credentials/store.ts";
import type { Database } from "../database/index.ts";
import type { Integration } from "../generated/prisma/client.ts";
import type { EventReader } from "../events/follow.ts";
import type { Actor, Changes, Open } from "../integrations/index.ts";
import type { Orders } from "../orders/index.ts";
import { profilesByGuestIds, rawByProfileIds, type ProfileRow } from "../guests/index.ts";
import { createSources, type Live, type Sources } from "../sources/index.ts";
import type { Sync } from "../sync/index.ts";

/** The rooms that resolvers call; made once a process. */
export type Services = {
  readonly database: Database;
  readonly vault: Vault;
  readonly open: Open;
  readonly changes: Changes;
  readonly sync: Sync;
  readonly orders: Orders;
  readonly events: EventReader;
  readonly live: Live;
};

/** What every resolver gets: who asks, in which language, and loaders of this request's own. */
export type Context = Loaders & {
  readonly services: Services;
  readonly caller: Caller;
  readonly language: Language;
  readonly requestId: string;
  readonly log: Logger;
};

/** Made anew for every request, and for every event of a subscription: an older answer is never taken for a new one. */
export type Loaders = {
  /** Live reads. */
  readonly sources: Sources;
  readonly profilesOfGuest: DataLoader<string, ProfileRow[]>;
  /** The system's whole object of a profile. */
  readonly rawOfProfile: DataLoader<string, Json>;
  readonly integrationById: DataLoader<string, Integration | null>;
};

export const createLoaders = ({ live, database }: Services, accountId: string): Loaders => ({
  sources: createSources(live, accountId),
  profilesOfGuest: new DataLoader(async (guestIds) => {
    const profiles = await profilesByGuestIds(database.pool, accountId, guestIds);
    return guestIds.map((id) => profiles.get(id) ?? []);
  }),
  rawOfProfile: new DataLoader(async (profileIds) => {
    const objects = await rawByProfileIds(database.pool, accountId, profileIds);
    return profileIds.map((id) => objects.get(id) ?? null);
  }),
  integrationById: new DataLoader(async (ids) => {
    const rows = await database.prisma.integration.findMany({ where: { accountId, id: { in: [...ids] } } });
    return inKeyOrder(ids, rows);
  }),
});

/** Rows in the order of their keys; null where there is none. */
export const inKeyOrder = <Row extends { id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): (Row | null)[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
};

export const actorOf = ({ caller }: Context): Actor => ({ accountId: caller.accountId, actor: `key:${caller.keyId}` });
