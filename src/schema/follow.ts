import type { Json } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";
import type { EventKind } from "../events/log.ts";
import type { Context } from "./context.ts";
import { asGraphQLError } from "./errors.ts";

/** A state, and the number of the last event that it includes. */
export type Told<State> = { readonly cursor: bigint; readonly state: State };

/** Cursors of the event log, as clients hold them. */
export const cursorOf = (number: bigint): string => Buffer.from(`event:${number}`).toString("base64url");

const numberOf = (cursor: string): bigint => {
  const found = /^event:(\d{1,18})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  if (found !== undefined) return BigInt(found);
  const message = {
    en: `"${cursor}" is not a cursor of this subscription.`,
    ru: `«${cursor}» — не курсор этой подписки.`,
  };
  throw new GatewayError("BAD_INPUT", { message });
};

type Telling<State> = {
  readonly kind: EventKind;
  readonly subjectId?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly after: string | null;
  readonly present: () => Promise<readonly State[]>;
  readonly changed: (payload: Json) => State;
};

/**
 * What a subscription tells: without a cursor the present states first, then every change; with one, every change since.
 * The newest event's number is read before the states, so nothing falls between; a change that the states show already is
 * told once more, as the same state.
 * @throws GraphQLError before anything is told, so that a client gets it as the answer: a wrong or expired cursor, say.
 */
export const stateThenChanges = async <State>(
  { services: { events }, caller: { accountId }, language }: Context,
  { kind, subjectId, integrationId, after, present, changed }: Telling<State>,
): Promise<AsyncGenerator<Told<State>, void>> => {
  try {
    const number = after === null ? await events.newest(accountId) : numberOf(after);
    if (after !== null) await events.check(accountId, number);
    const states = after === null ? await present() : [];
    return endingAtOnce(async function* (signal) {
      for (const state of states) yield { cursor: number, state };
      const following = { accountId, kind, subjectId, integrationId, after: number, signal };
      for await (const event of events.follow(following)) yield { cursor: event.number, state: changed(event.payload) };
    });
  } catch (error) {
    throw asGraphQLError(error, language);
  }
};

/** A generator that sleeps between events hears `return` only when it wakes: this one is woken by it. */
const endingAtOnce = <Item>(run: (signal: AbortSignal) => AsyncGenerator<Item, void>): AsyncGenerator<Item, void> => {
  const ending = new AbortController();
  const items = run(ending.signal);
  const end = items.return.bind(items);
  return Object.assign(items, {
    return: (value: void | PromiseLike<void>) => {
      ending.abort();
      return end(value);
    },
  });
};
