import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { Capability, Connection, Identity, Json, Provider } from "../contract/index.ts";
import type { Vault } from "../credentials/store.ts";
import { GatewayError } from "../errors.ts";
import type { IntegrationStatus } from "../generated/prisma/enums.ts";
import type { Http } from "../http/index.ts";
import { providerById } from "../providers/index.ts";

/** A connected system, ready to be asked. */
export type OpenIntegration = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly provider: Provider;
  readonly connection: Connection;
  /** ISO 3166 alpha-2: how phones without a country code are read. */
  readonly defaultCountry: string;
  /** Grows with every change of the credentials. */
  readonly generation: number;
  readonly capabilities: readonly Capability[];
};

/**
 * @throws GatewayError INTEGRATION_NOT_FOUND for an id that is not of this account, INTEGRATION_DISABLED while it is paused.
 */
export type Open = (accountId: string, integrationId: string) => Promise<OpenIntegration>;

export type IntegrationRow = {
  readonly id: string;
  readonly account_id: string;
  readonly provider: string;
  readonly name: string;
  readonly status: IntegrationStatus;
  readonly sealed_credentials: Buffer;
  readonly credential_generation: number;
  readonly identity: Json;
  readonly capabilities: Capability[];
  readonly default_country: string;
  readonly requests_per_second: number | null;
};

export const placeOfCredentials = (integrationId: string): string => `integration/${integrationId}/credentials`;

/** What is needed to reach systems. */
export type Reach = { readonly pool: Pool; readonly vault: Vault; readonly http: Http };

/** Builds a connection from credentials: stored ones, or ones that are only being tried. */
export const connectionOf = (
  http: Http,
  provider: Provider,
  {
    key,
    requestsPerSecond,
    credentials,
  }: {
    key: string;
    requestsPerSecond: number | null;
    credentials: () => Promise<Record<string, unknown>>;
  },
): Connection => {
  const upstream = http.upstreamFor({
    key,
    concurrency: provider.limits.concurrency,
    requestsPerSecond: requestsPerSecond ?? provider.limits.requestsPerSecond,
    readError: (answer) => provider.readError(answer),
  });
  return provider.connect({ credentials, upstream });
};

/** How long an opened integration is used again without looking at its row (ms): a pause or new credentials take hold then. */
const cacheMs = 1000;

/** Opens integrations. `forget` makes a change take hold at once in this process. */
export const createOpen = ({ pool, vault, http }: Reach): { open: Open; forget: (integrationId: string) => void } => {
  const opened = new LRUCache<string, Promise<OpenIntegration>>({ max: 10_000, ttl: cacheMs });

  const openNow = async (accountId: string, integrationId: string): Promise<OpenIntegration> => {
    const row = await findIntegration(pool, accountId, integrationId);
    if (row === null) throw new GatewayError("INTEGRATION_NOT_FOUND");
    if (row.status === "INACTIVE") throw new GatewayError("INTEGRATION_DISABLED");
    const provider = providerById(row.provider);
    return {
      id: row.id,
      accountId,
      name: row.name,
      provider,
      connection: connectionOf(http, provider, {
        key: `${row.id}/${row.credential_generation}`,
        requestsPerSecond: row.requests_per_second,
        credentials: currentCredentials(() => readCredentials(pool, vault, provider, accountId, integrationId)),
      }),
      defaultCountry: row.default_country,
      generation: row.credential_generation,
      capabilities: row.capabilities,
    };
  };

  return {
    open(accountId, integrationId) {
      const key = `${accountId}/${integrationId}`;
      const known = opened.get(key);
      if (known !== undefined) return known;
      const opening = openNow(accountId, integrationId);
      opened.set(key, opening);
      opening.catch(() => opened.delete(key));
      return opening;
    },
    forget(integrationId) {
      for (const key of opened.keys()) if (key.endsWith(integrationId)) opened.delete(key);
    },
  };
};

/**
 * The credentials as they are now: a connection asks at each call, and a long sync keeps going when they are renewed.
 * Calls within `cacheMs` share one look at the row.
 */
const currentCredentials = (read: () => Promise<Record<string, unknown>>): (() => Promise<Record<string, unknown>>) => {
  let reading: Promise<Record<string, unknown>> | undefined;
  let readAt = 0;
  return () => {
    if (reading !== undefined && Date.now() - readAt < cacheMs) return reading;
    readAt = Date.now();
    reading = read();
    reading.catch(() => (reading = undefined));
    return reading;
  };
};

export const findIntegration = async (
  pool: Pool,
  accountId: string,
  integrationId: string,
): Promise<IntegrationRow | null> => {
  const { rows } = await pool.query<IntegrationRow>({
    name: "find-integration",
    text: `
      select id, account_id, provider, name, status, sealed_credentials, credential_generation, identity, capabilities,
             default_country, requests_per_second
      from integration where account_id = $1 and id = $2`,
    values: [accountId, integrationId],
  });
  return rows[0] ?? null;
};

/** @throws GatewayError INTEGRATION_NOT_FOUND when it is gone. */
export const readCredentials = async (
  pool: Pool,
  vault: Vault,
  provider: Provider,
  accountId: string,
  integrationId: string,
): Promise<Record<string, unknown>> => {
  const row = await findIntegration(pool, accountId, integrationId);
  if (row === null) throw new GatewayError("INTEGRATION_NOT_FOUND");
  const stored = await vault.open(pool, accountId, placeOfCredentials(integrationId), row.sealed_credentials);
  return provider.credentials.parse(stored);
};

/** The identity that was stored at the last successful connection test. */
export const identityOf = (row: IntegrationRow): Identity | null => row.identity as Identity | null;
