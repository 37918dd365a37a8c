import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type {
  BatchRead,
  Capability,
  Connection,
  Json,
  OrderRequest,
  Provider,
  Stream,
  Upstream,
} from "../contract/index.ts";
import { errorKinds, GatewayError, type ErrorCode } from "../errors.ts";
import { digestOf, type Fault, type Sandbox } from "./sandbox/index.ts";

/** A running double of the vendor, with what its own users would be given. */
export type Double<Credentials> = {
  readonly sandbox: Sandbox;
  readonly credentials: Credentials;
  readonly wrongCredentials: Credentials;
};

/** What the suite needs to hold a provider against the contract. */
export type Subject<Credentials extends Record<string, unknown>> = {
  readonly provider: Provider<Credentials>;
  /**
   * Starts the vendor's double with so many guests. `pageCap`: the most rows of a page, whatever is asked. The sandbox has a
   * set for each stream, of the same name.
   */
  startDouble(options: { readonly guests: number; readonly pageCap?: number }): Promise<Double<Credentials>>;
  /** The way out that a connection of this provider is given: the real one, with a total time-out of a second or two. */
  createUpstream(): Upstream;
  /** What is secret beside the values of the secret fields: a header made of them, say. */
  secretsOf?(credentials: Credentials): readonly string[];
  /** For a provider that takes orders. */
  readonly orders?: {
    /** As `requests()` names it. */
    readonly route: string;
    /** An order that the vendor takes. */
    good(double: Double<Credentials>): Promise<OrderRequest>;
    /** An order that passes `check` and that the vendor refuses, and what it says then. */
    refused(double: Double<Credentials>): Promise<{ readonly order: OrderRequest; readonly words: RegExp }>;
  };
};

/** What fails in the vendor's reach, and the codes that tell a person the right thing about it. */
const failures: Record<string, { readonly fault: Fault; readonly codes: readonly ErrorCode[] }> = {
  "an error 500": { fault: { kind: "status", status: 500 }, codes: ["EXTERNAL_SERVICE_ERROR"] },
  "an error 503": { fault: { kind: "status", status: 503 }, codes: ["INTEGRATION_UNAVAILABLE"] },
  "429 with Retry-After": {
    fault: { kind: "status", status: 429, retryAfterSeconds: 600 },
    codes: ["RATE_LIMIT_EXCEEDED"],
  },
  silence: { fault: { kind: "hang" }, codes: ["INTEGRATION_TIMEOUT"] },
  "a web page with 200": { fault: { kind: "html", status: 200 }, codes: ["EXTERNAL_SERVICE_ERROR"] },
  "a web page with 502": {
    fault: { kind: "html", status: 502 },
    codes: ["EXTERNAL_SERVICE_ERROR", "INTEGRATION_UNAVAILABLE"],
  },
  "half a body": { fault: { kind: "half" }, codes: ["EXTERNAL_SERVICE_ERROR", "CONNECTION_FAILED"] },
  "a cut connection": {
    fault: { kind: "reset", when: "before" },
    codes: ["EXTERNAL_SERVICE_ERROR", "CONNECTION_FAILED"],
  },
};

const methodsOf = ({ streams, balances, coupons, orders }: Connection): Record<Capability, boolean> => ({
  GUESTS: streams.guests !== undefined,
  BALANCES: balances !== undefined,
  COUPONS: coupons !== undefined,
  CREATE_ORDER: orders !== undefined,
  REFUND_ORDER: orders?.refund !== undefined,
  SPEND_POINTS: orders !== undefined,
  REDEEM_COUPONS: orders !== undefined,
});

/**
 * Holds a provider against the contract: call it from the provider's own test. Every rule has an id that never changes, so
 * that a failure, a commit and docs/add-a-provider.md speak of the same thing.
 */
export const conformance = <Credentials extends Record<string, unknown>>(subject: Subject<Credentials>): void => {
  const { provider } = subject;
  const guests = 25;
  let double: Double<Credentials>;
  const doubles: Double<Credentials>[] = [];

  const start = async (options: { guests: number; pageCap?: number }): Promise<Double<Credentials>> => {
    const started = await subject.startDouble(options);
    doubles.push(started);
    return started;
  };
  const connectWith = (credentials: () => Promise<Credentials>): Connection =>
    provider.connect({ credentials, upstream: subject.createUpstream() });
  const connect = (to: Double<Credentials> = double): Connection => connectWith(() => Promise.resolve(to.credentials));

  const secrets = (): string[] =>
    [double.credentials, double.wrongCredentials].flatMap((credentials) => [
      ...Object.entries(provider.fields).flatMap(([name, { secret }]) => (secret ? [String(credentials[name])] : [])),
      ...(subject.secretsOf?.(credentials) ?? []),
    ]);

  /** What a call failed with. It must be of the error table and hold no secret (P14), whatever else is asked of it. */
  const failureOf = async (call: Promise<unknown>): Promise<GatewayError> => {
    const thrown: unknown = await call.then(
      () => expect.unreachable("It should have failed."),
      (error: unknown) => error,
    );
    expectNoSecret(thrown);
    if (!(thrown instanceof GatewayError)) throw thrown;
    return thrown;
  };
  const expectNoSecret = (thrown: unknown): void => {
    const told = inspect(thrown, { depth: 12, showHidden: true, maxStringLength: null });
    for (const secret of secrets()) expect(told).not.toContain(secret);
  };

  const streamsOf = (connection: Connection): [name: string, stream: Stream<unknown>][] =>
    Object.entries(connection.streams);
  const readsOf = ({ balances, coupons }: Connection): [name: string, read: BatchRead<unknown>][] =>
    Object.entries({ balances, coupons }).flatMap(([name, read]) => (read === undefined ? [] : [[name, read]]));

  const readAll = async (stream: Stream<unknown>, pageSize: number): Promise<unknown[]> => {
    const records: unknown[] = [];
    let cursor: Json = null;
    do {
      const page = await stream.readPage(cursor, { pageSize });
      records.push(...page.records);
      // As a checkpoint keeps it.
      cursor = JSON.parse(JSON.stringify(page.next)) as Json;
      expect(records.length).toBeLessThan(10_000);
    } while (cursor !== null);
    return records;
  };
  const someIds = async (count: number): Promise<string[]> => {
    const { guests: stream } = connect().streams;
    if (stream === undefined) return [];
    const { records } = await stream.readPage(null, { pageSize: count });
    return records.map((record) => stream.externalId(record)).slice(0, count);
  };
  /** Something that only reads. */
  const probe = (connection: Connection, signal?: AbortSignal): Promise<unknown> =>
    connection.whoAmI(signal === undefined ? {} : { signal });
  const requestCount = (): number => Object.values(double.sandbox.requests()).reduce((sum, count) => sum + count, 0);

  describe(`${provider.name} keeps the contract`, () => {
    beforeAll(async () => {
      double = await start({ guests });
    });
    beforeEach(() => double.sandbox.reset());
    afterAll(async () => {
      for (const { sandbox } of doubles) await sandbox.close();
    });

    it("P1 accepts good credentials and says whose they are", async () => {
      const identity = await connect().whoAmI({});
      expect(identity.accountId === null || identity.accountId !== "").toBe(true);
      expect(await connect().whoAmI({})).toEqual(identity);
    });

    it("P2 tells wrong credentials from every other failure", async () => {
      const error = await failureOf(probe(connectWith(() => Promise.resolve(double.wrongCredentials))));
      expect(error.code).toBe("INVALID_CREDENTIALS");
    });

    it("P3 pages every stream to its end, each record once", async () => {
      for (const [name, stream] of streamsOf(connect())) {
        for (const pageSize of [7, guests, stream.pageSize]) {
          const records = await readAll(stream, pageSize);
          expect(new Set(records.map((record) => stream.externalId(record))).size).toBe(records.length);
          expect(digestOf(records)).toEqual(double.sandbox.digest(name));
        }
      }
    });

    it("P4 reads a system that has nothing", async () => {
      const empty = await start({ guests: 0 });
      await connect(empty).whoAmI({});
      for (const [, stream] of streamsOf(connect(empty))) expect(await readAll(stream, stream.pageSize)).toEqual([]);
    });

    it("P5 loses nothing when the vendor gives fewer records than a page was asked to have", async () => {
      const capped = await start({ guests, pageCap: 4 });
      for (const [name, stream] of streamsOf(connect(capped))) {
        expect(digestOf(await readAll(stream, 10))).toEqual(capped.sandbox.digest(name));
      }
    });

    it("P6 maps every record, or fails with that one alone", async () => {
      for (const [, stream] of streamsOf(connect())) {
        for (const raw of await readAll(stream, stream.pageSize)) {
          expect(stream.map(raw)).toBeTypeOf("object");
          const id = stream.externalId(raw);
          for (const [field, value] of Object.entries(raw as Record<string, unknown>)) {
            const { [field]: _, ...without } = raw as Record<string, unknown>;
            if (String(value) === id) continue;
            for (const changed of [without, { ...without, [field]: null }]) {
              expect(stream.externalId(changed)).toBe(id);
              expect(stream.map(changed)).toBeTypeOf("object");
            }
          }
        }
        for (const junk of [null, undefined, "text", 7, [], {}]) {
          expect(() => stream.externalId(junk)).toThrow();
          expect(() => stream.map(junk)).toThrow();
        }
      }
    });

    it("P7 reads in batches: in any order, leaving out what is not known, in as few calls as it says", async () => {
      const known = await someIds(6);
      const unknown = ["no-such-guest", "999999999999"];
      for (const [, read] of readsOf(connect())) {
        const chunksOf = (ids: readonly string[]): string[][] =>
          Array.from({ length: Math.ceil(ids.length / read.batch.max) }, (_, chunk) =>
            ids.slice(chunk * read.batch.max, (chunk + 1) * read.batch.max),
          );
        const readThem = async (ids: readonly string[]): Promise<Map<string, unknown>> => {
          const maps = await Promise.all(chunksOf(ids).map((chunk) => read.read(chunk, {})));
          return new Map(maps.flatMap((map) => [...map]));
        };
        double.sandbox.forgetRequests();
        const all = await readThem(known);
        expect(requestCount()).toBeLessThanOrEqual(chunksOf(known).length);
        expect([...all.keys()].sort()).toEqual([...known].sort());
        const mixed = await readThem([...unknown, ...known.toReversed()]);
        expect(mixed).toEqual(all);
        expect(await read.read([], {})).toEqual(new Map());
      }
    });

    it.each(Object.entries(failures))("P8 gives the right code for %s", async (_, { fault, codes }) => {
      double.sandbox.setFaults(fault);
      const error = await failureOf(probe(connect()));
      expect(codes).toContain(error.code);
      expect(error.message).not.toBe("");
      if (error.code === "RATE_LIMIT_EXCEEDED") expect(error.details.retryAt?.getTime()).toBeGreaterThan(Date.now());
      double.sandbox.setFaults();
      await probe(connect());
    });

    it("P8 gives the right code for a system that is not there", async () => {
      const gone = await start({ guests: 1 });
      await gone.sandbox.close();
      expect((await failureOf(probe(connect(gone)))).code).toBe("CONNECTION_FAILED");
    });

    it("P9 stops when it is told to", async () => {
      const ended = AbortSignal.abort();
      await expect(probe(connect(), ended)).rejects.toThrow();
      expect(requestCount()).toBe(0);

      double.sandbox.setFaults({ kind: "hang" });
      const stop = new AbortController();
      const call = probe(connect(), stop.signal);
      const failed = expect(call).rejects.toSatisfy(
        (error) => !(error instanceof GatewayError) || error.code !== "INTEGRATION_TIMEOUT",
      );
      while (requestCount() === 0) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await failed;
    });

    it("P10 asks for the credentials at each call", async () => {
      let current = double.wrongCredentials;
      const connection = connectWith(() => Promise.resolve(current));
      await failureOf(probe(connection));
      current = double.credentials;
      const [id = ""] = await someIds(1);
      await probe(connection);
      current = double.wrongCredentials;
      for (const [, stream] of streamsOf(connection)) {
        expect((await failureOf(stream.readPage(null, { pageSize: 1 }))).code).toBe("INVALID_CREDENTIALS");
      }
      for (const [, read] of readsOf(connection)) {
        expect((await failureOf(read.read([id], {}))).code).toBe("INVALID_CREDENTIALS");
      }
    });

    it("P11 has a method for every capability it claims, and claims every method", async () => {
      const connection = connect();
      const { capabilities } = await connection.whoAmI({});
      expect(provider.capabilities).toEqual(expect.arrayContaining([...capabilities]));
      const methods = methodsOf(connection);
      expect(capabilities.filter((capability) => !methods[capability])).toEqual([]);
      for (const capability of ["GUESTS", "BALANCES", "COUPONS", "CREATE_ORDER", "REFUND_ORDER"] as const) {
        expect(capabilities.includes(capability)).toBe(methods[capability]);
      }
      expect(connection.orders === undefined).toBe(subject.orders === undefined);
    });

    it("P12 has labels and texts in English and Russian, and a form that can be drawn", () => {
      const schema = z.toJSONSchema(provider.credentials, { io: "input" });
      expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(provider.fields).sort());
      expect(Object.values(provider.fields).some(({ secret }) => secret)).toBe(true);
      const texts = [
        provider.description,
        ...Object.values(provider.fields).flatMap(({ label, help }) => [label, help]),
      ];
      for (const { en, ru } of texts) {
        expect(en).toMatch(/^[^а-яё]+$/i);
        expect(ru).toMatch(/[а-яё]/i);
      }
      expect(provider.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(provider.graphqlName).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(provider.credentials.safeParse(double.credentials).success).toBe(true);
      // In Russian too, which zod can do as long as a provider gives no messages of its own.
      const issues = provider.credentials.safeParse({}, { error: z.locales.ru().localeError }).error?.issues ?? [];
      for (const { message } of issues) expect(message).toMatch(/[а-яё]/i);
    });

    it.skipIf(subject.orders === undefined)("P13 sends a write once, however it fails", async () => {
      const { orders: writes } = subject;
      const { orders } = connect();
      if (writes === undefined || orders === undefined) throw new Error("There are no orders.");
      const sent = (): number => double.sandbox.requests()[writes.route] ?? 0;
      const order = await writes.good(double);
      expect(orders.check(order)).toEqual([]);

      for (const fault of [
        { kind: "reset", when: "after" },
        { kind: "reset", when: "before" },
        { kind: "half" },
        { kind: "hang" },
        { kind: "status", status: 500 },
        { kind: "status", status: 503 },
        { kind: "html", status: 502 },
      ] as const) {
        double.sandbox.reset();
        double.sandbox.setFaults({ ...fault, route: writes.route });
        const outcome = await orders.create(order, {}).then(
          () => "taken",
          (error: unknown) => {
            expectNoSecret(error);
            return error instanceof GatewayError ? error.code : error;
          },
        );
        // A lost answer is told as a doubt, or the vendor's own failure is: never as "try again".
        expect(["taken", "OUTCOME_UNKNOWN", "EXTERNAL_SERVICE_ERROR", "INTEGRATION_UNAVAILABLE"]).toContain(outcome);
        if (fault.kind === "reset" || fault.kind === "hang") expect(outcome).toBe("OUTCOME_UNKNOWN");
        expect(sent()).toBe(1);
      }

      double.sandbox.reset();
      expect((await orders.create(order, {})).state).toMatch(/^(confirmed|accepted)$/);
      if (orders.refund !== undefined) expect((await orders.refund(order, {})).state).toMatch(/^(confirmed|accepted)$/);
    });

    it.skipIf(subject.orders === undefined)("P13 passes the vendor's own words on when it refuses", async () => {
      const { orders: writes } = subject;
      const { orders } = connect();
      if (writes === undefined || orders === undefined) throw new Error("There are no orders.");
      const { order, words } = await writes.refused(double);
      expect(orders.check(order)).toEqual([]);
      const error = await failureOf(orders.create(order, {}));
      expect(error.code).toBe("REJECTED_BY_SYSTEM");
      expect(error.details.providerMessage).toMatch(words);
      expect(double.sandbox.requests()[writes.route]).toBe(1);
    });

    it("P14 shows no secret in any error, nor in what a connection tells of itself", async () => {
      expect(secrets().every((secret) => secret.length >= 4)).toBe(true);
      const connection = connect();
      expectNoSecret(await connection.whoAmI({}));
      for (const { fault } of Object.values(failures).filter(({ fault: { kind } }) => kind !== "hang")) {
        double.sandbox.setFaults(fault);
        for (const [, stream] of streamsOf(connection)) {
          const error = await failureOf(stream.readPage(null, { pageSize: 1 }));
          expect(errorKinds[error.code]).toBeDefined();
        }
      }
    });
  });
};
