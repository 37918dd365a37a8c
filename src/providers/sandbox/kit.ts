import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { webPage, type SandboxAnswer } from "./answer.ts";
import { createControlDoor } from "./control.ts";
import { digestOf, type Digest } from "./digest.ts";
import { createFaults, type Fault } from "./faults.ts";
import { createRouter, type Route, type SandboxRequest } from "./router.ts";

/** A running double of a vendor's API, with a door for tests: the same is to be had over HTTP at `/__sandbox/…`. */
export type Sandbox = {
  /** "http://127.0.0.1:5001/" */
  readonly url: string;
  /** How many requests came, by route ("GET /clients/:id/balance/"), those that went wrong included. */
  requests(): Record<string, number>;
  /** The most requests that were being answered at the same time. */
  mostAtOnce(): number;
  /** Counts anew. */
  forgetRequests(): void;
  /** @throws RangeError for a set that this sandbox does not have. */
  digest(set: string): Digest;
  /** Sets what goes wrong from now on, in place of what was set before; nothing: all is well. */
  setFaults(...faults: readonly Fault[]): void;
  /** Changes a record, as if somebody had edited it at the vendor. @throws RangeError when there is none. */
  change(set: string, id: string, patch: Readonly<Record<string, unknown>>): void;
  /** Deletes records at the vendor. @throws RangeError when there is none. */
  remove(set: string, ids: readonly string[]): void;
  /** As it was at the start: data, counts, faults. */
  reset(): void;
  close(): Promise<void>;
};

/** What a vendor's API is, for the kit to serve. */
export type Vendor = {
  readonly routes: readonly Route[];
  /** The refusal of a request without the right credentials; null when it may pass. */
  refusal(request: SandboxRequest): SandboxAnswer | null;
  /** An error as the vendor words it. */
  error(status: number, message: string, path: string): SandboxAnswer;
  readonly sets: Readonly<Record<string, RecordSet>>;
  /** Puts the data back. */
  reset(): void;
};

/** Records of the vendor, for the control door. */
export type RecordSet = {
  records(): Iterable<unknown>;
  change?(id: string, patch: Readonly<Record<string, unknown>>): void;
  remove?(ids: readonly string[]): void;
};

/** Starts serving on loopback. `port` 0 takes any free one. */
export const startSandbox = async (
  vendor: Vendor,
  { port, seed }: { port: number; seed: number },
): Promise<Sandbox> => {
  const routeOf = createRouter(vendor.routes);
  const faults = createFaults(seed);
  const timers = new Set<NodeJS.Timeout>();
  let counts: Record<string, number> = {};
  let running = 0;
  let most = 0;

  const send = (response: ServerResponse, answer: SandboxAnswer): void => {
    response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
    response.end(answer.body);
  };

  const sendHalf = (response: ServerResponse, socket: Socket, answer: SandboxAnswer): void => {
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, { ...answer.headers, "content-length": body.length + 100 });
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => socket.destroy());
  };

  const handle = (route: Route | undefined, request: SandboxRequest): SandboxAnswer => {
    const refusal = vendor.refusal(request);
    if (refusal !== null) return refusal;
    if (route === undefined) return vendor.error(404, "No such path.", request.path);
    return route.handle(request);
  };

  const serve = (incoming: IncomingMessage, response: ServerResponse, rawBody: string): void => {
    const url = incoming.url ?? "/";
    const mark = url.indexOf("?");
    const path = mark === -1 ? url : url.slice(0, mark);
    const search = mark === -1 ? "" : url.slice(mark);
    const found = routeOf(incoming.method ?? "GET", path);
    const name = found === null ? "unknown" : `${found.route.method} ${found.route.path}`;
    counts[name] = (counts[name] ?? 0) + 1;
    running += 1;
    most = Math.max(most, running);
    response.once("close", () => (running -= 1));
    const { delayMs, fault } = faults.take(name);

    const answerNow = (): void => {
      const { socket } = incoming;
      if (fault?.kind === "hang") return;
      if (fault?.kind === "reset" && fault.when === "before") return void socket.destroy();
      if (fault?.kind === "html") return send(response, webPage(fault.status ?? 200));
      if (fault?.kind === "credentials") return send(response, vendor.error(401, "Bad credentials", path));
      if (fault?.kind === "status") {
        const answer = vendor.error(fault.status, messages[fault.status] ?? "Something went wrong.", path);
        const wait = fault.retryAfterSeconds;
        return send(response, {
          ...answer,
          headers: { ...answer.headers, ...(wait !== undefined && { "retry-after": String(wait) }) },
        });
      }
      const answer = handle(found?.route, {
        path,
        segments: found?.segments ?? [],
        query: new URLSearchParams(search),
        headers: incoming.headers,
        body: parsed(rawBody),
        repeatsPage: fault?.kind === "repeat",
      });
      if (fault?.kind === "reset") return void socket.destroy();
      return fault?.kind === "half" ? sendHalf(response, socket, answer) : send(response, answer);
    };

    if (delayMs === 0) return answerNow();
    const timer = setTimeout(() => {
      timers.delete(timer);
      answerNow();
    }, delayMs);
    timers.add(timer);
  };

  const setOf = (name: string): RecordSet => {
    const set = vendor.sets[name];
    if (set === undefined) throw new RangeError(`There is no set "${name}": ${Object.keys(vendor.sets).join(", ")}.`);
    return set;
  };

  const control: Omit<Sandbox, "url" | "close"> = {
    requests: () => ({ ...counts }),
    mostAtOnce: () => most,
    forgetRequests() {
      counts = {};
      most = running;
    },
    digest: (set) => digestOf(setOf(set).records()),
    setFaults: (...list) => faults.set(list),
    change(set, id, patch) {
      const found = setOf(set);
      if (found.change === undefined) throw new RangeError(`Nothing can be changed in "${set}".`);
      found.change(id, patch);
    },
    remove(set, ids) {
      const found = setOf(set);
      if (found.remove === undefined) throw new RangeError(`Nothing can be deleted from "${set}".`);
      found.remove(ids);
    },
    reset() {
      vendor.reset();
      faults.set([]);
      counts = {};
      most = running;
    },
  };
  const controlDoor = createControlDoor(control);

  const server = createServer((incoming, response) => {
    const serveWith = (rawBody: string): void => {
      const answer = controlDoor(incoming.method ?? "GET", incoming.url ?? "/", parsed(rawBody));
      if (answer !== null) send(response, answer);
      else serve(incoming, response, rawBody);
    };
    if (incoming.method === "GET") return serveWith("");
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => serveWith(Buffer.concat(chunks).toString("utf8")));
  });
  // Longer than any client keeps a connection, so that no request meets one that is being closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;

  return {
    ...control,
    url: `http://127.0.0.1:${taken}/`,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};

const messages: Readonly<Record<number, string>> = {
  429: "Too many requests.",
  500: "Internal error.",
  503: "The service is under maintenance.",
};

const parsed = (text: string): unknown => {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
