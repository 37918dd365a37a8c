import { createClient as createSocketClient } from "graphql-ws";

/** Asks a gateway as any client would: over HTTP and WebSocket, with an API key. */
export type Client = {
  /** @throws Error with the first GraphQL error's message. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  watch<Data>(query: string, variables?: Record<string, unknown>): AsyncGenerator<Data, void>;
  close(): Promise<void>;
};

type Answer<Data> = { data?: Data | null; errors?: readonly { message: string }[] };

const dataOf = <Data>({ data, errors }: Answer<Data>): Data => {
  if (errors?.[0] !== undefined) throw new Error(errors[0].message);
  if (data == null) throw new Error("The answer holds no data.");
  return data;
};

export const createClient = (url: string, apiKey: string): Client => {
  const sockets = createSocketClient({ url: url.replace(/^http/, "ws"), connectionParams: { apiKey }, lazy: true });
  return {
    async ask<Data>(query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ query, variables }),
      });
      return dataOf((await response.json()) as Answer<Data>);
    },
    async *watch<Data>(query: string, variables: Record<string, unknown> = {}) {
      for await (const answer of sockets.iterate<Data>({ query, variables })) yield dataOf(answer as Answer<Data>);
    },
    async close() {
      await sockets.dispose();
    },
  };
};
