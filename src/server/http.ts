import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Gateway } from "./gateway.ts";

/** Whether this process can serve now; the reason when it cannot. */
export type Ready = () => Promise<{ ready: boolean; reason?: string }>;

/** Headers of every answer that is not a page of GraphiQL's: they cost nothing and close doors. */
const plainHeaders = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, plainHeaders).end(JSON.stringify(body));
};

/**
 * The HTTP server with the gateway at /graphql, GraphiQL on the same path, `/health/live` (this process runs) and
 * `/health/ready` (it can serve: 200, else 503 with the reason).
 * @param within wraps each request, with its `traceparent`, so that upstream calls continue the caller's trace.
 */
export const createHttpServer = (
  gateway: Gateway,
  ready: Ready,
  within: <Result>(traceparent: string | undefined, run: () => Result) => Result,
): Server => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (path === "/health/live") return answer(response, 200, { status: "ok" });
    if (path === "/health/ready") {
      const state = await ready();
      return answer(response, state.ready ? 200 : 503, state);
    }
    if (path === "/") {
      response.writeHead(307, { location: gateway.graphqlEndpoint }).end();
      return;
    }
    const traceparent = request.headers["traceparent"];
    await within(typeof traceparent === "string" ? traceparent : undefined, () => gateway(request, response));
  };
  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
};

/** Starts to listen. @throws Error in plain words when the port is taken or not allowed. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken. Stop what uses it, or set PORT to another one.`,
        EACCES: `Port ${port} needs more rights. Set PORT to one above 1023.`,
        EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has.`,
      };
      reject(new Error(reasons[error.code ?? ""] ?? error.message, { cause: error }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** Stops taking requests, lets those under way finish until `deadlineMs`, then cuts what is left. */
export const drain = (server: Server, deadlineMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
