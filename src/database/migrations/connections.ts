import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Sends a script in one piece. The adapter's own `executeScript` cuts it at every semicolon, also within texts, comments and
 * the bodies of functions. In one piece PostgreSQL runs it as one transaction: a migration that fails leaves nothing behind.
 */
const inOnePiece = (adapter: SqlDriverAdapter, dispose: () => Promise<void>): SqlDriverAdapter =>
  Object.assign(adapter, {
    executeScript: async (sql: string): Promise<void> => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] });
    },
    dispose,
  });

/**
 * Lets the engine read PostgreSQL's catalogue, whose one-letter columns (type "char", oid 18) the adapter refuses: "Column
 * type 'char' could not be deserialized". The adapter gets them as text (oid 25), and the engine as the letters it expects.
 */
const readingCatalogues = async (pool: pg.Pool): Promise<SqlDriverAdapter> => {
  const lettersOf = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const readable = Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult> => {
      const result = await query(config);
      // A script of several statements has a list of results, of which nobody reads the columns.
      const letters = (result.fields ?? []).flatMap(({ dataTypeID }, index) => (dataTypeID === 18 ? [index] : []));
      for (const field of result.fields ?? []) if (field.dataTypeID === 18) field.dataTypeID = 25;
      if (letters.length > 0) lettersOf.set(result.rows, letters);
      return result;
    },
  });
  const adapter = await new PrismaPg(readable, { onPoolError: () => undefined }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: async (sql: SqlQuery): Promise<SqlResultSet> => {
      const result = await queryRaw(sql);
      for (const index of lettersOf.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    },
  });
};

/** Connections for the schema engine, ended together: the engine itself does not give back its first one. */
export type Connections = { readonly factory: SqlMigrationAwareDriverAdapterFactory; end(): Promise<void> };

/** Opens connections to the database for the engine, and makes the scratch databases that it computes differences in. */
export const connectionsTo = (url: string): Connections => {
  const pools = new Set<pg.Pool>();
  const open = async (connectionString: string): Promise<{ adapter: SqlDriverAdapter; close: () => Promise<void> }> => {
    // The engine holds a session lock while it applies: one connection, so that all is done in the session that has it.
    const pool = new pg.Pool({ connectionString, max: 1, application_name: "guestgraph migrations" });
    pools.add(pool);
    const adapter = await readingCatalogues(pool);
    const close = async (): Promise<void> => {
      if (pools.delete(pool)) await pool.end();
    };
    return { adapter: inOnePiece(adapter, close), close };
  };
  const connectToShadowDb = async (): Promise<SqlDriverAdapter> => {
    const name = `guestgraph_scratch_${randomUUID().replaceAll("-", "")}`;
    const server = await open(url);
    await server.adapter.executeScript(`CREATE DATABASE ${name} TEMPLATE template0`);
    const address = new URL(url);
    address.pathname = `/${name}`;
    const scratch = await open(address.href);
    return inOnePiece(scratch.adapter, async () => {
      await scratch.close();
      await server.adapter.executeScript(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.close();
    });
  };
  return {
    factory: {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: async () => (await open(url)).adapter,
      connectToShadowDb,
    },
    end: async () => {
      await Promise.all([...pools].map((pool) => pool.end()));
    },
  };
};
