import { builder } from "./builder.ts";
import { decodeGlobalId } from "./global-ids.ts";
import { GuestType } from "./guest.ts";
import { GuestProfileType } from "./guest-profile.ts";
import { IntegrationType } from "./integration.ts";
import { OrderType } from "./order.ts";
import { SyncRunType } from "./sync.ts";

/**
 * The types that other subgraphs may extend, by their global ids. References are resolved through the same loaders as
 * everything else: one query for each type, however many a router asks for.
 */
const key = builder.selection<{ id: string }>("id");

/** The id within its type; another type's id is nobody's. */
const idOf = (globalId: string, type: string): string | null => {
  const { typename, id } = decodeGlobalId(globalId);
  return typename === type ? id : null;
};

builder.asEntity(IntegrationType, {
  key,
  resolveReference: ({ id }, { integrationById }) => {
    const own = idOf(id, "Integration");
    return own === null ? null : integrationById.load(own);
  },
});

for (const [type, ref] of [
  ["Guest", GuestType],
  ["GuestProfile", GuestProfileType],
  ["Order", OrderType],
  ["SyncRun", SyncRunType],
] as const) {
  builder.asEntity(ref, { key, resolveReference: ({ id }) => idOf(id, type) });
}
