import type { PoolClient } from "pg";
import type { Identity } from "../contract/index.ts";
import type { GatewayError } from "../errors.ts";

/** Writes on the integration whether it works: ERROR with code and message, or ACTIVE again. A paused one stays paused. */
export const noteHealth = async (
  client: PoolClient,
  accountId: string,
  integrationId: string,
  error: GatewayError | null,
  identity: Identity | null = null,
): Promise<void> => {
  await client.query({
    name: "note-health",
    text: `
      update integration set
        status = case when status = 'INACTIVE' then status when $3::text is null then 'ACTIVE' else 'ERROR' end,
        error_code = $3, error_message = $4, error_at = case when $3::text is null then null else now() end,
        identity = coalesce($5, identity), capabilities = coalesce($6, capabilities), updated_at = now()
      where account_id = $1 and id = $2`,
    values: [
      accountId,
      integrationId,
      error?.code ?? null,
      error === null ? null : (error.details.providerMessage ?? error.message),
      identity === null ? null : JSON.stringify(identity),
      identity?.capabilities ?? null,
    ],
  });
};
