import type { z } from "zod";
import type { Balance, Coupon, GuestRecord } from "./guest.ts";
import type { OrderOutcome, OrderRequest } from "./order.ts";
import type { Text } from "./text.ts";
import type { ErrorAnswer, Upstream, VendorError } from "./upstream.ts";
import type { Json } from "./values.ts";

export type Category = "POS" | "RESERVATIONS" | "LOYALTY" | "CRM" | "CUSTOM";

/** What a connected system can do; told to clients as `Integration.capabilities`, so that a page hides what cannot work. */
export type Capability =
  "GUESTS" | "BALANCES" | "COUPONS" | "CREATE_ORDER" | "REFUND_ORDER" | "SPEND_POINTS" | "REDEEM_COUPONS";

/** How the set-up form shows one credential. Kept as metadata of its zod schema (`.meta(…)`). */
export type CredentialField = {
  readonly label: Text;
  readonly help: Text;
  /** Never shown again once stored, but as a preview. */
  readonly secret: boolean;
  readonly placeholder?: string;
};

/** Metadata of each credential: every property of a provider's `credentials` has one. */
export type CredentialFields<Credentials> = { readonly [Name in keyof Credentials]-?: CredentialField };

/** One system that can be connected. A value, not a class: see docs/add-a-provider.md. */
export type Provider<Credentials extends Record<string, unknown> = Record<string, unknown>> = {
  /** Stable for ever: it stands in stored rows. Lower case with dashes, "i-bonus". */
  readonly id: string;
  /** A GraphQL name for its input field, "iBonus". */
  readonly graphqlName: string;
  readonly name: string;
  readonly category: Category;
  readonly description: Text;
  readonly documentationUrl: string;
  readonly authentication: "BASIC" | "API_KEY" | "OAUTH2";
  /** Checks what a user typed, and fills in defaults. Texts of its issues are for people. */
  readonly credentials: z.ZodType<Credentials>;
  readonly fields: CredentialFields<Credentials>;
  readonly limits: Limits;
  /** What such a system can do at most; a connected one may do less (`Identity.capabilities`). */
  readonly capabilities: readonly Capability[];
  /** Paths in the vendor's objects that are secret or as good as money ("token"); masked below the operator role. */
  readonly secretPaths: readonly string[];
  /** Milliseconds for which a live answer may be given again. 0: never. */
  readonly maxAgeMs: { readonly balances: number; readonly coupons: number };
  /** Reads the vendor's error body, so that its own words reach whoever must act. */
  readError(answer: ErrorAnswer): VendorError;
  connect(access: Access<Credentials>): Connection;
};

/** How much the vendor bears. Per connected system, over all our processes. */
export type Limits = {
  /** Calls at the same time (each process keeps this by itself). */
  readonly concurrency: number;
  /** Calls a second; an integration may set its own. */
  readonly requestsPerSecond: number;
};

/** What a connection works with. Credentials are asked for at each call, because they can change while it lives. */
export type Access<Credentials> = {
  readonly credentials: () => Promise<Credentials>;
  readonly upstream: Upstream;
};

/** A connected system. A capability is a method that is there; what a system cannot do is absent. */
export type Connection = {
  /** Proves that the credentials work, and says whose they are. */
  whoAmI(options: CallOptions): Promise<Identity>;
  readonly streams: { readonly guests?: Stream<GuestRecord> };
  /** By the vendor's guest ids. */
  readonly balances?: BatchRead<Balance[]>;
  readonly coupons?: BatchRead<Coupon[]>;
  readonly orders?: Orders;
};

export type CallOptions = { readonly signal?: AbortSignal; readonly lane?: "interactive" | "background" };

/** Who the vendor says we are. Another account on reconnect is refused (ACCOUNT_MISMATCH). */
export type Identity = {
  /** The vendor's id of the account behind the credentials; null when it tells none. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly version: string | null;
  readonly scopes: readonly string[];
  readonly capabilities: readonly Capability[];
};

/** Reads several things in as few calls as the vendor allows. What it does not know is left out of the map. */
export type BatchRead<Value> = {
  readonly batch: { readonly by: "ids" | "filter" | "none"; readonly max: number };
  read(ids: readonly string[], options: CallOptions): Promise<Map<string, Value>>;
};

/** A list of the vendor that is synced, page by page. State is kept per stream. */
export type Stream<Item> = {
  readonly mode: "full" | "incremental";
  readonly pageSize: number;
  /** Whether the vendor's paging has a stable order, so that one complete reading has seen everything. */
  readonly stableOrder: boolean;
  /**
   * Reads the page at `cursor` (null: the first). `next` null: there is none after it. Cursors are plain JSON, because
   * they are stored as checkpoints.
   */
  readPage(cursor: Json, options: CallOptions & { readonly pageSize: number }): Promise<Page>;
  /** The vendor's id of a raw record. Throws when it has none. */
  externalId(raw: unknown): string;
  /** Parses a raw record at the door and gives it in our words. Throws (zod or MappingError) when it cannot. */
  map(raw: unknown): Item;
};

export type Page = {
  readonly records: readonly unknown[];
  readonly next: Json;
  /** How many records the whole list has, where the vendor tells. */
  readonly total?: number;
};

export type Orders = {
  /** Whether the vendor honours a key of ours, so that a doubtful write may be sent again. */
  readonly honoursOurKey: boolean;
  /** Problems with the order that the vendor would refuse, found before anything is sent. Empty: none. */
  check(order: OrderRequest): OrderProblem[];
  create(order: OrderRequest, options: CallOptions): Promise<OrderOutcome>;
  refund?(order: OrderRequest, options: CallOptions): Promise<OrderOutcome>;
};

/** `path` into the order, as in the mutation's input: ["lines", "0", "unit"]. */
export type OrderProblem = { readonly path: readonly string[]; readonly message: Text };

/** Gives back the definition as it is, with its types inferred: the list of providers needs no annotations. */
export const defineProvider = <Credentials extends Record<string, unknown>>(
  provider: Provider<Credentials>,
): Provider<Credentials> => provider;
