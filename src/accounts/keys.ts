import { hash, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { v7 } from "uuid";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { Role } from "../generated/prisma/enums.ts";

/** Who asks: an API key, its account and what it may do. */
export type Caller = { readonly keyId: string; readonly accountId: string; readonly role: Role };

/** Found by scanners when a key leaks into a repository or a log. */
const keyPrefix = "gg_";
const shownCharacters = 10;

/** A new key: 256 random bits. It is shown once and never stored. */
export const newApiKey = (): string => keyPrefix + randomBytes(32).toString("base64url");

const hashOf = (key: string): Buffer => hash("sha256", key, "buffer");

export type NewApiKey = { readonly name: string; readonly role: Role; readonly expiresAt?: Date | null };

/** Stores a key (only its hash and first characters) and gives its row. */
export const addApiKey = (
  prisma: Pick<PrismaClient, "apiKey">,
  accountId: string,
  key: string,
  { name, role, expiresAt = null }: NewApiKey,
) =>
  prisma.apiKey.create({
    data: {
      id: v7(),
      accountId,
      name,
      role,
      expiresAt,
      prefix: key.slice(0, shownCharacters),
      hash: Uint8Array.from(hashOf(key)),
    },
  });

/** A revoked key works this many milliseconds longer at most; without it every request would ask the database first. */
const cacheMs = 1000;

/** Finds out who holds a key: null for one that is unknown, revoked or expired. Notes when it was last used (to the minute). */
export const createKeyReader = (pool: Pool): ((key: string) => Promise<Caller | null>) => {
  const known = new LRUCache<string, Caller>({ max: 10_000, ttl: cacheMs });
  return async (key) => {
    const digest = hashOf(key);
    const cacheKey = digest.toString("base64");
    const cached = known.get(cacheKey);
    if (cached !== undefined) return cached;
    const { rows } = await pool.query<{ id: string; account_id: string; role: Role; stale: boolean }>({
      name: "find-api-key",
      text: `
        select id, account_id, role, last_used_at is null or last_used_at < now() - interval '1 minute' as stale
        from api_key
        where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
      values: [digest],
    });
    const row = rows[0];
    if (row?.stale === true) {
      await pool.query({
        name: "touch-api-key",
        text: "update api_key set last_used_at = now() where id = $1",
        values: [row.id],
      });
    }
    // Not remembered: a key that was asked for too early works as soon as it is made.
    if (row === undefined) return null;
    const caller = { keyId: row.id, accountId: row.account_id, role: row.role };
    known.set(cacheKey, caller);
    return caller;
  };
};
