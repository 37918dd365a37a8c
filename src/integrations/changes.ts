import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { addAudit } from "../accounts/audit.ts";
import type { Identity, Json, Provider } from "../contract/index.ts";
import type { Vault } from "../credentials/store.ts";
import type { Database } from "../database/index.ts";
import { GatewayError } from "../errors.ts";
import { appendEvents } from "../events/log.ts";
import { deleteIntegrationRecords } from "../guests/index.ts";
import type { Http } from "../http/index.ts";
import { providerById } from "../providers/index.ts";
import {
  connectionOf,
  findIntegration,
  identityOf,
  placeOfCredentials,
  readCredentials,
  type IntegrationRow,
  type Open,
} from "./open.ts";
import { testConnection, type TestReport } from "./connection-test.ts";
import { noteHealth } from "./health.ts";
import {
  checkCredentials,
  checkGivenSettings,
  checkSettings,
  previewOf,
  refuseSecretsElsewhere,
  type IntegrationSettings,
} from "./input.ts";

/** Whose change it is: the account, and the actor as the audit log names it ("key:<id>"). */
export type Actor = { readonly accountId: string; readonly actor: string };

export type Connecting = IntegrationSettings & {
  readonly providerId: string;
  /** As the user typed them: checked here. */
  readonly credentials: Record<string, unknown>;
};

/** Runs inside the transaction of a change, after it: what must be true together with it (a first sync, say). */
export type Within = (client: PoolClient, integrationId: string) => Promise<void>;

export type Changes = ReturnType<typeof createChanges>;

/** Everything that changes an integration. Each change has its audit entry and its event, in its own transaction. */
export const createChanges = ({
  database,
  vault,
  http,
  open,
  forget,
}: {
  database: Database;
  vault: Vault;
  http: Http;
  open: Open;
  forget: (integrationId: string) => void;
}) => {
  const { pool } = database;

  const rowOf = async (accountId: string, integrationId: string): Promise<IntegrationRow> => {
    const row = await findIntegration(pool, accountId, integrationId);
    if (row === null) throw new GatewayError("INTEGRATION_NOT_FOUND");
    return row;
  };

  /** Tests credentials that are not stored. Calls made for it share nothing with any integration. */
  const testCredentials = (provider: Provider, credentials: Record<string, unknown>): Promise<TestReport> =>
    testConnection(
      connectionOf(http, provider, {
        key: `test/${v7()}`,
        requestsPerSecond: null,
        credentials: () => Promise.resolve(credentials),
      }),
    );

  const change = async (
    actor: Actor,
    integrationId: string,
    action: string,
    details: Json,
    run: (client: PoolClient) => Promise<void>,
    within?: Within,
  ): Promise<void> => {
    await database.transaction(async (client) => {
      await run(client);
      await addAudit(client, { ...actor, action, integrationId, details });
      await within?.(client, integrationId);
      await appendEvents(client, actor.accountId, [
        {
          kind: "integration.changed",
          integrationId,
          subjectId: integrationId,
          payload: { id: integrationId, action },
        },
      ]);
    });
    forget(integrationId);
  };

  return {
    /**
     * Connects a system: checks what was typed, signs in, and only then stores it, sealed.
     * @returns the new integration's id.
     * @throws GatewayError BAD_INPUT with the fields, or what the connection test met; nothing is stored then.
     */
    async connect(actor: Actor, connecting: Connecting, within?: Within): Promise<string> {
      const provider = providerById(connecting.providerId);
      const settings = checkSettings(connecting, provider);
      const credentials = checkCredentials(provider, connecting.credentials);
      const report = await testCredentials(provider, credentials);
      const identity = signedIn(report);
      const id = v7();
      const sealed = await vault.seal(pool, actor.accountId, placeOfCredentials(id), credentials);
      await change(
        actor,
        id,
        "integration.connect",
        { provider: provider.id, name: settings.name },
        async (client) => {
          await client.query(
            `insert into integration (id, account_id, provider, name, sealed_credentials, credential_preview, identity,
             capabilities, default_country, requests_per_second, sync_interval_minutes, next_sync_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(mins => $11), now())`,
            [
              id,
              actor.accountId,
              provider.id,
              settings.name,
              sealed,
              JSON.stringify(previewOf(provider, credentials)),
              JSON.stringify(identity),
              identity.capabilities,
              settings.defaultCountry,
              settings.requestsPerSecond,
              settings.syncIntervalMinutes,
            ],
          );
        },
        within,
      );
      return id;
    },

    /** Tries a connected system as it is stored, and notes on the integration what came of it. */
    async test(actor: Actor, integrationId: string): Promise<TestReport> {
      await rowOf(actor.accountId, integrationId);
      const { connection } = await open(actor.accountId, integrationId);
      const report = await testConnection(connection);
      await change(
        actor,
        integrationId,
        "integration.test",
        { ok: report.error === null, code: report.error?.code ?? null },
        (client) => noteHealth(client, actor.accountId, integrationId, report.error, report.identity),
      );
      return report;
    },

    /**
     * Changes settings, credentials, or both. New credentials are merged over the stored ones (a form does not know the
     * secrets), tested before they are stored, and must belong to the same account of the vendor.
     */
    async update(
      actor: Actor,
      integrationId: string,
      given: IntegrationSettings & { credentials?: Record<string, unknown> | undefined },
    ): Promise<void> {
      const row = await rowOf(actor.accountId, integrationId);
      const provider = providerById(row.provider);
      const settings = checkGivenSettings(given);
      const renewed =
        given.credentials === undefined ? null : await renew(actor.accountId, row, provider, given.credentials);
      const details = { settings: Object.keys(settings), credentials: Object.keys(given.credentials ?? {}) };
      await change(actor, integrationId, "integration.update", details, async (client) => {
        await client.query(
          `update integration set
             name = coalesce($3, name), sync_interval_minutes = coalesce($4, sync_interval_minutes),
             next_sync_at = case when $4::int is null or next_sync_at is null then next_sync_at
                            else least(next_sync_at, now() + make_interval(mins => $4)) end,
             default_country = coalesce($5, default_country),
             requests_per_second = case when $6 then $7 else requests_per_second end, updated_at = now()
           where account_id = $1 and id = $2`,
          [
            actor.accountId,
            integrationId,
            settings.name ?? null,
            settings.syncIntervalMinutes ?? null,
            settings.defaultCountry ?? null,
            settings.requestsPerSecond !== undefined,
            settings.requestsPerSecond ?? null,
          ],
        );
        if (renewed === null) return;
        const { rowCount } = await client.query(
          `update integration set sealed_credentials = $3, credential_preview = $4, identity = $5, capabilities = $6,
             credential_generation = credential_generation + 1,
             status = case when status = 'ERROR' then 'ACTIVE' else status end,
             error_code = null, error_message = null, error_at = null
           where account_id = $1 and id = $2 and credential_generation = $7`,
          [
            actor.accountId,
            integrationId,
            renewed.sealed,
            JSON.stringify(renewed.preview),
            JSON.stringify(renewed.identity),
            renewed.identity.capabilities,
            row.credential_generation,
          ],
        );
        if (rowCount === 0) throw new GatewayError("CONFLICT");
      });
    },

    /** Stops its syncs and live reads until it is resumed. What was synced stays readable. */
    async pause(actor: Actor, integrationId: string): Promise<void> {
      await rowOf(actor.accountId, integrationId);
      await change(actor, integrationId, "integration.pause", {}, async (client) => {
        await client.query(
          "update integration set status = 'INACTIVE', next_sync_at = null, updated_at = now() where account_id = $1 and id = $2",
          [actor.accountId, integrationId],
        );
      });
    },

    async resume(actor: Actor, integrationId: string): Promise<void> {
      await rowOf(actor.accountId, integrationId);
      await change(actor, integrationId, "integration.resume", {}, async (client) => {
        await client.query(
          `update integration set status = 'ACTIVE', next_sync_at = now(), error_code = null, error_message = null,
             error_at = null, updated_at = now()
           where account_id = $1 and id = $2 and status = 'INACTIVE'`,
          [actor.accountId, integrationId],
        );
      });
    },

    /** Deletes it with everything that was synced from it. Guests whom other systems know stay. */
    async remove(actor: Actor, integrationId: string): Promise<void> {
      const row = await rowOf(actor.accountId, integrationId);
      await change(
        actor,
        integrationId,
        "integration.delete",
        { provider: row.provider, name: row.name },
        async (client) => {
          // The row first: it waits for a page that is being written, and no run can write another one after it.
          await client.query("delete from integration where account_id = $1 and id = $2", [
            actor.accountId,
            integrationId,
          ]);
          await deleteIntegrationRecords(client, actor.accountId, integrationId);
        },
      );
    },
  };

  async function renew(accountId: string, row: IntegrationRow, provider: Provider, given: Record<string, unknown>) {
    const stored = await readCredentials(pool, vault, provider, accountId, row.id);
    const credentials = checkCredentials(provider, { ...stored, ...given });
    refuseSecretsElsewhere(provider, { stored, given, credentials });
    const identity = signedIn(await testCredentials(provider, credentials));
    const known = identityOf(row)?.accountId ?? null;
    if (known !== null && identity.accountId !== null && known !== identity.accountId)
      throw new GatewayError("ACCOUNT_MISMATCH");
    const sealed = await vault.seal(pool, accountId, placeOfCredentials(row.id), credentials);
    return { sealed, identity, preview: previewOf(provider, credentials) };
  }
};

/** @throws GatewayError with what the test met, told as it is to whoever connects. */
const signedIn = ({ error, identity }: TestReport): Identity => {
  if (error !== null) throw error;
  if (identity === null) throw new GatewayError("CONNECTION_FAILED");
  return identity;
};
