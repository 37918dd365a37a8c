import type { GraphQLError } from "graphql";
import type { Balance, Coupon, Money, Points } from "../contract/index.ts";
import type { ProfileRow } from "../guests/index.ts";
import type { LiveKind, LiveKinds } from "../sources/index.ts";
import { builder } from "./builder.ts";
import type { Context } from "./context.ts";
import { asGraphQLError } from "./errors.ts";
import { IntegrationType } from "./integration.ts";
import { Amount } from "./values.ts";

/** What a live read gives, with the profile that it was read for. */
type Of<Value> = Value & { readonly profile: ProfileRow };

export const BalanceType = builder.objectRef<Of<Balance>>("Balance").implement({
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

export const CouponType = builder.objectRef<Of<Coupon>>("Coupon").implement({
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

/** What one system says now. @throws GraphQLError, coded, when it does not answer. */
export const readLive = async <Kind extends LiveKind>(
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
export const readLiveOfGuest = async <Kind extends LiveKind>(
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

