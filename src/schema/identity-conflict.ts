import { GraphQLError } from "graphql";
import { validate as isUuid } from "uuid";
import { listConflicts, type ConflictRow } from "../guests/index.ts";
import { builder } from "./builder.ts";
import { GuestProfileType, IdentifierKindEnum } from "./guest-profile.ts";
import { pageComplexity, pageRequest } from "./pages.ts";

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
