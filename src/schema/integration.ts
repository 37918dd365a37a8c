import { providerById } from "../providers/index.ts";
import type { ErrorCode } from "../errors.ts";
import { builder } from "./builder.ts";
import { ErrorCodeEnum } from "./errors.ts";
import { newestFirst, pageComplexity } from "./pages.ts";
import { CapabilityEnum, ProviderType } from "./provider.ts";

const IntegrationStatusEnum = builder.enumType("IntegrationStatus", {
  values: {
    ACTIVE: { description: "It works." },
    INACTIVE: { description: "Paused by an operator." },
    ERROR: { description: "It met an error: see `error`." },
  },
});

type Preview = { name: string; label: string; secret: boolean; preview: string };

const CredentialPreview = builder.objectRef<Preview>("CredentialPreview").implement({
  description: "What may be shown of a stored credential.",
  fields: (t) => ({
    name: t.exposeString("name"),
    label: t.exposeString("label"),
    secret: t.exposeBoolean("secret"),
    preview: t.exposeString("preview", { description: "The value; of a secret only the last characters." }),
  }),
});

type Trouble = { code: string; message: string; at: Date | null };

const IntegrationTrouble = builder.objectRef<Trouble>("IntegrationTrouble").implement({
  description: "What an integration met last.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, resolve: ({ code }) => code as ErrorCode }),
    message: t.exposeString("message", { description: "The system's own words where there are any." }),
    at: t.expose("at", { type: "DateTime", nullable: true }),
  }),
});

export const IntegrationType = builder.prismaNode("Integration", {
  id: { field: "id" },
  nullable: true,
  description: "One connected system.",
  findUnique: (id, { caller }) => ({ id, accountId: caller.accountId }),
  fields: (t) => ({
    name: t.exposeString("name"),
    provider: t.field({ type: ProviderType, resolve: ({ provider }) => providerById(provider) }),
    status: t.expose("status", { type: IntegrationStatusEnum }),
    error: t.field({
      type: IntegrationTrouble,
      nullable: true,
      resolve: ({ errorCode, errorMessage, errorAt }) =>
        errorCode === null ? null : { code: errorCode, message: errorMessage ?? "", at: errorAt },
    }),
    credentials: t.field({
      type: [CredentialPreview],
      description: "What is stored, as it may be shown.",
      authScopes: { role: "OPERATOR" },
      resolve: ({ provider, credentialPreview }, _, { language }) => {
        const previews = credentialPreview as Record<string, string>;
        return Object.entries(providerById(provider).fields)
          .filter(([name]) => previews[name] !== undefined)
          .map(([name, { label, secret }]) => ({
            name,
            label: label[language],
            secret,
            preview: previews[name] ?? "",
          }));
      },
    }),
    capabilities: t.field({
      type: [CapabilityEnum],
      description: "What this system said it can do when it was last tested.",
      resolve: ({ capabilities }) => capabilities as (typeof CapabilityEnum.$inferType)[],
    }),
    defaultCountry: t.exposeString("defaultCountry", {
      description: "ISO 3166 alpha-2: how phones without a country code are read.",
    }),
    requestsPerSecond: t.exposeInt("requestsPerSecond", {
      nullable: true,
      description: "Calls a second over all processes; null: the provider's usual limit.",
    }),
    syncIntervalMinutes: t.exposeInt("syncIntervalMinutes"),
    lastSyncAt: t.expose("lastSyncAt", { type: "DateTime", nullable: true, description: "End of the last good sync." }),
    nextSyncAt: t.expose("nextSyncAt", { type: "DateTime", nullable: true }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    updatedAt: t.expose("updatedAt", { type: "DateTime" }),
  }),
});

const IntegrationFilter = builder.inputType("IntegrationFilter", {
  fields: (t) => ({
    provider: t.string({ description: 'The provider\'s key, "i-bonus".' }),
    status: t.field({ type: IntegrationStatusEnum }),
  }),
});

builder.queryFields((t) => ({
  integrations: t.connection({
    type: IntegrationType,
    description: "The connected systems, newest first.",
    complexity: pageComplexity,
    args: { filter: t.arg({ type: IntegrationFilter }) },
    resolve: (_, args, { services: { database }, caller: { accountId } }) => {
      const where = {
        accountId,
        ...(args.filter?.provider == null ? {} : { provider: args.filter.provider }),
        ...(args.filter?.status == null ? {} : { status: args.filter.status }),
      };
      return newestFirst(
        args,
        ({ idWhere, order, take }) =>
          database.prisma.integration.findMany({ where: { ...where, id: idWhere }, orderBy: { id: order }, take }),
        () => database.prisma.integration.count({ where }),
      );
    },
  }),
  integration: t.prismaField({
    type: IntegrationType,
    nullable: true,
    description: "One connected system; null when this account has no such.",
    args: { id: t.arg.globalID({ required: true, for: IntegrationType }) },
    resolve: (query, _, { id }, { services: { database }, caller: { accountId } }) =>
      database.prisma.integration.findUnique({ ...query, where: { id: id.id, accountId } }),
  }),
}));
