import { errorKinds, type GatewayError } from "../errors.ts";

/** Tries in a row without a page written after which a run fails. */
export const mostTries = 6;

/** Waits of 2, 4, 8 … seconds, up to 5 minutes, unless the vendor says when. */
const firstMs = 2_000;
const longestMs = 300_000;

/**
 * Until when a run waits after an error that may pass.
 * @param tries in a row without a page, this one included.
 * @param random from 0 to 1: spreads runs that failed together, over the second half of the wait.
 */
export const waitUntil = (error: GatewayError, tries: number, now: Date, random: number): Date => {
  const { retryAt } = error.details;
  if (retryAt !== undefined && retryAt > now) return retryAt;
  const wait = Math.min(firstMs * 2 ** Math.max(tries - 1, 0), longestMs);
  return new Date(now.getTime() + wait * (0.5 + random / 2));
};

/** Codes that an integration in ERROR may have and still be tried at its interval: they can pass by themselves. */
export const passingCodes: string[] = Object.entries(errorKinds).flatMap(([code, { retry }]) => (retry ? [code] : []));
