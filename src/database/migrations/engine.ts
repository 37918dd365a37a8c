import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { connectionsTo } from "./connections.ts";

/** What we use of WebAssembly. TypeScript declares it with the browser's types only, which have no place in a server. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/** What is one for the whole process: vitest evaluates this file once for each of its projects. */
const shared: {
  schemaEngine?: Promise<typeof SchemaEngine>;
  /** Where the engine leaves the words of a panic before it fails with a bare "unreachable". */
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
} = globalThis as object;
shared.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => console.error(`Prisma's schema engine: ${message}`),
};

/**
 * By hand, because `import` of a .wasm file still prints a warning that it is experimental. Once only: the bindings hold one
 * instance, and clean up after an earlier one in the memory of a later one.
 */
const instantiate = async (): Promise<typeof SchemaEngine> => {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(file.replace(/\.js$/, ".wasm"));
  // The engine limits its wait for a lock by a timer that it never clears: the process would not end for 10 s after its work.
  const setTimer = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout_"));
  const unheldTimer = (run: () => void, delay: number): NodeJS.Timeout => setTimeout(run, delay).unref();
  const imports = { ...bindings, ...Object.fromEntries(setTimer.map((name) => [name, unheldTimer])) };
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": imports });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
};

/**
 * Prisma's schema engine as WebAssembly (4 MB; loaded in 0.1 s), connected to the database: the same engine that
 * Prisma's own `migrate` runs as a binary, which npm does not bring.
 * @param datamodel the text of schema.prisma where the work needs it.
 */
export const withEngine = async <T>(
  url: string,
  datamodel: string | null,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> => {
  const Engine = await (shared.schemaEngine ??= instantiate());
  const { factory, end } = connectionsTo(url);
  const engine = await Engine.new(
    { datamodels: datamodel === null ? undefined : [["schema.prisma", datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await end();
  }
};
