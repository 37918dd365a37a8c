import type { Json, Page } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";

/** A page that was read, with where the next one starts. */
export type ReadPage<Mapped> = { readonly mapped: Mapped; readonly size: number; readonly next: Json };

/**
 * Reads pages ahead of whoever writes them, at most `limit` of them in memory.
 * `take` waits for the next page and gives all that are there, in order, up to `mostRecords` (one page at least); null: there are
 * no more. It throws what reading threw, after every page that came before.
 */
export const readAhead = <Mapped>({
  from,
  limit,
  read,
  map,
  signal,
}: {
  from: Json;
  limit: number;
  read: (cursor: Json) => Promise<Page>;
  map: (page: Page) => Promise<Mapped>;
  signal: AbortSignal;
}): { take: (mostRecords: number) => Promise<ReadPage<Mapped>[] | null> } => {
  const pages: ReadPage<Mapped>[] = [];
  let ended: { error: unknown } | "all read" | null = null;
  let changed = Promise.withResolvers<void>();
  const tell = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };

  const readAll = async (): Promise<void> => {
    let cursor = from;
    do {
      while (pages.length >= limit) await changed.promise;
      signal.throwIfAborted();
      const page = await read(cursor);
      if (page.next !== null && sameCursor(page.next, cursor)) throw repeatedPage();
      pages.push({ mapped: await map(page), size: page.records.length, next: page.next });
      cursor = page.next;
      tell();
    } while (cursor !== null);
  };
  signal.addEventListener("abort", tell, { once: true });
  readAll()
    .then(() => (ended = "all read"))
    .catch((error: unknown) => (ended = { error }))
    .finally(tell);

  const take = async (mostRecords: number): Promise<ReadPage<Mapped>[] | null> => {
    while (pages.length === 0) {
      if (ended === "all read") return null;
      if (ended !== null) throw ended.error;
      await changed.promise;
    }
    let records = 0;
    const fitting = pages.findIndex((page, index) => (records += page.size) > mostRecords && index > 0);
    const taken = pages.splice(0, fitting === -1 ? pages.length : fitting);
    tell();
    return taken;
  };
  return { take };
};

const sameCursor = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Such a list would be read for ever. */
const repeatedPage = (): GatewayError =>
  new GatewayError("EXTERNAL_SERVICE_ERROR", {
    message: {
      en: "The system gives the same page again and again.",
      ru: "Система снова и снова отдаёт одну и ту же страницу.",
    },
  });
