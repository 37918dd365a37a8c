import type { SyncStatus } from "../generated/prisma/enums.ts";

/** What can follow on what. A run is over when nothing can. */
export const moves = {
  QUEUED: ["RUNNING", "CANCELLED"],
  /** Back to QUEUED when its machine stopped or died. */
  RUNNING: ["WAITING", "QUEUED", "SUCCEEDED", "FAILED", "CANCELLED"],
  WAITING: ["QUEUED", "RUNNING", "CANCELLED"],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
} as const satisfies Record<SyncStatus, readonly SyncStatus[]>;

const statuses = Object.keys(moves) as SyncStatus[];

export const mayMove = (from: SyncStatus, to: SyncStatus): boolean =>
  (moves[from] as readonly SyncStatus[]).includes(to);

/** The states from which a run may come to this one: what every UPDATE of a status has in its WHERE. */
export const statesBefore = (to: SyncStatus): SyncStatus[] => statuses.filter((from) => mayMove(from, to));

/** Whether the run is over. */
export const isOver = (status: SyncStatus): boolean => moves[status].length === 0;
