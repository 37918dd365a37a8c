import { addApiKey, newApiKey } from "../accounts/keys.ts";
import { addAudit } from "../accounts/audit.ts";
import { GatewayError } from "../errors.ts";
import { builder } from "./builder.ts";
import { actorOf, type Context } from "./context.ts";
import { mutationErrors, typed } from "./errors.ts";
import { newestFirst, pageComplexity } from "./pages.ts";

export const RoleEnum = builder.enumType("Role", {
  description: "What a key may do: READER reads, OPERATOR also connects, syncs and orders, ADMIN also manages keys.",
  values: ["READER", "OPERATOR", "ADMIN"] as const,
});

const AccountType = builder.prismaObject("Account", {
  description: "A tenant: nothing is shared between two.",
  fields: (t) => ({
    name: t.exposeString("name"),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
  }),
});

const ApiKeyType = builder.prismaNode("ApiKey", {
  id: { field: "id" },
  nullable: true,
  description: "A key to the account. The key itself is shown once, when it is made.",
  findUnique: (id, { caller }) => ({ id, accountId: caller.accountId }),
  authScopes: { role: "ADMIN" },
  fields: (t) => ({
    name: t.exposeString("name"),
    role: t.expose("role", { type: RoleEnum }),
    prefix: t.exposeString("prefix", { description: "The first characters, to tell keys apart." }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    lastUsedAt: t.expose("lastUsedAt", { type: "DateTime", nullable: true, description: "To the minute." }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", nullable: true }),
    revokedAt: t.expose("revokedAt", { type: "DateTime", nullable: true }),
  }),
});

const Viewer = builder.objectRef<Context["caller"]>("Viewer").implement({
  description: "Who asks.",
  fields: (t) => ({
    account: t.prismaField({
      type: AccountType,
      resolve: (query, { accountId }, _, { services }) =>
        services.database.prisma.account.findUniqueOrThrow({ ...query, where: { id: accountId } }),
    }),
    role: t.field({ type: RoleEnum, resolve: ({ role }) => role }),
  }),
});

const AuditEntryType = builder.prismaNode("AuditEntry", {
  id: { field: "id" },
  nullable: true,
  description: "Who changed what, and when.",
  findUnique: (id, { caller }) => ({ id, accountId: caller.accountId }),
  authScopes: { role: "ADMIN" },
  fields: (t) => ({
    actor: t.exposeString("actor", { description: '"key:<id>" or "system".' }),
    action: t.exposeString("action"),
    details: t.expose("details", { type: "JSON" }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: Viewer,
    description: "Who asks, and for which account.",
    resolve: (_, __, { caller }) => caller,
  }),
  apiKeys: t.connection({
    type: ApiKeyType,
    description: "The account's keys, newest first.",
    authScopes: { role: "ADMIN" },
    complexity: pageComplexity,
    resolve: (_, args, { services: { database }, caller: { accountId } }) =>
      newestFirst(
        args,
        ({ idWhere, order, take }) =>
          database.prisma.apiKey.findMany({ where: { accountId, id: idWhere }, orderBy: { id: order }, take }),
        () => database.prisma.apiKey.count({ where: { accountId } }),
      ),
  }),
  auditLog: t.connection({
    type: AuditEntryType,
    description: "Every change, newest first.",
    authScopes: { role: "ADMIN" },
    complexity: pageComplexity,
    resolve: (_, args, { services: { database }, caller: { accountId } }) =>
      newestFirst(
        args,
        ({ idWhere, order, take }) =>
          database.prisma.auditEntry.findMany({ where: { accountId, id: idWhere }, orderBy: { id: order }, take }),
        () => database.prisma.auditEntry.count({ where: { accountId } }),
      ),
  }),
}));

const CreateApiKeyInput = builder.inputType("CreateApiKeyInput", {
  fields: (t) => ({
    name: t.string({ required: true, description: "What it is for." }),
    role: t.field({ type: RoleEnum, required: true }),
    expiresAt: t.field({ type: "DateTime" }),
  }),
});

const CreateApiKeyPayload = builder
  .objectRef<{ key: string; row: typeof ApiKeyType.$inferType }>("CreateApiKeyPayload")
  .implement({
    fields: (t) => ({
      key: t.exposeString("key", { description: "The key itself: it is shown this once." }),
      apiKey: t.field({ type: ApiKeyType, resolve: ({ row }) => row }),
    }),
  });

const RevokeApiKeyPayload = builder.objectRef<typeof ApiKeyType.$inferType>("RevokeApiKeyPayload").implement({
  fields: (t) => ({ apiKey: t.field({ type: ApiKeyType, resolve: (row) => row }) }),
});

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreateApiKeyPayload,
    description: "Makes a key to this account.",
    authScopes: { role: "ADMIN" },
    errors: mutationErrors,
    args: { input: t.arg({ type: CreateApiKeyInput, required: true }) },
    resolve: (_, { input: { name, role, expiresAt } }, context) =>
      typed(context.language, async () => {
        if (name.trim() === "" || name.length > 200) {
          const message = {
            en: "Give it a name of 1 to 200 characters.",
            ru: "Укажите название от 1 до 200 символов.",
          };
          throw new GatewayError("BAD_INPUT", { fields: [{ path: ["name"], message }] });
        }
        const { database } = context.services;
        const key = newApiKey();
        const row = await addApiKey(database.prisma, context.caller.accountId, key, {
          name: name.trim(),
          role,
          expiresAt: expiresAt ?? null,
        });
        await database.transaction((client) =>
          addAudit(client, {
            ...actorOf(context),
            action: "apiKey.create",
            details: { apiKeyId: row.id, name: row.name, role },
          }),
        );
        return { key, row };
      }),
  }),
  revokeApiKey: t.field({
    type: RevokeApiKeyPayload,
    description: "Ends a key, within a second.",
    authScopes: { role: "ADMIN" },
    errors: mutationErrors,
    args: { id: t.arg.globalID({ required: true, for: ApiKeyType }) },
    resolve: (_, { id }, context) =>
      typed(context.language, async () => {
        const { database } = context.services;
        const { accountId } = context.caller;
        const where = { id: id.id, accountId };
        await database.prisma.apiKey.updateMany({
          where: { ...where, revokedAt: null },
          data: { revokedAt: new Date() },
        });
        const row = await database.prisma.apiKey.findUnique({ where });
        if (row === null) throw new GatewayError("NOT_FOUND");
        await database.transaction((client) =>
          addAudit(client, {
            ...actorOf(context),
            action: "apiKey.revoke",
            details: { apiKeyId: row.id, name: row.name },
          }),
        );
        return row;
      }),
  }),
}));
