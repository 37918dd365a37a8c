import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type DocumentNode, type ExecutionArgs, type GraphQLSchema } from "graphql";
import { CloseCode, type ConnectionInitMessage } from "graphql-ws";
import { useServer, type Extra } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { keyInParams, type ReadKey } from "./authentication.ts";
import type { Gateway } from "./gateway.ts";

/** The gateway's own phases, with every plugin in them; Yoga types them loosely. */
type Enveloped = {
  readonly schema: GraphQLSchema;
  readonly parse: (source: string) => DocumentNode;
  readonly validate: (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[];
  readonly contextFactory: () => unknown;
  readonly execute: (args: ExecutionArgs) => unknown;
  readonly subscribe: (args: ExecutionArgs) => unknown;
};
type Phases = Pick<Enveloped, "execute" | "subscribe">;
type SocketExtra = Extra & Partial<Record<PropertyKey, unknown>> & { key?: string };

/**
 * How long a client may take to say who it is (ms), how often a silent one is asked whether it still lives, and how long one
 * may take to say goodbye when we stop (`ws` itself would wait for 30 seconds).
 */
const patience = { initMs: 5000, keepAliveMs: 12_000, goodbyeMs: 2000 };

/** The path without what follows it. Not by `new URL`: it throws on "//", and here that would end the process. */
const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";

/**
 * Serves graphql-transport-ws on the gateway's own path. The key comes in `connectionParams`; a wrong one closes the socket
 * with 4403, and so does one that was revoked since, at the next operation. Every operation passes the same plugins as over HTTP.
 * @returns a function that closes all sockets (1001) and lets their subscriptions end.
 */
export const serveWebSockets = (server: Server, gateway: Gateway, readKey: ReadKey): (() => Promise<void>) => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (pathOf(request) !== gateway.graphqlEndpoint) {
      // Node no longer listens for errors on a socket that it gave away: a client that has gone must not end the process.
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
  };
  server.on("upgrade", upgrade);

  const disposable = useServer<ConnectionInitMessage["payload"], SocketExtra>(
    {
      connectionInitWaitTimeout: patience.initMs,
      execute: (args) => (args.rootValue as Phases).execute(args) as never,
      subscribe: (args) => (args.rootValue as Phases).subscribe(args) as never,
      onConnect: async ({ connectionParams, extra }) => {
        const key = keyInParams(connectionParams);
        if (key === null || (await readKey(key)) === null) return false;
        extra.key = key;
        return true;
      },
      onSubscribe: async ({ extra }, _id, params) => {
        const caller = extra.key === undefined ? null : await readKey(extra.key);
        if (caller === null) {
          extra.socket.close(CloseCode.Forbidden, "Forbidden");
          return [new GraphQLError("This API key is revoked or expired.", { extensions: { code: "UNAUTHENTICATED" } })];
        }
        const phases = gateway.getEnveloped({
          request: new Request(new URL(pathOf(extra.request), "http://localhost")),
          params,
          caller,
          language: extra.request.headers["accept-language"],
        }) as Enveloped;
        const { schema, execute, subscribe } = phases;
        try {
          const document = phases.parse(params.query);
          const errors = phases.validate(schema, document);
          if (errors.length > 0) return errors;
          return {
            schema,
            document,
            operationName: params.operationName,
            variableValues: params.variables,
            contextValue: await phases.contextFactory(),
            rootValue: { execute, subscribe } satisfies Phases,
          } as ExecutionArgs;
        } catch (error) {
          // A document that does not parse ends its operation, not the socket with everything else on it.
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
    },
    sockets,
    patience.keepAliveMs,
  );

  return async () => {
    server.off("upgrade", upgrade);
    const impatient = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, patience.goodbyeMs);
    await disposable.dispose();
    clearTimeout(impatient);
  };
};
