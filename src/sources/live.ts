import { LRUCache } from "lru-cache";
import type { Balance, BatchRead, Coupon } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";
import type { Open, OpenIntegration } from "../integrations/index.ts";

/** What is read live from a connected system, by the vendor's guest id. */
export type LiveKinds = { balances: Balance[]; coupons: Coupon[] };
export type LiveKind = keyof LiveKinds;

/**
 * The process-wide side of live reads: whoever asks for the same thing of the same integration at the same time, or
 * within the provider's declared `maxAgeMs`, gets the same answer from one upstream call. Keys begin with the account, the
 * integration and the generation of its credentials, so nothing is ever shared across them.
 */
export type Live = {
  /** In the order of `ids`; null for what the system does not know; an Error for what could not be read. */
  read<Kind extends LiveKind>(
    kind: Kind,
    accountId: string,
    integrationId: string,
    ids: readonly string[],
  ): Promise<(LiveKinds[Kind] | null | Error)[]>;
  /** Forgets what was read of an integration: after a write, the next read is fresh. */
  forget(integrationId: string): void;
};

type Answer = Promise<LiveKinds[LiveKind] | null>;

/** How many answers are kept at most, a few kilobytes each: expired ones stay until newer ones push them out. */
const most = 10_000;

export const createLive = (open: Open): Live => {
  const answers = new LRUCache<string, Answer>({ max: most });
  /** Grows with every `forget`: an answer that was under way while something was written is not taken for fresh. */
  const writes = new Map<string, number>();

  /** The age counts from the answer, not from the question; a failure is shared only by those who wait for it. */
  const keep = (key: string, answer: Answer, maxAge: number): void => {
    answers.set(key, answer);
    const still = () => answers.peek(key) === answer;
    answer.then(
      () => {
        if (!still()) return;
        if (maxAge > 0) answers.set(key, answer, { ttl: maxAge });
        else answers.delete(key);
      },
      () => {
        if (still()) answers.delete(key);
      },
    );
  };

  const readOf = <Kind extends LiveKind>(integration: OpenIntegration, kind: Kind): BatchRead<LiveKinds[Kind]> => {
    const read: BatchRead<LiveKinds[Kind]> | undefined = (
      integration.connection as { [K in LiveKind]?: BatchRead<LiveKinds[K]> }
    )[kind];
    if (read === undefined) throw new GatewayError("NOT_SUPPORTED");
    return read;
  };

  return {
    async read<Kind extends LiveKind>(kind: Kind, accountId: string, integrationId: string, ids: readonly string[]) {
      const integration = await open(accountId, integrationId);
      const read = readOf(integration, kind);
      const maxAge = integration.provider.maxAgeMs[kind];
      const prefix = `${accountId}/${integrationId}/${integration.generation}/${writes.get(integrationId) ?? 0}/${kind}/`;

      const answersById = new Map<string, Promise<LiveKinds[Kind] | null>>();
      const missing: string[] = [];
      for (const id of ids) {
        const known = answers.get(prefix + id) as Promise<LiveKinds[Kind] | null> | undefined;
        if (known === undefined) missing.push(id);
        else answersById.set(id, known);
      }
      for (const chunk of chunksOf(missing, read.batch.max)) {
        const reading = read.read(chunk, {});
        for (const id of chunk) {
          const answer = reading.then((found) => found.get(id) ?? null);
          answersById.set(id, answer);
          keep(prefix + id, answer, maxAge);
        }
      }
      return Promise.all(ids.map((id) => (answersById.get(id) ?? Promise.resolve(null)).catch(asError)));
    },

    forget(integrationId) {
      writes.set(integrationId, (writes.get(integrationId) ?? 0) + 1);
    },
  };
};

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const chunksOf = (ids: readonly string[], size: number): string[][] => {
  const chunks: string[][] = [];
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size));
  return chunks;
};
