import type { IncomingHttpHeaders } from "node:http";
import { ZodError } from "zod";
import type { ErrorAnswer, Text, UpstreamRequest, VendorError } from "../contract/index.ts";
import { GatewayError, type ErrorCode, type ErrorDetails } from "../errors.ts";
import { readJson, looksLikeHtml, textOf } from "./body.ts";
import type { Answer, Failure } from "./exchange.ts";
import { readRetryAfter } from "./retry.ts";
import { withoutSecrets } from "./secrets.ts";
import { texts } from "./texts.ts";

/** Of a request, what its failures are told from. */
export type Asked = Pick<UpstreamRequest<unknown>, "effect" | "json"> & {
  readonly headers: UpstreamRequest<unknown>["headers"] | undefined;
  readonly query: UpstreamRequest<unknown>["query"] | undefined;
  /** "lk.example.com" */
  readonly host: string;
  readonly readError: (answer: ErrorAnswer) => VendorError;
};

/** A failed try. `again`: another try may succeed and cannot do harm. `retryAfter`: what the system asks for. */
export type Failed = { readonly error: GatewayError; readonly again: boolean; readonly retryAfter?: Date | undefined };

/** How long to wait when a system says "too many requests" and not how long (ms). */
const defaultWaitMs = 30_000;

/** A vendor may answer with a whole page. */
const longestMessage = 1000;

/** undici refuses to send what HTTP cannot carry; its words name the header, never its value. */
const unsendable = "UND_ERR_INVALID_ARG";

/** What to make of a try that got no whole answer. */
export const failureWithoutAnswer = (asked: Asked, { failed, error }: Failure): Failed => {
  const { host, effect } = asked;
  // The address guard's refusal: it arrives through the socket.
  if (error instanceof GatewayError) return { error, again: false };
  if (failed === "unsent" && error.code === unsendable)
    return {
      error: new GatewayError("INVALID_CREDENTIALS", { message: texts.unsendable, cause: error }),
      again: false,
    };
  if (failed === "unsent" && isOurEnd(error)) return { error: stopping(), again: false };
  if (failed === "unsent") {
    const isTls = isTlsError(error);
    const message = isTls ? texts.tls(host) : texts.noConnection(host, error.code);
    return { error: new GatewayError("CONNECTION_FAILED", { message, cause: error }), again: !isTls };
  }
  if (effect === "write") return { error: inDoubt(texts.lost(host), { cause: error }), again: false };
  if (failed === "too big")
    return { error: new GatewayError("EXTERNAL_SERVICE_ERROR", { message: texts.tooBig(host) }), again: false };
  const code = failed === "unanswered" ? "CONNECTION_FAILED" : "EXTERNAL_SERVICE_ERROR";
  const message = failed === "unanswered" ? texts.cut(host) : texts.half(host);
  return { error: new GatewayError(code, { message, cause: error }), again: true };
};

/** undici's words for a pool that we have closed. */
const isOurEnd = ({ code }: NodeJS.ErrnoException): boolean =>
  code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED";

/** Certificates and handshakes: they do not mend themselves within seconds. */
const isTlsError = ({ code = "" }: NodeJS.ErrnoException): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/.test(code);

/** Statuses of a passing trouble. 500 is one too: many vendors answer it under load. */
const passing: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * What to make of an answer whose status is not 2xx.
 *
 * A write: 4xx and 429 are refusals, so nothing happened. 5xx are not (the system may have failed after it acted), nor 408
 * (it may be told by a proxy in between), nor 3xx (the usual answer to a form that was taken).
 *
 * 403 counts as bad credentials, because that is where the remedy lies (another key, more rights for this one); with a web
 * page it is a firewall in front of the system, and the credentials have not been looked at.
 */
export const failureOfStatus = (asked: Asked, answer: Answer): Failed => {
  const { status, headers } = answer;
  const retryAfter = passing.has(status) ? readRetryAfter(headers) : undefined;
  const isPage = looksLikeHtml(answer);
  const { code, message } = meaningOf(asked, answer, isPage);
  const waitUntil = code === "RATE_LIMIT_EXCEEDED" ? new Date(Date.now() + defaultWaitMs) : undefined;
  const details: ErrorDetails = {
    ...(message && { message }),
    ...vendorsWords(asked, answer, isPage),
    providerStatus: status,
    retryAt: retryAfter ?? waitUntil,
  };
  const isDoubtful = asked.effect === "write" && (status < 400 || status >= 500 || status === 408);
  if (isDoubtful)
    return { error: inDoubt(texts.failedWrite(asked.host, status), { ...details, message: undefined }), again: false };
  const error = new GatewayError(code, details);
  return { error, again: asked.effect === "read" && passing.has(status), retryAfter };
};

const meaningOf = (
  { host }: Asked,
  { status, headers }: Answer,
  isPage: boolean,
): { code: ErrorCode; message?: Text } => {
  if (status < 400) return { code: "EXTERNAL_SERVICE_ERROR", message: texts.redirect(host, placeOf(headers)) };
  if (status === 401) return { code: "INVALID_CREDENTIALS" };
  if (status === 403)
    return isPage ? { code: "REJECTED_BY_SYSTEM", message: texts.blocked(host) } : { code: "INVALID_CREDENTIALS" };
  if (status === 408) return { code: "INTEGRATION_TIMEOUT" };
  if (status === 429) return { code: "RATE_LIMIT_EXCEEDED" };
  if (status === 502 || status === 503 || status === 504) return { code: "INTEGRATION_UNAVAILABLE" };
  if (isPage)
    return { code: status >= 500 ? "EXTERNAL_SERVICE_ERROR" : "REJECTED_BY_SYSTEM", message: texts.page(host, status) };
  return { code: status >= 500 ? "EXTERNAL_SERVICE_ERROR" : "REJECTED_BY_SYSTEM" };
};

/** Where a redirect leads: scheme and host only, because the rest may hold a token. */
const placeOf = ({ location }: IncomingHttpHeaders): string | null =>
  location !== undefined && URL.canParse(location) ? new URL(location).origin : null;

/** A page says nothing to a person in the raw: its status has to do. */
const vendorsWords = (asked: Asked, answer: Answer, isPage: boolean): ErrorDetails => {
  const { message, code, requestId } = vendorError(asked, answer);
  const words = [code, message]
    .filter((part) => part !== undefined && part !== "" && !(isPage && /<\w/.test(part)))
    .join(": ");
  const id = requestId ?? [answer.headers["x-request-id"]].flat()[0];
  return {
    ...(words !== "" && { providerMessage: withoutSecrets(words, asked).slice(0, longestMessage) }),
    ...(id !== undefined && { providerRequestId: id.slice(0, 255) }),
  };
};

/** A provider that trips over an error it never saw must not hide it. */
const vendorError = ({ readError }: Asked, { status, headers, body }: Answer): VendorError => {
  try {
    return readError({ status, headers, body: readJson(body) ?? textOf(body) });
  } catch {
    return {};
  }
};

/** What to make of a 2xx answer that is not what it should be; a write may well have happened. */
export const unreadable = ({ host, effect }: Asked, answer: Answer): GatewayError => {
  const message = looksLikeHtml(answer)
    ? texts.page(host, answer.status)
    : answer.body.length === 0
      ? texts.empty(host)
      : texts.notJson(host);
  const details = { providerStatus: answer.status };
  return effect === "write"
    ? inDoubt(message, details)
    : new GatewayError("EXTERNAL_SERVICE_ERROR", { message, ...details });
};

/** What to make of what `parse` threw. A provider that found an error in a 2xx answer says so with a GatewayError. */
export const unexpected = ({ host, effect }: Asked, thrown: unknown): GatewayError => {
  if (thrown instanceof GatewayError) return thrown;
  const [issue] = thrown instanceof ZodError ? thrown.issues : [];
  const message = texts.unexpected(
    host,
    issue === undefined ? null : `${issue.path.map(String).join(".") || "."}: ${issue.message}`,
  );
  return effect === "write"
    ? inDoubt(message, { cause: thrown })
    : new GatewayError("EXTERNAL_SERVICE_ERROR", { message, cause: thrown });
};

const inDoubt = (message: Text, details: ErrorDetails): GatewayError =>
  new GatewayError("OUTCOME_UNKNOWN", { ...details, message });

/** Where a call was when its time was up. */
export type Stage = "slot" | "budget" | "connection" | "answer" | "pause";

/** What to make of a call whose time is up. */
export const timedOut = ({ host, effect }: Pick<Asked, "host" | "effect">, stage: Stage): GatewayError => {
  if (stage === "answer")
    return effect === "write"
      ? inDoubt(texts.lost(host), {})
      : new GatewayError("INTEGRATION_TIMEOUT", { message: texts.silent(host) });
  if (stage === "connection")
    return new GatewayError("CONNECTION_FAILED", { message: texts.noConnection(host, "ETIMEDOUT") });
  return ownLimitReached(new Date(Date.now() + 1000));
};

/** The limit that we keep ourselves, so that the vendor need not. */
export const ownLimitReached = (retryAt: Date): GatewayError =>
  new GatewayError("RATE_LIMIT_EXCEEDED", { message: texts.ownLimit, retryAt });

/** What a write gets that was called off while it was on its way. */
export const abandonedWrite = ({ host }: Pick<Asked, "host">): GatewayError => inDoubt(texts.lost(host), {});

/** What a call gets that comes while this process stops. */
export const stopping = (): GatewayError => new GatewayError("INTEGRATION_UNAVAILABLE", { message: texts.stopping });
