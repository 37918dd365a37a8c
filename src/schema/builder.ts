import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import DataloaderPlugin from "@pothos/plugin-dataloader";
import DirectivesPlugin from "@pothos/plugin-directives";
import ErrorsPlugin from "@pothos/plugin-errors";
import FederationPlugin from "@pothos/plugin-federation";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin from "@pothos/plugin-scope-auth";
import { GraphQLError } from "graphql";
import { DateResolver, DateTimeResolver, JSONResolver, PositiveIntResolver } from "graphql-scalars";
import type PrismaTypes from "../generated/pothos.ts";
import { getDatamodel } from "../generated/pothos.ts";
import type { Role } from "../generated/prisma/enums.ts";
import type { Context } from "./context.ts";
import { decodeGlobalId, encodeGlobalId } from "./global-ids.ts";

/** Pages hold at most this many records, and this many unless told. */
export const pageSize = { most: 100, usual: 20 };

/** An expensive document is refused before it runs. Live fields are priced higher: each may be a call to a vendor. */
export const limits = { complexity: 100_000, depth: 16, breadth: 600 };
export const liveComplexity = 10;

const ranks: Record<Role, number> = { READER: 1, OPERATOR: 2, ADMIN: 3 };

export const tooLarge = (limit: keyof typeof limits, found: number): GraphQLError =>
  new GraphQLError(
    `This query is too large: its ${limit} is ${found}, at most ${limits[limit]} is allowed. Ask for smaller pages or fewer fields.`,
    { extensions: { code: "QUERY_TOO_COMPLEX" } },
  );

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The one builder; each entity's file adds its types to it. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  PrismaTypes: PrismaTypes;
  AuthScopes: { role: Role };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: Date; Output: Date | string };
    JSON: { Input: unknown; Output: unknown };
    PositiveInt: { Input: number; Output: number };
    Decimal: { Input: string; Output: string };
  };
  Connection: { totalCount?: () => Promise<number> | number };
}>({
  plugins: [
    ScopeAuthPlugin,
    ErrorsPlugin,
    ComplexityPlugin,
    RelayPlugin,
    DataloaderPlugin,
    PrismaPlugin,
    DirectivesPlugin,
    FederationPlugin,
  ],
  defaultFieldNullability: false,
  // The client is the request's: every resolver of a Prisma type asks through the account's own services.
  prisma: {
    client: ({ services }) => services.database.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    filterConnectionTotalCount: true,
  },
  scopeAuth: {
    authScopes: ({ caller }) => ({ role: (least) => ranks[caller.role] >= ranks[least] }),
    unauthorizedError: () =>
      new GraphQLError("This key's role does not allow that.", { extensions: { code: "FORBIDDEN" } }),
  },
  errors: {
    defaultUnionOptions: { name: ({ fieldName }) => `${capitalized(fieldName)}Result` },
    defaultResultOptions: { name: ({ fieldName }) => `${capitalized(fieldName)}Success` },
    directResult: true,
  },
  complexity: {
    limit: limits,
    defaultComplexity: 1,
    defaultListMultiplier: 5,
    complexityError: (kind, result) => {
      const limit = kind.toLowerCase() as keyof typeof limits;
      return tooLarge(limit, result[limit]);
    },
  },
  relay: {
    cursorType: "String",
    clientMutationId: "omit",
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeGlobalId,
    nodeQueryOptions: { description: "Any object of this account by its global id; null when there is none." },
    nodesQueryOptions: {
      description: "Objects by their global ids, in the same order; null where there is none.",
      complexity: ({ ids }) => ({ field: 1, multiplier: Array.isArray(ids) ? ids.length : 1 }),
    },
  },
});

builder.addScalarType("DateTime", DateTimeResolver);
builder.addScalarType("Date", DateResolver);
builder.addScalarType("JSON", JSONResolver);
builder.addScalarType("PositiveInt", PositiveIntResolver);

const decimalForm = /^-?\d{1,15}(\.\d{1,6})?$/;

builder.scalarType("Decimal", {
  description: 'A decimal number as a string, "1234.50": it never passes through a binary fraction.',
  serialize: (value) => String(value),
  parseValue: (value) => {
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text !== "string" || !decimalForm.test(text)) {
      throw new GraphQLError(
        'A Decimal is a string such as "1234.50", with up to 15 digits before and 6 after the point.',
      );
    }
    return text;
  },
});

builder.globalConnectionField("totalCount", (t) =>
  t.int({
    nullable: true,
    description: "How many there are in all. Counted only when asked for.",
    resolve: (connection) => connection.totalCount?.() ?? null,
  }),
);

builder.queryType({ description: "What the account's systems know." });
builder.mutationType({
  description:
    "What changes something. Each answers with a union: what was asked for, or errors that a client can act on.",
});
builder.subscriptionType({ description: "What happens, as it happens: over WebSocket (graphql-transport-ws) or SSE." });
