import { EventEmitter, once } from "node:events";
import type { Pool } from "pg";
import type { Json } from "../contract/values.ts";
import type { Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import { eventChannel, type EventKind } from "./log.ts";

export type StoredEvent = {
  /** The event's number in its account; what a cursor holds. */
  readonly number: bigint;
  readonly kind: EventKind;
  readonly subjectId: string | null;
  readonly payload: Json;
  readonly createdAt: Date;
};

export type Following = {
  readonly accountId: string;
  readonly kind: EventKind;
  /** Only what is about this run, order … */
  readonly subjectId?: string | undefined;
  readonly integrationId?: string | undefined;
  /** The number of the last event that the reader has seen. */
  readonly after: bigint;
  readonly signal: AbortSignal;
};

export type EventReader = {
  /** The number of the account's newest event: where to follow from after reading a state. */
  newest(accountId: string): Promise<bigint>;
  /**
   * Whether the log can be followed from there.
   * @throws GatewayError CURSOR_EXPIRED when events after `after` are no longer kept, BAD_INPUT for one that never was.
   */
  check(accountId: string, after: bigint): Promise<void>;
  /** Every event after `after`, in order, each once, until the signal aborts; a database that is away is waited for. */
  follow(following: Following): AsyncGenerator<StoredEvent, void>;
  close(): Promise<void>;
};

/** How long a reader sleeps when nobody wakes it (ms): with LISTEN as a safety net, and while LISTEN is down. */
const sleepMs = { listening: 5000, deaf: 250 };
const batch = 500;

/** Events are kept this many days; older ones are forgotten by `forgetOldEvents`. */
const keptDays = 7;

/** Reads the event log. One LISTEN connection a process wakes all its readers; when it breaks they poll. */
export const createEventReader = async (database: Pick<Database, "pool" | "listen">): Promise<EventReader> => {
  const { pool } = database;
  const wakes = new EventEmitter().setMaxListeners(0);
  let listening = false;
  const listener = await database.listen(
    eventChannel,
    (accountId) => wakes.emit(accountId),
    (connected) => {
      listening = connected;
      // What was missed while the connection was down has to be read now.
      if (connected) for (const accountId of wakes.eventNames()) wakes.emit(accountId);
    },
  );

  return {
    newest: async (accountId) => {
      const { rows } = await pool.query<{ event_number: string }>({
        name: "newest-event",
        text: "select event_number::text from account where id = $1",
        values: [accountId],
      });
      return BigInt(rows[0]?.event_number ?? 0);
    },

    check: (accountId, after) => refuseExpired(pool, accountId, after),

    async *follow({ signal, ...following }) {
      let { after } = following;
      while (!signal.aborted) {
        // Listening starts before reading: what commits in between wakes us instead of being missed.
        const sleeping = new AbortController();
        const woken = once(wakes, following.accountId, { signal: AbortSignal.any([signal, sleeping.signal]) }).catch(
          () => undefined,
        );
        try {
          const { events, newest } = await readEvents(pool, { ...following, after }).catch(() => nothing);
          for (const event of events) {
            yield event;
            after = event.number;
          }
          if (events.length > 0) continue;
          // What is of no interest here is not read again at every wake: numbers become visible in order.
          if (newest !== null && newest > after) after = newest;
          const timer = setTimeout(() => sleeping.abort(), listening ? sleepMs.listening : sleepMs.deaf);
          await woken;
          clearTimeout(timer);
        } finally {
          sleeping.abort();
        }
      }
    },

    close: () => listener.close(),
  };
};

const refuseExpired = async (pool: Pool, accountId: string, after: bigint): Promise<void> => {
  const { rows } = await pool.query<{ first: string | null; newest: string }>({
    name: "event-range",
    text: `
      select (select min(number)::text from event where account_id = $1) as first, event_number::text as newest
      from account where id = $1`,
    values: [accountId],
  });
  const newest = BigInt(rows[0]?.newest ?? 0);
  const first = rows[0]?.first == null ? newest + 1n : BigInt(rows[0].first);
  if (after > newest) {
    const message = { en: "This cursor is not one of this account.", ru: "Этот курсор не принадлежит аккаунту." };
    throw new GatewayError("BAD_INPUT", { message });
  }
  if (after + 1n < first) throw new GatewayError("CURSOR_EXPIRED");
};

/** Events, and the number of the account's newest one at the same moment; null: there is no such account. */
type Read = { readonly events: readonly StoredEvent[]; readonly newest: bigint | null };
const nothing: Read = { events: [], newest: null };

const readEvents = async (
  pool: Pool,
  { accountId, kind, subjectId, integrationId, after }: Omit<Following, "signal">,
): Promise<Read> => {
  const { rows } = await pool.query<{
    newest: string;
    number: string | null;
    kind: EventKind;
    subject_id: string | null;
    payload: Json;
    created_at: Date;
  }>({
    name: "read-events",
    text: `
      select account.event_number::text as newest, found.number::text, kind, subject_id, payload, found.created_at
      from account left join lateral (
        select number, kind, subject_id, payload, created_at
        from event
        where account_id = $1 and number > $2 and kind = $3
          and ($4::uuid is null or subject_id = $4) and ($5::uuid is null or integration_id = $5)
        order by number
        limit ${batch}
      ) as found on true
      where account.id = $1
      order by found.number`,
    values: [accountId, after.toString(), kind, subjectId ?? null, integrationId ?? null],
  });
  const events = rows.flatMap(({ number, kind: of, subject_id, payload, created_at }) =>
    number === null
      ? []
      : [{ number: BigInt(number), kind: of, subjectId: subject_id, payload, createdAt: created_at }],
  );
  return { events, newest: rows[0] === undefined ? null : BigInt(rows[0].newest) };
};

/** Deletes events older than they are kept; gives how many went. Called now and then by one process or many. */
export const forgetOldEvents = async (pool: Pool): Promise<number> => {
  const { rowCount } = await pool.query(`delete from event where created_at < now() - interval '${keptDays} days'`);
  return rowCount ?? 0;
};
