import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** The PostgreSQL server that the tests of one vitest project share; `global-setup.ts` provides it. */
export type TestServer = {
  /** A connection string of a user who may create databases. */
  readonly url: string;
  /** The database with all migrations applied that test databases are copied from; its name begins theirs. */
  readonly template: string;
};

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A database of one test file. */
export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** The same server, another database. */
export const withDatabase = (url: string, name: string): string => {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
};

/** Runs one statement over a connection of its own. */
export const execute = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const make = async (from: (template: string) => string): Promise<TestDatabase> => {
  const { url, template } = inject("testServer");
  const name = `${template}_${randomUUID().slice(0, 8)}`;
  await execute(url, `CREATE DATABASE ${name} TEMPLATE ${from(template)}`);
  return { url: withDatabase(url, name), drop: () => execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/** A database of its own with all migrations applied: a copy of the template, 30 ms. Drop it in `afterAll`. */
export const createTestDatabase = (): Promise<TestDatabase> => make((template) => template);

/** A database of its own with nothing in it. */
export const createEmptyDatabase = (): Promise<TestDatabase> => make(() => "template0");
