import DataLoader from "dataloader";
import type { Live, LiveKind, LiveKinds } from "./live.ts";

/** One request's loaders for live reads: one per integration and kind, so a system that is down fails alone. */
export type Sources = {
  load<Kind extends LiveKind>(kind: Kind, integrationId: string, externalId: string): Promise<LiveKinds[Kind] | null>;
};

/** Born with the request (or the subscription event), never shared between two. */
export const createSources = (live: Live, accountId: string): Sources => {
  const loaders = new Map<string, DataLoader<string, LiveKinds[LiveKind] | null>>();
  return {
    load<Kind extends LiveKind>(kind: Kind, integrationId: string, externalId: string) {
      const name = `${kind}/${integrationId}`;
      let loader = loaders.get(name);
      if (loader === undefined) {
        loader = new DataLoader((ids) => live.read(kind, accountId, integrationId, ids));
        loaders.set(name, loader);
      }
      return loader.load(externalId) as Promise<LiveKinds[Kind] | null>;
    },
  };
};
