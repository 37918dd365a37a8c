import type { IncomingHttpHeaders } from "node:http";

/** After so many failures in a row a read gives up; with the pauses below that is within two seconds. */
const mostTries = 4;
/** Upper bounds of the pauses (ms): 200, 400, 800. */
const firstPauseMs = 200;

/**
 * How long to wait before the next try in ms; null: give up.
 *
 * Full jitter (a random share of a doubling pause), so that all who failed at once do not come back at once. Why it is our
 * own: p-retry knows neither full jitter nor Retry-After, and undici's retry handler has no jitter, goes on past any deadline
 * and continues half-sent bodies by `Range`.
 * @param tries how many there were.
 * @param retryAfter what the system asks for; then it is this or nothing.
 * @param deadline epoch ms.
 */
export const pauseBeforeRetry = (
  tries: number,
  retryAfter: Date | undefined,
  deadline: number,
  pauseMs: number = firstPauseMs,
): number | null => {
  if (tries >= mostTries) return null;
  const now = Date.now();
  const pause =
    retryAfter === undefined ? Math.random() * pauseMs * 2 ** (tries - 1) : Math.max(0, retryAfter.getTime() - now);
  return now + pause < deadline ? pause : null;
};

/** Reads `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3). Anything else counts as not there. */
export const readRetryAfter = (headers: IncomingHttpHeaders): Date | undefined => {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return new Date(Date.now() + Number(value) * 1000);
  // An HTTP date begins with its weekday. JavaScript would read "-1" and "1.5" as dates too.
  const date = /^[A-Z][a-z]+, ?\d/.test(value) ? new Date(value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
};
