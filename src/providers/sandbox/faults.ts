import { z } from "zod";
import { Random } from "./random.ts";

const where = {
  /** A route as `requests()` names it, "*" for anything: "GET *". Left out: every route. */
  route: z.string().optional(),
  /** For so many requests; left out: until the faults are set anew. */
  times: z.int().positive().optional(),
};

const faultSchema = z.discriminatedUnion("kind", [
  /** Answers late by `ms` and up to `jitterMs` more. */
  z.strictObject({
    ...where,
    kind: z.literal("latency"),
    ms: z.number().nonnegative(),
    jitterMs: z.number().nonnegative().optional(),
  }),
  /** Never answers. */
  z.strictObject({ ...where, kind: z.literal("hang") }),
  /** Answers with an error in the vendor's form; with `Retry-After` when it is told how many seconds. Nothing is done. */
  z.strictObject({
    ...where,
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  /** Answers with a web page, as a proxy or a captive portal does. Nothing is done. */
  z.strictObject({ ...where, kind: z.literal("html"), status: z.union([z.literal(200), z.literal(502)]).optional() }),
  /** Does what was asked, promises more bytes than it sends, and cuts the connection. */
  z.strictObject({ ...where, kind: z.literal("half") }),
  /** Cuts the connection before doing what was asked, or after: then it HAPPENED, and only the answer is lost. */
  z.strictObject({ ...where, kind: z.literal("reset"), when: z.enum(["before", "after"]) }),
  /** Gives the first page of a list, whatever page was asked for. */
  z.strictObject({ ...where, kind: z.literal("repeat") }),
  /** Refuses the credentials, as if they had just been changed. */
  z.strictObject({ ...where, kind: z.literal("credentials") }),
]);

/** Something that goes wrong. */
export type Fault = z.infer<typeof faultSchema>;
export const faultsSchema = z.array(faultSchema);

/** What goes wrong with one request: how late it is, and the first of the other faults that are set for its route. */
export type Mishap = { readonly delayMs: number; readonly fault: Exclude<Fault, { kind: "latency" }> | null };

const latencyDraw = 3;
const nothing: Mishap = { delayMs: 0, fault: null };

export type Faults = { set(faults: readonly Fault[]): void; take(route: string): Mishap };

export const createFaults = (seed: number): Faults => {
  let active: { readonly fault: Fault; readonly matches: (route: string) => boolean; left: number }[] = [];
  const random = new Random(seed, 0, latencyDraw);
  return {
    set(faults) {
      active = faults.map((fault) => ({
        fault,
        matches: matcherOf(fault.route),
        left: fault.times ?? Number.POSITIVE_INFINITY,
      }));
    },
    take(route) {
      if (active.length === 0) return nothing;
      let delayMs = 0;
      let chosen: Mishap["fault"] = null;
      for (const entry of active) {
        const { fault, matches } = entry;
        if (!matches(route) || (fault.kind !== "latency" && chosen !== null)) continue;
        entry.left -= 1;
        if (fault.kind === "latency") delayMs += fault.ms + random.next() * (fault.jitterMs ?? 0);
        else chosen = fault;
      }
      active = active.filter(({ left }) => left > 0);
      return { delayMs, fault: chosen };
    },
  };
};

const matcherOf = (pattern: string | undefined): ((route: string) => boolean) => {
  if (pattern === undefined) return () => true;
  const parts = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`);
  return (route) => expression.test(route);
};
