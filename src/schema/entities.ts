import { complexityFromQuery } from "@pothos/plugin-complexity";
import { Kind, type GraphQLResolveInfo, type GraphQLSchema } from "graphql";
import { builder, limits, tooLarge } from "./builder.ts";
import type { Context } from "./context.ts";
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
const idOf = (globalId: unknown, type: string): string | null => {
  if (typeof globalId !== "string") return null;
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

type Loadable<Row> = { readonly getDataloader: (context: Context) => { load(id: string): Promise<Row> } };

/** The row itself: an id, which is enough for a loadable field, is not one for a router's reference. */
const rowOf =
  <Row>(type: string, { getDataloader }: Loadable<Row>) =>
  ({ id }: { id: string }, context: Context): Promise<Row> | null => {
    const own = idOf(id, type);
    return own === null ? null : getDataloader(context).load(own);
  };

builder.asEntity(GuestType, { key, resolveReference: rowOf("Guest", GuestType) });
builder.asEntity(GuestProfileType, { key, resolveReference: rowOf("GuestProfile", GuestProfileType) });
builder.asEntity(OrderType, { key, resolveReference: rowOf("Order", OrderType) });
builder.asEntity(SyncRunType, { key, resolveReference: rowOf("SyncRun", SyncRunType) });

type Priced = { readonly representations: readonly unknown[] };

/**
 * `_entities` comes from Apollo's library and passes by the limits that every field of ours has: here it gets them, priced by how
 * many entities are asked for.
 */
export const priceEntities = (schema: GraphQLSchema): GraphQLSchema => {
  const field = schema.getQueryType()?.getFields()["_entities"];
  const resolve = field?.resolve;
  if (field === undefined || resolve === undefined) return schema;
  const complexity = ({ representations }: Priced) => ({ field: 1, multiplier: representations.length });
  field.extensions = { ...field.extensions, complexity };
  field.resolve = (parent, args, context: Context, info) => {
    refuseLarge(context, info);
    return resolve(parent, args, context, info) as unknown;
  };
  return schema;
};

/** @throws GraphQLError when the operation is larger than allowed. */
const refuseLarge = (ctx: Context, { schema, operation, fragments, variableValues }: GraphQLResolveInfo): void => {
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] } as const;
  const found = complexityFromQuery(document, { schema, ctx, variables: variableValues });
  for (const limit of ["depth", "breadth", "complexity"] as const) {
    if (found[limit] > limits[limit]) throw tooLarge(limit, found[limit]);
  }
};
