import { randomUUID } from "node:crypto";
import { useExtendContextValuePerExecuteSubscriptionEvent } from "@envelop/execute-subscription-event";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { ExecutionResult, GraphQLSchema } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { Caller } from "../accounts/keys.ts";
import { createLoaders, type Context, type Services } from "../schema/context.ts";
import { keyInHeaders, languageOf, type ReadKey } from "./authentication.ts";
import { graphiqlOptions } from "./graphiql.ts";
import { logHidden, masker } from "./masking.ts";

/** What the transport knows of a request before GraphQL begins. A WebSocket gives its caller, found once at its start. */
export type ServerContext = { readonly caller?: Caller; readonly language?: string };

export type GatewayOptions = {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly readKey: ReadKey;
  readonly log: Logger;
  /** Fills GraphiQL's headers in; only the demo has one. */
  readonly shownKey?: string | undefined;
};

export type Gateway = ReturnType<typeof createGateway>;

const endpoint = "/graphql";

/** The GraphQL server, built and not listening: `fetch` answers in process, and it is a handler for `node:http`. */
export const createGateway = ({ schema, services, readKey, log, shownKey }: GatewayOptions) => {
  const callers = new WeakMap<Request, Caller>();
  const requestIds = new WeakMap<Request, string>();
  const requestIdOf = (request: Request): string => requestIds.get(request) ?? randomUUID();

  return createYoga<ServerContext, Context>({
    schema,
    graphqlEndpoint: endpoint,
    landingPage: false,
    batching: false,
    graphiql: graphiqlOptions(shownKey),
    renderGraphiQL,
    // Keys travel in a header that no browser sends by itself, so any page may ask; there are no cookies to protect.
    cors: { origin: "*", credentials: false, maxAge: 86_400, exposedHeaders: ["x-request-id", "retry-after"] },
    logging: {
      debug: (...args) => log.debug(args),
      info: (...args) => log.info(args),
      warn: (...args) => log.warn(args),
      // What is hidden from clients is logged with its cause by `masker`; this is the same error once more.
      error: (...args) => log.debug(args),
    },
    maskedErrors: { maskError: masker(log) },
    plugins: [
      authenticate(readKey, callers, requestIds, log),
      useExtendContextValuePerExecuteSubscriptionEvent<Context>(({ args }) => {
        const { caller } = args.contextValue as Context;
        return { contextPartial: createLoaders(services, caller.accountId) };
      }),
      logOperations(),
    ],
    context: ({ request, caller = callers.get(request), language }) => {
      if (caller === undefined) throw new Error("A request without a caller reached its context.");
      const requestId = requestIdOf(request);
      return {
        services,
        caller,
        language: languageOf(language ?? request.headers.get("accept-language")),
        requestId,
        log: log.child({ requestId, accountId: caller.accountId }),
        ...createLoaders(services, caller.accountId),
      };
    },
  });
};

const requestIdForm = /^[\w.-]{8,128}$/;

/**
 * Every request needs a key; only GraphiQL's page, which holds no data, is open. Paths are not looked at: the server also takes
 * the endpoint with more slashes.
 */
const authenticate = (
  readKey: ReadKey,
  callers: WeakMap<Request, Caller>,
  requestIds: WeakMap<Request, string>,
  log: Logger,
): Plugin<Context, ServerContext> => ({
  async onRequest(incoming) {
    const { request, url, serverContext } = incoming;
    const given = request.headers.get("x-request-id") ?? "";
    requestIds.set(request, requestIdForm.test(given) ? given : randomUUID());
    if (request.method === "OPTIONS" || serverContext.caller !== undefined) return;
    const wantsPage = request.method === "GET" && (request.headers.get("accept") ?? "").includes("text/html");
    if (wantsPage && !url.searchParams.has("query")) return;
    const answer = (status: number, code: string, message: string, more: Record<string, string>): void => {
      const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
      const headers = { "content-type": "application/json; charset=utf-8", ...more };
      incoming.endResponse(new incoming.fetchAPI.Response(body, { status, headers }));
    };
    const key = keyInHeaders((name) => request.headers.get(name));
    try {
      const caller = key === null ? null : await readKey(key);
      if (caller !== null) {
        callers.set(request, caller);
        return;
      }
    } catch (error) {
      // Here the server itself would answer with the error and its stack.
      log.error({ err: error, requestId: requestIds.get(request) }, "A key could not be looked up.");
      const message = "Something went wrong on our side; it has been logged.";
      answer(503, "INTERNAL_SERVER_ERROR", message, { "retry-after": "1" });
      return;
    }
    const message =
      key === null
        ? "No API key was given. Send the header `Authorization: Bearer <API key>`."
        : "This API key is unknown, revoked or expired.";
    answer(401, "UNAUTHENTICATED", message, { "www-authenticate": "Bearer" });
  },
  onResponse({ request, response }) {
    const id = requestIds.get(request);
    if (id !== undefined) response.headers.set("x-request-id", id);
    // The demo's page holds its key: a browser may show it, other sites' scripts may not read it.
    if (response.headers.get("content-type")?.startsWith("text/html")) {
      response.headers.delete("access-control-allow-origin");
    }
  },
});

/** One line for each operation: what it was called, how long it took, whether it had errors. Never its text or variables. */
const logOperations = (): Plugin<Context> => ({
  onExecute({ args }) {
    const started = performance.now();
    return {
      onExecuteDone({ result }) {
        const { log } = args.contextValue as unknown as Context;
        const { errors: met = [] } = result as ExecutionResult;
        for (const error of met) logHidden(log, error);
        const errors = met.map((error) => error.extensions["code"] ?? "INTERNAL_SERVER_ERROR");
        const durationMs = Math.round(performance.now() - started);
        log.debug({ operation: args.operationName ?? null, durationMs, errors }, "Operation.");
      },
    };
  },
});
