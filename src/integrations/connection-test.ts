import { performance } from "node:perf_hooks";
import type { Connection, Identity, Stream, Text } from "../contract/index.ts";
import { asGatewayError, type GatewayError } from "../errors.ts";

/** One thing that a connection test tried. Durations in milliseconds. */
export type TestStep = {
  readonly name: Text;
  readonly durationMs: number;
  readonly error: GatewayError | null;
};

/** What a connection test found. `identity` is null when signing in failed. */
export type TestReport = {
  readonly steps: readonly TestStep[];
  readonly durationMs: number;
  readonly identity: Identity | null;
  /** Of the first step that failed. */
  readonly error: GatewayError | null;
};

const streamNames: Record<string, Text> = { guests: { en: "Read one guest", ru: "Чтение одного гостя" } };

/** Signs in, and reads one record of each stream. Stops at the first step that fails. */
export const testConnection = async (connection: Connection, signal?: AbortSignal): Promise<TestReport> => {
  const started = performance.now();
  const steps: TestStep[] = [];
  const attempt = async <Result>(name: Text, run: () => Promise<Result>): Promise<Result | null> => {
    const stepStarted = performance.now();
    try {
      const result = await run();
      steps.push({ name, durationMs: Math.round(performance.now() - stepStarted), error: null });
      return result;
    } catch (thrown) {
      steps.push({ name, durationMs: Math.round(performance.now() - stepStarted), error: asGatewayError(thrown) });
      return null;
    }
  };
  const failed = () => steps.find((step) => step.error !== null)?.error ?? null;
  const options = signal === undefined ? {} : { signal };

  const identity = await attempt({ en: "Sign in", ru: "Вход" }, () => connection.whoAmI(options));
  for (const [name, stream] of Object.entries(connection.streams) as [string, Stream<unknown>][]) {
    if (failed() !== null) break;
    const text = streamNames[name] ?? { en: `Read one record of ${name}`, ru: `Чтение одной записи: ${name}` };
    await attempt(text, async () => {
      const { records } = await stream.readPage(null, { ...options, pageSize: 1 });
      if (records[0] !== undefined) stream.externalId(records[0]);
    });
  }
  return { steps, durationMs: Math.round(performance.now() - started), identity, error: failed() };
};
