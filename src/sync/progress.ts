import type { Json } from "../contract/index.ts";
import type { SyncStatus, SyncTrigger } from "../generated/prisma/enums.ts";

/** How many records of each fate. read = created + updated + unchanged + failed. */
export type Counts = {
  readonly pages: number;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly failed: number;
};

export type StreamRow = Counts & {
  readonly stream: string;
  readonly status: SyncStatus;
  readonly cursor: Json;
  readonly expected: number | null;
};

/** A run as it stands, with its streams in their order. */
export type RunRow = Counts & {
  readonly id: string;
  readonly accountId: string;
  readonly integrationId: string;
  readonly status: SyncStatus;
  readonly trigger: SyncTrigger;
  readonly stage: string | null;
  readonly fence: number;
  readonly tries: number;
  readonly cancelRequested: boolean;
  readonly waitingUntil: Date | null;
  readonly waitReason: string | null;
  readonly expected: number | null;
  readonly expectedIsGuess: boolean;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly streams: readonly StreamRow[];
};

/** What subscribers are told of a run: the payload of every "sync.changed". Times are ISO strings. */
export type SyncProgress = ReturnType<typeof progressOf>;

export const progressOf = (run: RunRow) => ({
  id: run.id,
  integrationId: run.integrationId,
  status: run.status,
  trigger: run.trigger,
  stage: run.stage,
  waitingUntil: run.waitingUntil?.toISOString() ?? null,
  waitReason: run.waitReason,
  ...countsOf(run),
  expected: run.expected,
  expectedIsGuess: run.expectedIsGuess,
  errorCode: run.errorCode,
  errorMessage: run.errorMessage,
  queuedAt: run.queuedAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  streams: run.streams.map((stream) => ({
    stream: stream.stream,
    status: stream.status,
    ...countsOf(stream),
    expected: stream.expected,
  })),
});

const countsOf = ({ pages, read, created, updated, unchanged, deleted, failed }: Counts): Counts => ({
  pages,
  read,
  created,
  updated,
  unchanged,
  deleted,
  failed,
});
