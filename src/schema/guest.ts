import { GraphQLError } from "graphql";
import { validate as isUuid } from "uuid";
import { money, type Balance, type Coupon, type Money, type Points } from "../contract/index.ts";
import {
  countGuests,
  guestsByIds,
  listConflicts,
  listGuests,
  profilesByIds,
  type ConflictRow,
  type GuestRow,
  type ProfileRow,
} from "../guests/index.ts";
import { providerById } from "../providers/index.ts";
import { builder, liveComplexity } from "./builder.ts";
import type { Context } from "./context.ts";
import type { LiveKind, LiveKinds } from "../sources/index.ts";
import { asGraphQLError } from "./errors.ts";
import { IntegrationType } from "./integration.ts";
import { masked } from "./masked.ts";
import { pageComplexity, pageRequest } from "./pages.ts";
import { Amount, MoneyType } from "./values.ts";

/** A vendor's object is many times a typed field. */
const rawComplexity = 5;

/** What a live read gives, with the profile that it was read for. */
type Of<Value> = Value & { readonly profile: ProfileRow };

const BalanceType = builder.objectRef<Of<Balance>>("Balance").implement({
  description: "What a guest may spend at one system, read live.",
  fields: (t) => ({
    id: t.id({
      description: "Tells the wallets of one guest apart. Not a global id: a balance is read live.",
      resolve: ({ id, profile }) => `${profile.id}:${id}`,
    }),
    name: t.exposeString("name", { nullable: true }),
    available: t.field({ type: Amount, resolve: ({ available }): Money | Points => available }),
    integration: t.field({
      type: IntegrationType,
      nullable: true,
      resolve: ({ profile }, _, { integrationById }) => integrationById.load(profile.integrationId),
    }),
  }),
});

const tokenDescription = "Redeems the coupon, so it is as good as money: null below the role OPERATOR.";
const tokenFor = ({ caller }: Context, token: string | null): string | null =>
  caller.role === "READER" ? null : token;

const CouponType = builder.objectRef<Of<Coupon>>("Coupon").implement({
  description: "A coupon that a guest holds, read live. Texts are plain: the system's HTML is stripped.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "The system's id of the coupon: what `createOrder` takes." }),
    title: t.exposeString("title", { nullable: true, description: "For the staff." }),
    header: t.exposeString("header", { nullable: true, description: "For the guest." }),
    subHeader: t.exposeString("subHeader", { nullable: true }),
    shortDescription: t.exposeString("shortDescription", { nullable: true }),
    longDescription: t.exposeString("longDescription", { nullable: true }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", nullable: true }),
    token: t.string({
      nullable: true,
      description: tokenDescription,
      resolve: ({ token }, _, context) => tokenFor(context, token),
    }),
    shareToken: t.string({
      nullable: true,
      description: tokenDescription,
      resolve: ({ shareToken }, _, context) => tokenFor(context, shareToken),
    }),
    merchantToken: t.string({
      nullable: true,
      description: tokenDescription,
      resolve: ({ merchantToken }, _, context) => tokenFor(context, merchantToken),
    }),
    merchantShareToken: t.string({
      nullable: true,
      description: tokenDescription,
      resolve: ({ merchantShareToken }, _, context) => tokenFor(context, merchantShareToken),
    }),
    integration: t.field({
      type: IntegrationType,
      nullable: true,
      resolve: ({ profile }, _, { integrationById }) => integrationById.load(profile.integrationId),
    }),
  }),
});

const moneyOf = (amount: string | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : money(amount, currency);

const PurchasesType = builder.objectRef<ProfileRow>("Purchases").implement({
  description: "What the guest bought, as the system counts it.",
  fields: (t) => ({
    total: t.exposeInt("purchasesTotal", { nullable: true, description: "How many purchases." }),
    paid: t.exposeInt("purchasesPaid", { nullable: true, description: "How many of them are paid." }),
    averageBill: t.field({
      type: MoneyType,
      nullable: true,
      resolve: ({ billAverage, currency }) => moneyOf(billAverage, currency),
    }),
    spentTotal: t.field({
      type: MoneyType,
      nullable: true,
      resolve: ({ spentTotal, currency }) => moneyOf(spentTotal, currency),
    }),
    spentPaid: t.field({
      type: MoneyType,
      nullable: true,
      resolve: ({ spentPaid, currency }) => moneyOf(spentPaid, currency),
    }),
  }),
});

const ReviewsType = builder.objectRef<ProfileRow>("Reviews").implement({
  description: "How many reviews of each kind the guest left.",
  fields: (t) => ({
    positive: t.exposeInt("reviewsPositive", { nullable: true }),
    neutral: t.exposeInt("reviewsNeutral", { nullable: true }),
    negative: t.exposeInt("reviewsNegative", { nullable: true }),
  }),
});

const IdentifierKindEnum = builder.enumType("IdentifierKind", { values: ["PHONE", "EMAIL", "CARD"] as const });

type Match = Exclude<ProfileRow["evidence"][number], { kind: "FOUNDER" }>;

const MatchEvidenceType = builder.objectRef<Match>("MatchEvidence").implement({
  description: "Why a profile belongs to its guest.",
  fields: (t) => ({
    kind: t.field({ type: IdentifierKindEnum, resolve: ({ kind }) => kind }),
    value: t.exposeString("value", { description: "What both have: an E.164 phone, an e-mail, a card number." }),
    profile: t.field({
      type: GuestProfileType,
      nullable: true,
      description: "The profile that it was matched with; null when it has gone.",
      resolve: ({ profileId }) => profileId,
    }),
  }),
});

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

export const GuestProfileType = builder.loadableNodeRef("GuestProfile", {
  id: { resolve: ({ id }) => id },
  load: async (ids: string[], { services, caller }: Context) => {
    const profiles = await profilesByIds(services.database.pool, caller.accountId, ids);
    return [...profiles.values()];
  },
  sort: ({ id }) => id,
});

GuestProfileType.implement({
  description: "What one system knows of a guest.",
  fields: (t) => ({
    externalId: t.exposeString("externalId", { description: "The system's own id of the guest." }),
    integration: t.field({
      type: IntegrationType,
      nullable: true,
      resolve: ({ integrationId }, _, { integrationById }) => integrationById.load(integrationId),
    }),
    guest: t.field({ type: GuestType, nullable: true, resolve: ({ guestId }) => guestId }),
    evidence: t.field({
      type: [MatchEvidenceType],
      description: "Why it belongs to that guest; empty for the profile that the guest began with.",
      resolve: ({ evidence }) => evidence.filter((item): item is Match => item.kind !== "FOUNDER"),
    }),
    name: t.exposeString("name", { nullable: true }),
    email: t.exposeString("email", { nullable: true, description: "Lower case." }),
    phone: t.exposeString("phone", {
      nullable: true,
      description: "E.164; null when the system's spelling is no number.",
    }),
    phoneAsGiven: t.exposeString("phoneAsGiven", { nullable: true, description: "As the system spells it." }),
    birthDate: t.field({ type: "Date", nullable: true, resolve: ({ birthDate }) => birthDate }),
    language: t.exposeString("language", { nullable: true }),
    avatarUrl: t.exposeString("avatarUrl", { nullable: true }),
    purchases: t.field({
      type: PurchasesType,
      nullable: true,
      resolve: (profile) => (profile.purchasesTotal === null && profile.spentTotal === null ? null : profile),
    }),
    reviews: t.field({
      type: ReviewsType,
      nullable: true,
      resolve: (profile) => (profile.reviewsPositive === null && profile.reviewsNegative === null ? null : profile),
    }),
    customFields: t.field({ type: "JSON", nullable: true, resolve: ({ customFields }) => customFields }),
    sourceCreatedAt: t.expose("sourceCreatedAt", { type: "DateTime", nullable: true }),
    sourceUpdatedAt: t.expose("sourceUpdatedAt", { type: "DateTime", nullable: true }),
    changedAt: t.expose("changedAt", { type: "DateTime", description: "When it last changed here." }),
    raw: t.field({
      type: "JSON",
      nullable: true,
      complexity: rawComplexity,
      description: "The system's whole object. What is as good as money in it is masked below the role OPERATOR.",
      resolve: async ({ id, integrationId }, _, { rawOfProfile, integrationById, caller }) => {
        const raw = await rawOfProfile.load(id);
        if (caller.role !== "READER") return raw;
        const integration = await integrationById.load(integrationId);
        return integration === null ? null : masked(raw, providerById(integration.provider).secretPaths);
      },
    }),
    balances: t.field({
      type: [BalanceType],
      nullable: { list: true, items: false },
      complexity: liveComplexity,
      description: "Live. Null, with an error at this path, when the system does not answer.",
      resolve: (profile, _, context) => readLive("balances", profile, context),
    }),
    coupons: t.field({
      type: [CouponType],
      nullable: { list: true, items: false },
      complexity: liveComplexity,
      description: "Live. Null, with an error at this path, when the system does not answer.",
      resolve: (profile, _, context) => readLive("coupons", profile, context),
    }),
  }),
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

const readLive = async <Kind extends LiveKind>(
  kind: Kind,
  profile: ProfileRow,
  { sources, language }: Context,
): Promise<Of<LiveKinds[Kind][number]>[] | null> => {
  try {
    const found = await sources.load(kind, profile.integrationId, profile.externalId);
    return (found ?? []).map((item) => ({ ...item, profile }));
  } catch (error) {
    throw asGraphQLError(error, language);
  }
};

/** Over all profiles at once. A system that has no such thing adds nothing; one that fails adds an item that is its error. */
const readLiveOfGuest = async <Kind extends LiveKind>(
  kind: Kind,
  guestId: string,
  context: Context,
): Promise<(Of<LiveKinds[Kind][number]> | Promise<never>)[]> => {
  const profiles = await context.profilesOfGuest.load(guestId);
  const lists = await Promise.all(
    profiles.map((profile) =>
      readLive(kind, profile, context).catch((error: GraphQLError) =>
        error.extensions["code"] === "NOT_SUPPORTED" ? [] : [failedItem(error)],
      ),
    ),
  );
  return lists.flatMap((list): (Of<LiveKinds[Kind][number]> | Promise<never>)[] => list ?? []);
};

/** GraphQL takes a rejected item of a list for a null with its error. Handled here too: nobody may ever look at it. */
const failedItem = (error: Error): Promise<never> => {
  const item = Promise.reject(error);
  item.catch(() => undefined);
  return item;
};

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

const IdentityConflictType = builder.objectRef<ConflictRow>("IdentityConflict").implement({
  description: "Two profiles that share an identifier and yet look like two people: they were kept apart.",
  fields: (t) => ({
    kind: t.field({ type: IdentifierKindEnum, resolve: ({ kind }) => kind }),
    value: t.exposeString("value", { description: "What both have." }),
    reason: t.exposeString("reason", { description: "Why they were not taken for one person." }),
    profile: t.field({ type: GuestProfileType, nullable: true, resolve: ({ profileId }) => profileId }),
    other: t.field({ type: GuestProfileType, nullable: true, resolve: ({ otherId }) => otherId }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
  }),
});

const conflictCursor = ({ createdAt, profileId, otherId }: ConflictRow): string =>
  Buffer.from([createdAt.toISOString(), profileId, otherId].join(" ")).toString("base64url");

const conflictAt = (cursor: string) => {
  const [time = "", profileId = "", otherId = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  const createdAt = new Date(time);
  if (Number.isNaN(createdAt.getTime()) || !isUuid(profileId) || !isUuid(otherId)) {
    throw new GraphQLError(`"${cursor}" is not a cursor of this list.`, { extensions: { code: "BAD_INPUT" } });
  }
  return { createdAt, profileId, otherId };
};

builder.queryFields((t) => ({
  identityConflicts: t.connection({
    type: IdentityConflictType,
    description: "What a person should look at, newest first. Pages go forwards only.",
    complexity: pageComplexity,
    resolve: async (_, args, { services: { database }, caller: { accountId } }) => {
      const { count, backwards, after, before } = pageRequest(args);
      if (backwards || before !== null) {
        throw new GraphQLError("This list is read with `first` and `after`.", { extensions: { code: "BAD_INPUT" } });
      }
      const { rows, hasNextPage } = await listConflicts(database.pool, accountId, {
        first: count,
        after: after === null ? undefined : conflictAt(after),
      });
      const edges = rows.map((node) => ({ cursor: conflictCursor(node), node }));
      return {
        edges,
        pageInfo: {
          hasNextPage,
          hasPreviousPage: after !== null,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      };
    },
  }),
}));
