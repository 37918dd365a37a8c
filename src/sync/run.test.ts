import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, Page } from "../contract/index.ts";
import { runStream, type Batch, type Verdict } from "./run.ts";

type Setting = {
  pages?: readonly (readonly number[])[];
  from?: Json;
  pagesAhead?: number;
  recordsPerWrite?: number;
  read?: (cursor: number) => Promise<void>;
  write?: (batch: Batch<number>) => Promise<Verdict> | Verdict;
  signal?: AbortSignal;
};

const run = async ({ pages = [[1, 2], [3], [4, 5]], from = null, read, write, ...setting }: Setting) => {
  const batches: Batch<number>[] = [];
  const ended = await runStream<number>({
    from,
    pagesAhead: 2,
    recordsPerWrite: 100,
    signal: new AbortController().signal,
    read: async (cursor): Promise<Page> => {
      const at = typeof cursor === "number" ? cursor : 0;
      await read?.(at);
      return { records: pages[at] ?? [], next: at + 1 < pages.length ? at + 1 : null, total: 5 };
    },
    map: (raw) =>
      typeof raw === "number" && raw > 0
        ? { item: raw }
        : { failure: { externalId: String(raw), reason: "It is not positive.", raw } },
    write: async (batch) => {
      const verdict = (await write?.(batch)) ?? "go on";
      batches.push(batch);
      return verdict;
    },
    ...setting,
  });
  return { ended, batches };
};

describe("the run of a stream", () => {
  it("writes whole pages in order, each once, with the checkpoint behind the last of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -2, max: 9 }), { maxLength: 5 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        async (pages, pagesAhead, recordsPerWrite) => {
          const { ended, batches } = await run({ pages, pagesAhead, recordsPerWrite });
          expect(ended).toBe(true);
          expect(batches.flatMap(({ items }) => items)).toEqual(pages.flat().filter((value) => value > 0));
          expect(batches.flatMap(({ failures }) => failures).length).toBe(
            pages.flat().filter((value) => value <= 0).length,
          );
          let done = 0;
          for (const batch of batches) {
            expect(batch.read).toBe(pages.slice(done, done + batch.pages).flat().length);
            if (batch.pages > 1) expect(batch.read).toBeLessThanOrEqual(recordsPerWrite);
            done += batch.pages;
            expect(batch.next).toBe(done === pages.length ? null : done);
          }
          expect(done).toBe(pages.length);
        },
      ),
    );
  });

  it("goes on from a checkpoint", async () => {
    const { batches } = await run({ from: 1 });
    expect(batches.flatMap(({ items }) => items)).toEqual([3, 4, 5]);
  });

  it("holds no more pages than it may", async () => {
    let [read, written, most] = [0, 0, 0];
    const pages = Array.from({ length: 30 }, (_, index) => [index + 1]);
    await run({
      pages,
      pagesAhead: 3,
      recordsPerWrite: 2,
      read: async () => {
        read += 1;
        most = Math.max(most, read - written);
      },
      write: async (batch): Promise<Verdict> => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        written += batch.pages;
        return "go on";
      },
    });
    // Three ahead, two being written, and the one that is on its way.
    expect(most).toBeLessThanOrEqual(6);
    expect(most).toBeGreaterThan(2);
  });

  it("writes what came before a page that cannot be read, then tells", async () => {
    const written: number[] = [];
    const failing = run({
      read: (at) => (at === 2 ? Promise.reject(new Error("no third page")) : Promise.resolve()),
      write: (batch) => {
        written.push(...batch.items);
        return "go on";
      },
    });
    await expect(failing).rejects.toThrow("no third page");
    expect(written).toEqual([1, 2, 3]);
  });

  it("reads no further when writing failed or says stop", async () => {
    const pages = Array.from({ length: 50 }, (_, index) => [index + 1]);
    let read = 0;
    const counting = async (): Promise<void> => void (read += 1);
    await expect(
      run({ pages, recordsPerWrite: 1, read: counting, write: () => Promise.reject(new Error("full")) }),
    ).rejects.toThrow("full");
    expect(read).toBeLessThan(10);
    const { ended, batches } = await run({ pages, recordsPerWrite: 1, read: counting, write: () => "stop" as const });
    expect([ended, batches.length]).toEqual([false, 1]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(read).toBeLessThan(20);
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    const running = run({
      signal: stop.signal,
      read: () => new Promise((resolve) => setTimeout(resolve, 1)),
      write: (): Verdict => {
        stop.abort(new Error("enough"));
        return "go on";
      },
      pages: Array.from({ length: 50 }, () => [1]),
    });
    await expect(running).rejects.toThrow("enough");
  });

  it("does not read one page for ever", async () => {
    const reading = runStream({
      from: null,
      pagesAhead: 2,
      recordsPerWrite: 1,
      signal: new AbortController().signal,
      read: () => Promise.resolve({ records: [1], next: "the same" }),
      map: (raw) => ({ item: raw }),
      write: () => Promise.resolve("go on"),
    });
    await expect(reading).rejects.toMatchObject({ code: "EXTERNAL_SERVICE_ERROR" });
  });
});
