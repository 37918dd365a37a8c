import type { RecordSet } from "../sandbox/index.ts";
import type { Clients, ClientsFilter } from "./sandbox-clients.ts";

/** No more than so many bytes of written pages are kept: about 150,000 clients. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The client list as JSON. Written pages are kept until a client changes, because a sync that is measured should wait for
 * the sandbox as little as possible: a page of 1000 takes 4 ms to make, and none to give again.
 */
export const keepPages = (
  clients: Clients,
): { page(filter: ClientsFilter): Buffer; readonly records: RecordSet; reset(): void } => {
  const pages = new Map<string, Buffer>();
  let bytes = 0;
  const forget = (): void => {
    pages.clear();
    bytes = 0;
  };
  return {
    page(filter) {
      const key = JSON.stringify(filter);
      const kept = pages.get(key);
      if (kept !== undefined) return kept;
      const page = Buffer.from(JSON.stringify(clients.list(filter)), "utf8");
      if (bytes + page.length <= mostBytes) {
        pages.set(key, page);
        bytes += page.length;
      }
      return page;
    },
    records: {
      records: () => clients.records(),
      change(id, patch) {
        clients.change(id, patch);
        forget();
      },
      remove(ids) {
        clients.remove(ids);
        forget();
      },
    },
    reset() {
      clients.reset();
      forget();
    },
  };
};
