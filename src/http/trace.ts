import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";

/** "00-<trace id>-" and "-<flags>": what all calls of one trace have in common. */
type Trace = { readonly before: string; readonly after: string };

const traces = new AsyncLocalStorage<Trace>();

/** Version, trace id, parent's span id, flags: https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparentForm = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

const readTrace = (traceparent: string | undefined): Trace => {
  const [, version, traceId = "", spanId = "", flags = "", rest] = traceparentForm.exec(traceparent ?? "") ?? [];
  const isValid =
    version !== undefined &&
    version !== "ff" &&
    (version !== "00" || rest === undefined) &&
    /[^0]/.test(traceId) &&
    /[^0]/.test(spanId);
  // A caller without a trace, or with a broken one, starts a new one: its calls can still be found together.
  return isValid
    ? { before: `00-${traceId}-`, after: `-${flags}` }
    : { before: `00-${randomBytes(16).toString("hex")}-`, after: "-00" };
};

/** Runs something within the trace of whoever asked for it: its upstream calls carry the same trace id. */
export const runInTrace = <Result>(traceparent: string | undefined, run: () => Result): Result =>
  traces.run(readTrace(traceparent), run);

/** Eight hex digits. Span ids must differ, not be secret; `randomBytes` would cost ten times as much. */
const random32 = (): string => ((Math.random() * 0x1_0000_0000) >>> 0).toString(16).padStart(8, "0");

/** The `traceparent` for one outgoing call, with a span id of its own; undefined outside of any trace. */
export const currentTraceparent = (): string | undefined => {
  const trace = traces.getStore();
  return trace === undefined ? undefined : `${trace.before}${random32()}${random32()}${trace.after}`;
};
