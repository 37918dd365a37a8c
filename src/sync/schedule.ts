import type { PoolClient } from "pg";
import type { Database } from "../database/index.ts";
import { passingCodes } from "./waits.ts";

/**
 * Requests a run for every integration whose time has come, and moves that time on by the interval (with 5 % of jitter, so that
 * integrations that were connected together part). One transaction each: an index look-up when nothing is due.
 * @returns how many were due.
 */
export const requestDueRuns = async (
  database: Database,
  request: (client: PoolClient, accountId: string, integrationId: string) => Promise<unknown>,
): Promise<number> => {
  for (let due = 0; ; due += 1) {
    const found = await database.transaction(async (client) => {
      const { rows } = await client.query<{ id: string; account_id: string }>({
        name: "next-due",
        text: `
          update integration set
            next_sync_at = now() + make_interval(secs => sync_interval_minutes * 60 * (0.95 + random() * 0.1))
          where id = (
            select id from integration
            where next_sync_at <= now() and (status = 'ACTIVE' or status = 'ERROR' and error_code = any($1))
            order by next_sync_at limit 1 for update skip locked
          )
          returning id, account_id`,
        values: [passingCodes],
      });
      const [integration] = rows;
      if (integration === undefined) return false;
      await request(client, integration.account_id, integration.id);
      return true;
    });
    if (!found) return due;
  }
};
