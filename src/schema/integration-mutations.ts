import { errorKinds, textIn, type GatewayError } from "../errors.ts";
import type { TestReport } from "../integrations/index.ts";
import { builder } from "./builder.ts";
import { actorOf, type Context } from "./context.ts";
import { chosenProvider, CredentialsChangeType, CredentialsInputType } from "./credentials.ts";
import { ErrorCodeEnum, mutationErrors, typed } from "./errors.ts";
import { IntegrationType } from "./integration.ts";
import { SyncRunType } from "./sync.ts";

type IntegrationRow = typeof IntegrationType.$inferType;

const settings = (input: {
  name?: string | null | undefined;
  syncIntervalMinutes?: number | null | undefined;
  defaultCountry?: string | null | undefined;
  requestsPerSecond?: number | null | undefined;
}) => ({
  name: input.name ?? undefined,
  syncIntervalMinutes: input.syncIntervalMinutes ?? undefined,
  defaultCountry: input.defaultCountry ?? undefined,
  // null is a value here: back to the provider's usual limit.
  requestsPerSecond: input.requestsPerSecond,
});

const descriptions = {
  name: "What people call it; the provider's name unless given.",
  syncIntervalMinutes: "How often it syncs by itself; 60 unless given.",
  defaultCountry: "ISO 3166 alpha-2, for phones without a country code; RU unless given.",
  requestsPerSecond: "Calls a second over all processes; the provider's usual limit unless given.",
};

const ConnectIntegrationInput = builder.inputType("ConnectIntegrationInput", {
  fields: (t) => ({
    credentials: t.field({ type: CredentialsInputType, required: true }),
    name: t.string({ description: descriptions.name }),
    syncIntervalMinutes: t.int({ description: descriptions.syncIntervalMinutes }),
    defaultCountry: t.string({ description: descriptions.defaultCountry }),
    requestsPerSecond: t.int({ description: descriptions.requestsPerSecond }),
  }),
});

const UpdateIntegrationInput = builder.inputType("UpdateIntegrationInput", {
  description: "What is left out stays as it is.",
  fields: (t) => ({
    id: t.globalID({ required: true, for: IntegrationType }),
    credentials: t.field({ type: CredentialsChangeType, description: "Tested before they are stored." }),
    name: t.string({ description: descriptions.name }),
    syncIntervalMinutes: t.int({ description: descriptions.syncIntervalMinutes }),
    defaultCountry: t.string({ description: descriptions.defaultCountry }),
    requestsPerSecond: t.int({ description: descriptions.requestsPerSecond }),
  }),
});

type Step = TestReport["steps"][number];

const ConnectionTrouble = builder.objectRef<{ error: GatewayError }>("ConnectionTrouble").implement({
  description: "What a connection test met.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, resolve: ({ error }) => error.code }),
    message: t.string({ resolve: ({ error }, _, { language }) => textIn(error, language) }),
    remedy: t.string({ resolve: ({ error }, _, { language }) => errorKinds[error.code].remedy[language] }),
    providerMessage: t.string({
      nullable: true,
      description: "The system's own words.",
      resolve: ({ error }) => error.details.providerMessage ?? null,
    }),
    providerRequestId: t.string({ nullable: true, resolve: ({ error }) => error.details.providerRequestId ?? null }),
    retryAt: t.field({ type: "DateTime", nullable: true, resolve: ({ error }) => error.details.retryAt ?? null }),
  }),
});

const ConnectionTestStep = builder.objectRef<Step>("ConnectionTestStep").implement({
  fields: (t) => ({
    name: t.string({ description: "What was tried.", resolve: ({ name }, _, { language }) => name[language] }),
    ok: t.boolean({ resolve: ({ error }) => error === null }),
    durationMs: t.exposeInt("durationMs", { description: "Milliseconds." }),
    error: t.field({
      type: ConnectionTrouble,
      nullable: true,
      // Wrapped: GraphQL throws a value that is itself an Error.
      resolve: ({ error }) => (error === null ? null : { error }),
    }),
  }),
});

const ConnectionTest = builder.objectRef<TestReport>("ConnectionTest").implement({
  description: "What a connection test found.",
  fields: (t) => ({
    ok: t.boolean({ resolve: ({ error }) => error === null }),
    durationMs: t.exposeInt("durationMs", { description: "Milliseconds." }),
    steps: t.field({ type: [ConnectionTestStep], resolve: ({ steps }) => [...steps] }),
    accountName: t.string({
      nullable: true,
      description: "Whose account the system says it is.",
      resolve: ({ identity }) => identity?.accountName ?? null,
    }),
  }),
});

const IntegrationPayload = builder.objectRef<{ integration: IntegrationRow }>("IntegrationPayload").implement({
  fields: (t) => ({ integration: t.field({ type: IntegrationType, resolve: ({ integration }) => integration }) }),
});

const ConnectIntegrationPayload = builder
  .objectRef<{ integration: IntegrationRow; runId: string }>("ConnectIntegrationPayload")
  .implement({
    fields: (t) => ({
      integration: t.field({ type: IntegrationType, resolve: ({ integration }) => integration }),
      syncRun: t.field({ type: SyncRunType, description: "The first sync, queued.", resolve: ({ runId }) => runId }),
    }),
  });

const TestIntegrationPayload = builder
  .objectRef<{ integration: IntegrationRow; test: TestReport }>("TestIntegrationPayload")
  .implement({
    fields: (t) => ({
      integration: t.field({ type: IntegrationType, resolve: ({ integration }) => integration }),
      test: t.field({ type: ConnectionTest, resolve: ({ test }) => test }),
    }),
  });

const DeleteIntegrationPayload = builder.objectRef<{ id: string }>("DeleteIntegrationPayload").implement({
  fields: (t) => ({ deletedId: t.globalID({ resolve: ({ id }) => ({ id, type: IntegrationType }) }) }),
});

const rowOf = ({ services, caller: { accountId } }: Context, id: string): Promise<IntegrationRow> =>
  services.database.prisma.integration.findUniqueOrThrow({ where: { id, accountId } });

const integrationId = { required: true, for: IntegrationType } as const;
const operator = { authScopes: { role: "OPERATOR" }, errors: mutationErrors } as const;

builder.mutationFields((t) => ({
  connectIntegration: t.field({
    type: ConnectIntegrationPayload,
    description:
      "Connects a system: signs in first, and stores nothing if that fails. The first sync starts by itself.",
    ...operator,
    args: { input: t.arg({ type: ConnectIntegrationInput, required: true }) },
    resolve: (_, { input }, context) =>
      typed(context.language, async () => {
        const { provider, credentials } = chosenProvider(input.credentials);
        const { changes, sync } = context.services;
        const { accountId } = context.caller;
        let runId = "";
        const connecting = { ...settings(input), providerId: provider.id, credentials };
        const id = await changes.connect(actorOf(context), connecting, async (client, newId) => {
          ({ runId } = await sync.request(accountId, newId, "FIRST", client));
        });
        return { integration: await rowOf(context, id), runId };
      }),
  }),

  testIntegration: t.field({
    type: TestIntegrationPayload,
    description: "Tries a connected system, and tells what was tried and what it said.",
    ...operator,
    args: { id: t.arg.globalID(integrationId) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        const test = await context.services.changes.test(actorOf(context), id);
        return { integration: await rowOf(context, id), test };
      }),
  }),

  updateIntegration: t.field({
    type: IntegrationPayload,
    description: "Changes settings or credentials; new credentials are tested before they are stored.",
    ...operator,
    args: { input: t.arg({ type: UpdateIntegrationInput, required: true }) },
    resolve: (_, { input }, context) =>
      typed(context.language, async () => {
        const { id } = input.id;
        const { changes, database } = context.services;
        const known = await database.prisma.integration.findUnique({
          where: { id, accountId: context.caller.accountId },
          select: { provider: true },
        });
        const credentials =
          input.credentials == null ? undefined : chosenProvider(input.credentials, known?.provider).credentials;
        await changes.update(actorOf(context), id, { ...settings(input), credentials });
        return { integration: await rowOf(context, id) };
      }),
  }),

  pauseIntegration: t.field({
    type: IntegrationPayload,
    description: "Stops its syncs and live reads until it is resumed; what was synced stays readable.",
    ...operator,
    args: { id: t.arg.globalID(integrationId) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        await context.services.changes.pause(actorOf(context), id);
        return { integration: await rowOf(context, id) };
      }),
  }),

  resumeIntegration: t.field({
    type: IntegrationPayload,
    description: "Lets a paused integration go on; it syncs soon.",
    ...operator,
    args: { id: t.arg.globalID(integrationId) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        await context.services.changes.resume(actorOf(context), id);
        return { integration: await rowOf(context, id) };
      }),
  }),

  deleteIntegration: t.field({
    type: DeleteIntegrationPayload,
    description: "Deletes an integration with all that was synced from it. Guests whom other systems know stay.",
    ...operator,
    args: { id: t.arg.globalID(integrationId) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        await context.services.changes.remove(actorOf(context), id);
        return { id };
      }),
  }),
}));
