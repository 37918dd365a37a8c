import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Upstream, UpstreamRequest } from "../contract/index.ts";
import { createHttp, type Http, type HttpOptions, type LinkOptions } from "./index.ts";

type Reply = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A system on loopback that does what it is told, one reply after the other; the last one stays. */
export type System = {
  readonly url: string;
  /** The requests that arrived, with their bodies. */
  readonly requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: string; at: number }[];
  reply(...replies: Reply[]): void;
  /** Settles when so many requests have arrived in all. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
};

export const startSystem = async (): Promise<System> => {
  let replies: Reply[] = [json({})];
  const requests: System["requests"] = [];
  const server: Server = createServer(async (request, response) => {
    request.on("error", () => undefined);
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url = "", headers } = request;
    requests.push({ method, url, headers, body, at: performance.now() });
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    reply?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...given) => (replies = given),
    async arrived(count) {
      while (requests.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

export const text =
  (body: string, status = 200, headers: Record<string, string> = {}): Reply =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

export const page = (status = 200): Reply =>
  text("<!DOCTYPE html><html><b>Nginx</b></html>", status, { "content-type": "text/html" });

/** Says nothing, and keeps the connection. */
export const hang: Reply = () => undefined;

/** Cuts the connection without an answer. */
export const cut: Reply = (request) => request.socket.resetAndDestroy();

/** Cuts the connection in the middle of the body. */
export const half: Reply = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"half":', () => response.socket?.destroy());
};

/** An `Http` for loopback, with pauses too short to be felt. */
export const httpForTests = (options: Partial<HttpOptions> = {}): Http =>
  createHttp({
    pool: null,
    allowedNetworks: ["127.0.0.1"],
    timeoutMs: 10_000,
    log: { debug: () => undefined },
    pauseMs: 2,
    ...options,
  });

export const upstreamOf = (http: Http, options: Partial<LinkOptions> = {}): Upstream =>
  http.upstreamFor({ key: "one/1", concurrency: 20, requestsPerSecond: 100_000, readError: () => ({}), ...options });

/** Ready-made requests; `parse` gives the body as it is. */
export const reading = (url: string): UpstreamRequest<unknown> => ({
  method: "GET",
  url,
  effect: "read",
  expects: "json",
  parse: (body) => body,
});

export const writing = (url: string): UpstreamRequest<unknown> => ({
  ...reading(url),
  method: "POST",
  effect: "write",
  json: { lines: 1 },
});
