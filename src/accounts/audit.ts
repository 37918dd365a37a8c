import type { PoolClient } from "pg";
import { v7 } from "uuid";
import type { Json } from "../contract/values.ts";

/** One line of the audit log. `details` never hold a secret. */
export type AuditEntry = {
  readonly accountId: string;
  /** "key:<id>", or "system". */
  readonly actor: string;
  /** "integration.connect", "order.create" … */
  readonly action: string;
  readonly integrationId?: string | null;
  readonly details: Json;
};

/** Writes it in the transaction of the change itself: there is no change without its entry. */
export const addAudit = async (
  client: PoolClient,
  { accountId, actor, action, integrationId = null, details }: AuditEntry,
): Promise<void> => {
  await client.query({
    name: "add-audit",
    text: "insert into audit_entry (id, account_id, actor, action, integration_id, details) values ($1, $2, $3, $4, $5, $6)",
    values: [v7(), accountId, actor, action, integrationId, JSON.stringify(details)],
  });
};
