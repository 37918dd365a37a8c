import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type DocumentNode, type ExecutionArgs, type GraphQLSchema } from "graphql";
import type { ConnectionInitMessage } from "graphql-ws";
import { useServer, type Extra } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { Caller } from "../accounts/keys.ts";
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
type SocketExtra = Extra & Partial<Record<PropertyKey, unknown>> & { caller?: Caller };

/** How long a client may take to say who it is (ms), and how often a silent one is asked whether it still lives. */
const patience = { initMs: 5000, keepAliveMs: 12_000 };

/**
 * Serves graphql-transport-ws on the gateway's own path. The key comes in `connectionParams`; a wrong one closes the socket
 * with 4403. Every operation passes the same plugins as over HTTP.
 * @returns a function that closes all sockets (1001) and lets their subscriptions end.
 */
export const serveWebSockets = (server: Server, gateway: Gateway, readKey: ReadKey): (() => Promise<void>) => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== gateway.graphqlEndpoint) {
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
        const caller = key === null ? null : await readKey(key);
        if (caller === null) return false;
        extra.caller = caller;
        return true;
      },
      onSubscribe: async ({ extra }, _id, params) => {
        const phases = gateway.getEnveloped({
          request: new Request(new URL(extra.request.url ?? "/", "http://localhost")),
          params,
          caller: extra.caller,
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
    await disposable.dispose();
  };
};
