import type { Pool } from "pg";
import { v7 } from "uuid";
import { ConfigError } from "../config.ts";
import type { Vault } from "../credentials/store.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { SealError } from "../credentials/vault.ts";
import { addApiKey, newApiKey } from "./keys.ts";

/**
 * Makes an account with its data key and a first key of role ADMIN, in one transaction.
 * @param key the admin key; a new random one unless given.
 */
export const createAccount = async (
  prisma: PrismaClient,
  vault: Vault,
  { name, key = newApiKey() }: { name: string; key?: string },
): Promise<{ accountId: string; key: string }> => {
  const accountId = v7();
  await prisma.$transaction(async (transaction) => {
    await transaction.account.create({
      data: { id: accountId, name, sealedDataKey: Uint8Array.from(vault.newDataKey(accountId)) },
    });
    await addApiKey(transaction, accountId, key, { name: "First admin key", role: "ADMIN" });
  });
  return { accountId, key };
};

/**
 * Proves at start that the master key is the one that this database was sealed with, before anything fails half-way.
 * @throws ConfigError that says what to do.
 */
export const checkMasterKey = async (pool: Pool, vault: Vault): Promise<void> => {
  const { rows } = await pool.query<{ id: string }>("select id from account order by created_at limit 1");
  const account = rows[0];
  if (account === undefined) return;
  try {
    await vault.seal(pool, account.id, "check", null);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new ConfigError(
      "The master key does not open what this database holds. Set MASTER_KEY to the key it was made with, or put the file master.key back into DATA_DIRECTORY.",
    );
  }
};

/** Whether anybody lives here yet. */
export const hasAccounts = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query("select 1 from account limit 1");
  return rows.length > 0;
};
