/**
 * The one way in which a provider calls its vendor. Time-outs, retries, the request budget, the address guard and the
 * translation of failures into the error table happen behind it; see `src/http`.
 */
export type Upstream = {
  request<Answer>(request: UpstreamRequest<Answer>): Promise<Answer>;
};

export type UpstreamRequest<Answer> = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** An absolute URL without a query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /**
   * A read may be repeated after a failure, and is shared with others that ask for the same at the same time.
   * A write is sent at most once: again only if it provably never left.
   */
  readonly effect: "read" | "write";
  /** Sync work is `background`, a person or a till that waits is `interactive` (the default). */
  readonly lane?: "interactive" | "background";
  readonly signal?: AbortSignal;
  /** For all tries together, in milliseconds. */
  readonly timeoutMs?: number;
  /** What the body must be. `none`: whatever comes is not looked at. */
  readonly expects: "json" | "none";
  /** Checks the parsed body and gives what the caller wants of it; what it throws becomes
   * EXTERNAL_SERVICE_ERROR, but for a GatewayError, which stays (for vendors that tell an error in a 200). The body is shared
   * with others that asked for the same: it must not be changed. */
  readonly parse: (body: unknown) => Answer;
};

/** What a vendor's error answer says, in its own words. */
export type VendorError = {
  readonly message?: string | undefined;
  /** The vendor's machine-readable code. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
};

/** An answer that is not 2xx, as a provider sees it in `readError`. */
export type ErrorAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON, or the text when it is none. */
  readonly body: unknown;
};
