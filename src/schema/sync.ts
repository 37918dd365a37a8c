import { GatewayError, type ErrorCode } from "../errors.ts";
import { progressOf, readRuns, type SyncProgress as RunState } from "../sync/index.ts";
import { builder, pageSize } from "./builder.ts";
import type { Context } from "./context.ts";
import { ErrorCodeEnum, mutationErrors, typed } from "./errors.ts";
import { cursorOf, stateThenChanges, type Told } from "./follow.ts";
import { IntegrationType } from "./integration.ts";
import { newestFirst, pageComplexity } from "./pages.ts";

export const SyncStatusEnum = builder.enumType("SyncStatus", {
  description: "QUEUED → RUNNING ⇄ WAITING → SUCCEEDED, FAILED or CANCELLED; back to QUEUED when its machine died.",
  values: ["QUEUED", "RUNNING", "WAITING", "SUCCEEDED", "FAILED", "CANCELLED"] as const,
});

const SyncTriggerEnum = builder.enumType("SyncTrigger", { values: ["FIRST", "MANUAL", "SCHEDULED"] as const });

const findRuns = async (
  { services: { database }, caller: { accountId } }: Context,
  ids: readonly string[],
): Promise<RunState[]> => (await readRuns(database.pool, accountId, ids)).map(progressOf);

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const SyncRunStreamType = builder.objectRef<RunState["streams"][number]>("SyncRunStream").implement({
  description: "How far a run is with one kind of record.",
  fields: (t) => ({
    stream: t.exposeString("stream"),
    status: t.expose("status", { type: SyncStatusEnum }),
    pages: t.exposeInt("pages"),
    read: t.exposeInt("read"),
    created: t.exposeInt("created"),
    updated: t.exposeInt("updated"),
    unchanged: t.exposeInt("unchanged"),
    deleted: t.exposeInt("deleted"),
    failed: t.exposeInt("failed"),
    expected: t.exposeInt("expected", { nullable: true }),
  }),
});

export const SyncRunType = builder.loadableNode("SyncRun", {
  description: "One run of an integration's sync, and how far it is.",
  id: { resolve: ({ id }) => id },
  load: (ids: string[], context: Context) => findRuns(context, ids),
  sort: ({ id }) => id,
  fields: (t) => ({
    status: t.field({ type: SyncStatusEnum, resolve: ({ status }) => status }),
    trigger: t.field({ type: SyncTriggerEnum, resolve: ({ trigger }) => trigger }),
    stage: t.exposeString("stage", { nullable: true, description: "What it does now." }),
    waitingUntil: t.field({ type: "DateTime", nullable: true, resolve: ({ waitingUntil }) => instant(waitingUntil) }),
    waitReason: t.exposeString("waitReason", { nullable: true }),
    pages: t.exposeInt("pages"),
    read: t.exposeInt("read", { description: "Records read from the system so far." }),
    created: t.exposeInt("created"),
    updated: t.exposeInt("updated"),
    unchanged: t.exposeInt("unchanged"),
    deleted: t.exposeInt("deleted"),
    failed: t.exposeInt("failed", { description: "Records that could not be mapped; kept with their reason." }),
    expected: t.exposeInt("expected", { nullable: true, description: "How many records it will read in all." }),
    expectedIsGuess: t.exposeBoolean("expectedIsGuess", {
      description: "Whether that is only what the last run read.",
    }),
    errorCode: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      resolve: ({ errorCode }) => errorCode as ErrorCode | null,
    }),
    errorMessage: t.exposeString("errorMessage", { nullable: true }),
    queuedAt: t.field({ type: "DateTime", resolve: ({ queuedAt }) => new Date(queuedAt) }),
    startedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ startedAt }) => instant(startedAt) }),
    finishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ finishedAt }) => instant(finishedAt) }),
    streams: t.field({ type: [SyncRunStreamType], resolve: ({ streams }) => [...streams] }),
    integration: t.field({
      type: IntegrationType,
      nullable: true,
      resolve: ({ integrationId }, _, { integrationById }) => integrationById.load(integrationId),
    }),
  }),
});

builder.prismaObjectFields(IntegrationType, (t) => ({
  currentSync: t.field({
    type: SyncRunType,
    nullable: true,
    description: "The run that is queued, running or waiting.",
    resolve: async ({ id }, _, { services: { database } }) => {
      const run = await database.prisma.syncRun.findUnique({ where: { activeFor: id }, select: { id: true } });
      return run?.id ?? null;
    },
  }),
}));

const SyncProgress = builder.objectRef<Told<RunState>>("SyncProgress").implement({
  description: "The state of a run after a change.",
  fields: (t) => ({
    cursor: t.string({
      description: "Give it as `after` to go on from here over a new connection, with nothing missed.",
      resolve: ({ cursor }) => cursorOf(cursor),
    }),
    run: t.field({ type: SyncRunType, resolve: ({ state }) => state }),
  }),
});

builder.queryFields((t) => ({
  syncRuns: t.connection({
    type: SyncRunType,
    description: "Runs, newest first.",
    complexity: pageComplexity,
    args: { integrationId: t.arg.globalID({ for: IntegrationType }), status: t.arg({ type: SyncStatusEnum }) },
    resolve: (_, args, context) => {
      const { database } = context.services;
      const { accountId } = context.caller;
      const where = {
        accountId,
        ...(args.integrationId == null ? {} : { integrationId: args.integrationId.id }),
        ...(args.status == null ? {} : { status: args.status }),
      };
      return newestFirst(
        args,
        async ({ idWhere, order, take }) => {
          const rows = await database.prisma.syncRun.findMany({
            where: { ...where, id: idWhere },
            orderBy: { id: order },
            take,
            select: { id: true },
          });
          const ids = rows.map(({ id }) => id);
          const runs = new Map((await findRuns(context, ids)).map((run) => [run.id, run]));
          return ids.flatMap((id) => runs.get(id) ?? []);
        },
        () => database.prisma.syncRun.count({ where }),
      );
    },
  }),
}));

const SyncIntegrationPayload = builder
  .objectRef<{ runId: string; isNew: boolean }>("SyncIntegrationPayload")
  .implement({
    fields: (t) => ({
      syncRun: t.field({ type: SyncRunType, resolve: ({ runId }) => runId }),
      isNew: t.exposeBoolean("isNew", { description: "False: one was under way already, and this is it." }),
    }),
  });

const CancelSyncPayload = builder.objectRef<{ runId: string }>("CancelSyncPayload").implement({
  fields: (t) => ({ syncRun: t.field({ type: SyncRunType, resolve: ({ runId }) => runId }) }),
});

builder.mutationFields((t) => ({
  syncIntegration: t.field({
    type: SyncIntegrationPayload,
    description: "Starts a sync now, or gives the one that is under way.",
    authScopes: { role: "OPERATOR" },
    errors: mutationErrors,
    args: { id: t.arg.globalID({ required: true, for: IntegrationType }) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        await context.services.open(context.caller.accountId, id);
        return context.services.sync.request(context.caller.accountId, id, "MANUAL");
      }),
  }),
  cancelSync: t.field({
    type: CancelSyncPayload,
    description: "Stops a run within a page. What it has written stays.",
    authScopes: { role: "OPERATOR" },
    errors: mutationErrors,
    args: { id: t.arg.globalID({ required: true, for: SyncRunType }) },
    resolve: (_, { id: { id } }, context) =>
      typed(context.language, async () => {
        await context.services.sync.cancel(context.caller.accountId, id);
        return { runId: id };
      }),
  }),
}));

builder.subscriptionFields((t) => ({
  syncProgress: t.field({
    type: SyncProgress,
    description:
      "The present state of the runs asked for, then every change. With `after`, every change since that cursor instead.",
    args: {
      integrationId: t.arg.globalID({ for: IntegrationType, description: "All runs of one integration …" }),
      runId: t.arg.globalID({ for: SyncRunType, description: "… or one run. Neither: the whole account." }),
      after: t.arg.string({ description: "The cursor of the last message seen." }),
    },
    subscribe: (_, { integrationId, runId, after }, context) => {
      const watched = { integrationId: integrationId?.id, runId: runId?.id };
      return stateThenChanges(context, {
        kind: "sync.changed",
        subjectId: watched.runId,
        integrationId: watched.integrationId,
        after: after ?? null,
        present: () => presentRuns(context, watched),
        changed: (payload) => payload as unknown as RunState,
      });
    },
    resolve: (progress) => progress,
  }),
}));

/** Which runs a subscription is about. */
type Watched = { readonly integrationId?: string | undefined; readonly runId?: string | undefined };

const presentRuns = async (context: Context, { integrationId, runId }: Watched): Promise<RunState[]> => {
  const { database } = context.services;
  const { accountId } = context.caller;
  const where = {
    accountId,
    ...(runId === undefined ? {} : { id: runId }),
    ...(integrationId === undefined ? {} : { integrationId }),
    // Of a whole account only what moves; of one integration its newest run, moving or not.
    ...(runId === undefined && integrationId === undefined ? { activeFor: { not: null } } : {}),
  };
  const take = runId === undefined && integrationId !== undefined ? 1 : pageSize.most;
  const rows = await database.prisma.syncRun.findMany({ where, orderBy: { id: "desc" }, take, select: { id: true } });
  if (runId !== undefined && rows.length === 0) throw new GatewayError("NOT_FOUND");
  return findRuns(
    context,
    rows.map(({ id }) => id),
  );
};
