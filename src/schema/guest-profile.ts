import { money, type Money } from "../contract/index.ts";
import { profilesByIds, type ProfileRow } from "../guests/index.ts";
import { providerById } from "../providers/index.ts";
import { builder, liveComplexity } from "./builder.ts";
import type { Context } from "./context.ts";
import { GuestType } from "./guest.ts";
import { IntegrationType } from "./integration.ts";
import { masked } from "./masked.ts";
import { MoneyType } from "./values.ts";
import { BalanceType, CouponType, readLive } from "./wallet.ts";

/** A vendor's object is many times a typed field. */
const rawComplexity = 5;

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

export const IdentifierKindEnum = builder.enumType("IdentifierKind", { values: ["PHONE", "EMAIL", "CARD"] as const });

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

