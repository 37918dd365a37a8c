import type { PoolClient } from "pg";
import type { Json } from "../contract/values.ts";

/** What happens in an account, as subscribers are told. A kind's payload is the state after the change. */
export type EventKind = "sync.changed" | "order.changed" | "integration.changed";

export type NewEvent = {
  readonly kind: EventKind;
  readonly integrationId: string | null;
  /** The run, order or integration that changed. */
  readonly subjectId: string;
  readonly payload: Json;
};

/** The channel on which readers are woken; the message is the account's id. */
export const eventChannel = "guestgraph_event";

/**
 * Adds events to the account's log and gives the number of the last one. Must be the LAST statement of the transaction
 * that makes the change: the account's row lock, held from here to the commit, is what keeps the numbers without gaps and
 * visible in order (a plain sequence becomes visible out of order, and a reader's cursor would skip).
 */
export const appendEvents = async (
  client: PoolClient,
  accountId: string,
  events: readonly NewEvent[],
): Promise<bigint> => {
  const { rows } = await client.query<{ number: string }>({
    name: "append-events",
    text: `
      with counted as (
        update account set event_number = event_number + $2 where id = $1 returning event_number
      ), added as (
        insert into event (account_id, number, kind, integration_id, subject_id, payload)
        select $1, counted.event_number - $2 + item.position, item.value->>'kind',
               (item.value->>'integrationId')::uuid, (item.value->>'subjectId')::uuid, item.value->'payload'
        from counted, jsonb_array_elements($3::jsonb) with ordinality as item(value, position)
      )
      select event_number::text as number, pg_notify('${eventChannel}', $1::text) from counted`,
    values: [accountId, events.length, JSON.stringify(events)],
  });
  return BigInt(rows[0]?.number ?? 0);
};
