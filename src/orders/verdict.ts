import type { OrderOutcome } from "../contract/index.ts";
import { errorKinds, GatewayError, type ErrorCode } from "../errors.ts";
import type { OrderStatus, WriteStatus } from "../generated/prisma/enums.ts";
import { storable } from "../guests/storable.ts";

/** What became of a write: where its attempt and its order go. */
export type Verdict = {
  readonly attempt: Exclude<WriteStatus, "SENT">;
  /** Of the order, or of its refund. */
  readonly status: OrderStatus;
  readonly errorCode: ErrorCode | null;
  readonly errorMessage: string | null;
  readonly upstreamStatus: number | null;
  readonly upstreamRequestId: string | null;
  readonly vendorId: string | null;
};

/**
 * The codes that a write may end with and that leave no doubt: nothing happened at the vendor. All doubt has a code of its
 * own (OUTCOME_UNKNOWN), and what is not in this table is doubt too: a vendor's 5xx, a time-out, a bug of ours.
 * - `refused`: sending the same again would be refused again, so the attempt is over.
 * - `not sent`: it never reached the vendor, or was turned away unread (429). Nothing is wrong with the order, so it goes
 *   back to PENDING, and the same key sends it again.
 */
const certain: Partial<Record<ErrorCode, "refused" | "not sent">> = {
  BAD_INPUT: "refused",
  REJECTED_BY_SYSTEM: "refused",
  NOT_SUPPORTED: "refused",
  INVALID_CREDENTIALS: "refused",
  NEEDS_RECONNECT: "refused",
  ADDRESS_REFUSED: "refused",
  CONNECTION_FAILED: "not sent",
  RATE_LIMIT_EXCEEDED: "not sent",
  INTEGRATION_NOT_FOUND: "not sent",
  INTEGRATION_DISABLED: "not sent",
};

/** A vendor may answer with a whole page. */
const longestMessage = 1000;

/** What the vendor's answer means. */
export const verdictOfOutcome = ({ state, vendorId }: OrderOutcome): Verdict => ({
  attempt: "APPLIED",
  status: state === "confirmed" ? "CONFIRMED" : "PENDING",
  errorCode: null,
  errorMessage: null,
  upstreamStatus: null,
  upstreamRequestId: null,
  vendorId,
});

/** What a failure means. */
export const verdictOfError = (thrown: unknown): Verdict => {
  const error = thrown instanceof GatewayError ? thrown : new GatewayError("OUTCOME_UNKNOWN", { cause: thrown });
  const certainty = certain[error.code];
  const code = certainty === undefined ? "OUTCOME_UNKNOWN" : error.code;
  const { providerMessage, providerStatus, providerRequestId, retryAt } = error.details;
  const words = providerMessage ?? (code === error.code ? error.message : errorKinds[code].message.en);
  const later = certainty === "not sent" && retryAt !== undefined ? ` Try again after ${retryAt.toISOString()}.` : "";
  return {
    attempt: certainty === undefined ? "UNKNOWN" : certainty === "refused" ? "REJECTED" : "PENDING",
    status: certainty === undefined ? "UNKNOWN" : certainty === "refused" ? "REJECTED" : "PENDING",
    errorCode: code,
    errorMessage: storable(words.slice(0, longestMessage)) + later,
    upstreamStatus: providerStatus ?? null,
    upstreamRequestId: providerRequestId === undefined ? null : storable(providerRequestId.slice(0, 255)),
    vendorId: null,
  };
};

/** Whoever sent it did not live to tell. */
export const abandoned: Verdict = {
  ...verdictOfError(new GatewayError("OUTCOME_UNKNOWN")),
  errorMessage: "It was sent, and the process that sent it ended before the answer came.",
};
