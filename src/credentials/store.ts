import { LRUCache } from "lru-cache";
import type { Pool, PoolClient } from "pg";
import { newKey, open, SealError, seal, type Key } from "./vault.ts";

/** Seals and opens what belongs to one account, with a data key of that account's own. */
export type Vault = {
  /** A new account's data key, sealed by the master key; to be stored on the account's row. */
  newDataKey(accountId: string): Buffer;
  seal(client: Pool | PoolClient, accountId: string, place: string, value: unknown): Promise<Buffer>;
  open(client: Pool | PoolClient, accountId: string, place: string, sealed: Uint8Array): Promise<unknown>;
};

const placeOfDataKey = (accountId: string): string => `account/${accountId}/data-key`;
const placeIn = (accountId: string, place: string): string => `account/${accountId}/${place}`;

/** How many accounts' opened data keys are kept in memory, and for how long (ms). */
const cached = { max: 1000, ttl: 60_000 };

/** `place` names the row that a value stands on ("integration/<id>"); see `seal` of vault.ts. */
export const createVault = (masterKey: Key): Vault => {
  const dataKeys = new LRUCache<string, Key>(cached);

  const dataKey = async (client: Pool | PoolClient, accountId: string): Promise<Key> => {
    const known = dataKeys.get(accountId);
    if (known !== undefined) return known;
    const { rows } = await client.query<{ sealed_data_key: Buffer }>({
      name: "sealed-data-key",
      text: "select sealed_data_key from account where id = $1",
      values: [accountId],
    });
    const row = rows[0];
    if (row === undefined) throw new SealError("The account does not exist.");
    const key = open(masterKey, row.sealed_data_key, placeOfDataKey(accountId));
    dataKeys.set(accountId, key);
    return key;
  };

  return {
    newDataKey: (accountId) => seal(masterKey, newKey(), placeOfDataKey(accountId)),
    async seal(client, accountId, place, value) {
      return seal(await dataKey(client, accountId), Buffer.from(JSON.stringify(value)), placeIn(accountId, place));
    },
    async open(client, accountId, place, sealed) {
      const plain = open(await dataKey(client, accountId), sealed, placeIn(accountId, place));
      return JSON.parse(plain.toString("utf8")) as unknown;
    },
  };
};
