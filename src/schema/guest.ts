import { GraphQLError } from "graphql";
import { countGuests, guestsByIds, listGuests, type GuestRow } from "../guests/index.ts";
import { builder, liveComplexity } from "./builder.ts";
import type { Context } from "./context.ts";
import { GuestProfileType } from "./guest-profile.ts";
import { IntegrationType } from "./integration.ts";
import { pageComplexity, pageRequest } from "./pages.ts";
import { BalanceType, CouponType, readLiveOfGuest } from "./wallet.ts";

/** A guest, and the id that it was asked for by: that of a guest that was merged away since keeps leading here. */
type GuestNode = GuestRow & { readonly askedId?: string };

export const GuestType = builder.loadableNodeRef("Guest", {
  id: { resolve: ({ id }) => id },
  load: async (ids: string[], { services, caller }: Context): Promise<GuestNode[]> => {
    const guests = await guestsByIds(services.database.pool, caller.accountId, ids);
    return [...guests].map(([askedId, guest]) => ({ ...guest, askedId }));
  },
  sort: ({ id, askedId = id }) => askedId,
});

GuestType.implement({
  description: "A person of the account: what all its systems know of them, joined by phone, e-mail and card.",
  fields: (t) => ({
    name: t.exposeString("name", { nullable: true }),
    email: t.exposeString("email", { nullable: true }),
    phone: t.exposeString("phone", { nullable: true, description: "E.164." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it came to be here." }),
    changedAt: t.expose("changedAt", { type: "DateTime", description: "When something of it last changed here." }),
    profiles: t.field({
      type: [GuestProfileType],
      description: "What each system knows.",
      resolve: ({ id }, _, { profilesOfGuest }) => profilesOfGuest.load(id),
    }),
    balances: t.field({
      type: [BalanceType],
      nullable: { list: false, items: true },
      complexity: liveComplexity,
      description:
        "What the guest may spend, at every system that knows them; live. A system that does not answer leaves a null, with an error at its path.",
      resolve: ({ id }, _, context) => readLiveOfGuest("balances", id, context),
    }),
    coupons: t.field({
      type: [CouponType],
      nullable: { list: false, items: true },
      complexity: liveComplexity,
      description:
        "The guest's coupons, from every system that knows them; live. A system that does not answer leaves a null, with an error at its path.",
      resolve: ({ id }, _, context) => readLiveOfGuest("coupons", id, context),
    }),
  }),
});

const GuestFilter = builder.inputType("GuestFilter", {
  description: "All conditions together.",
  fields: (t) => ({
    phone: t.string({ description: 'In any spelling: "8 (912) 345-67-89" finds +79123456789.' }),
    email: t.string({ description: "In any case." }),
    name: t.string({ description: "Words, or beginnings of words, of the name." }),
    integrationId: t.globalID({ for: IntegrationType, description: "Known to this system." }),
    updatedSince: t.field({ type: "DateTime", description: "Changed here at or after this instant." }),
  }),
});

const GuestOrderField = builder.enumType("GuestOrderField", { values: ["NAME", "CREATED_AT", "CHANGED_AT"] as const });
const OrderDirection = builder.enumType("OrderDirection", { values: ["ASC", "DESC"] as const });

const GuestOrder = builder.inputType("GuestOrder", {
  fields: (t) => ({
    field: t.field({ type: GuestOrderField, required: true }),
    direction: t.field({ type: OrderDirection, defaultValue: "ASC" }),
  }),
});

const byIdentifier = async (
  filter: { phone: string | null | undefined; email: string | null | undefined },
  { services: { database }, caller: { accountId } }: Context,
): Promise<GuestRow | null> => {
  const orderBy = { field: "CREATED_AT", direction: "ASC" } as const;
  const { rows } = await listGuests(database.pool, accountId, { filter, orderBy, first: 1 });
  return rows[0] ?? null;
};

builder.queryFields((t) => ({
  guests: t.connection({
    type: GuestType,
    description: "The account's guests, in the order in which they came to be here unless ordered otherwise.",
    complexity: pageComplexity,
    args: { filter: t.arg({ type: GuestFilter }), orderBy: t.arg({ type: GuestOrder }) },
    resolve: async (_, args, { services: { database }, caller: { accountId } }) => {
      const { count, backwards, after, before } = pageRequest(args);
      const filter = { ...args.filter, integrationId: args.filter?.integrationId?.id };
      const orderBy = { field: args.orderBy?.field ?? "CREATED_AT", direction: args.orderBy?.direction ?? "ASC" } as const;
      const { rows, hasNextPage, hasPreviousPage } = await listGuests(database.pool, accountId, {
        filter,
        orderBy,
        after,
        before,
        ...(backwards ? { last: count } : { first: count }),
      });
      return {
        totalCount: () => countGuests(database.pool, accountId, { filter }),
        edges: rows.map((row) => ({ cursor: row.cursor, node: row })),
        pageInfo: {
          hasNextPage,
          hasPreviousPage,
          startCursor: rows[0]?.cursor ?? null,
          endCursor: rows.at(-1)?.cursor ?? null,
        },
      };
    },
  }),
  guest: t.field({
    type: GuestType,
    nullable: true,
    description: "One guest: by id, or by phone (any spelling) or e-mail. Give exactly one.",
    args: {
      id: t.arg.globalID({ for: GuestType }),
      phone: t.arg.string(),
      email: t.arg.string(),
    },
    resolve: (_, { id, phone, email }, context) => {
      if ([id, phone, email].filter((given) => given != null).length !== 1) {
        throw new GraphQLError("Give exactly one of id, phone and email.", { extensions: { code: "BAD_INPUT" } });
      }
      if (id != null) return id.id;
      return byIdentifier({ phone, email }, context);
    },
  }),
}));
