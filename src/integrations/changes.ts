import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { z } from "zod";
import { addAudit } from "../accounts/audit.ts";
import type { Identity, Json, Provider } from "../contract/index.ts";
import type { Vault } from "../credentials/store.ts";
import { preview } from "../credentials/vault.ts";
import type { Database } from "../database/index.ts";
import { GatewayError, type FieldProblem } from "../errors.ts";
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

/** Whose change it is: the account, and the actor as the audit log names it ("key:<id>"). */
export type Actor = { readonly accountId: string; readonly actor: string };

/** What an operator may set; left out: as it is, or the default. */
export type IntegrationSettings = {
  readonly name?: string | undefined;
  readonly syncIntervalMinutes?: number | undefined;
  readonly defaultCountry?: string | undefined;
  readonly requestsPerSecond?: number | null | undefined;
};

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
             next_sync_at = case when $4::int is null then next_sync_at
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
    const identity = signedIn(await testCredentials(provider, credentials));
    const known = identityOf(row)?.accountId ?? null;
    if (known !== null && identity.accountId !== null && known !== identity.accountId)
      throw new GatewayError("ACCOUNT_MISMATCH");
    const sealed = await vault.seal(pool, accountId, placeOfCredentials(row.id), credentials);
    return { sealed, identity, preview: previewOf(provider, credentials) };
  }
};

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

/** @throws GatewayError with what the test met, told as it is to whoever connects. */
const signedIn = ({ error, identity }: TestReport): Identity => {
  if (error !== null) throw error;
  if (identity === null) throw new GatewayError("CONNECTION_FAILED");
  return identity;
};

const checkCredentials = (provider: Provider, given: Record<string, unknown>): Record<string, unknown> => {
  const result = provider.credentials.safeParse(given);
  if (result.success) return result.data;
  // The same issues in the same order, said in Russian.
  const russian = provider.credentials.safeParse(given, { error: z.locales.ru().localeError }).error?.issues ?? [];
  const fields = result.error.issues.map((issue, index): FieldProblem => ({
    path: ["credentials", provider.graphqlName, ...issue.path.map(String)],
    message: { en: issue.message, ru: russian[index]?.message ?? issue.message },
  }));
  throw new GatewayError("BAD_INPUT", { fields });
};

/** Secrets as previews, the rest as it is. */
const previewOf = (provider: Provider, credentials: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(credentials)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, provider.fields[name]?.secret === false ? String(value) : preview(String(value))]),
  );

const problem = (path: string, en: string, ru: string): FieldProblem => ({ path: [path], message: { en, ru } });

const checkGivenSettings = (given: IntegrationSettings): IntegrationSettings => {
  const fields: FieldProblem[] = [];
  const { name, syncIntervalMinutes, defaultCountry, requestsPerSecond } = given;
  if (name !== undefined && (name.trim() === "" || name.length > 200)) {
    fields.push(problem("name", "Give it a name of 1 to 200 characters.", "Укажите название от 1 до 200 символов."));
  }
  if (syncIntervalMinutes !== undefined && !(syncIntervalMinutes >= 1 && syncIntervalMinutes <= 43_200)) {
    fields.push(
      problem("syncIntervalMinutes", "Must be from 1 minute to 43200 (30 days).", "От 1 минуты до 43200 (30 дней)."),
    );
  }
  if (defaultCountry !== undefined && !/^[A-Z]{2}$/.test(defaultCountry)) {
    fields.push(
      problem(
        "defaultCountry",
        "Must be an ISO 3166 code of two capital letters, such as RU.",
        "Код ISO 3166 из двух заглавных букв, например RU.",
      ),
    );
  }
  if (requestsPerSecond != null && !(requestsPerSecond >= 1 && requestsPerSecond <= 1_000_000)) {
    fields.push(problem("requestsPerSecond", "Must be from 1 to 1000000.", "От 1 до 1000000."));
  }
  if (fields.length > 0) throw new GatewayError("BAD_INPUT", { fields });
  return Object.fromEntries(
    Object.entries({ name: name?.trim(), syncIntervalMinutes, defaultCountry, requestsPerSecond }).filter(
      ([, value]) => value !== undefined,
    ),
  );
};

const checkSettings = (given: IntegrationSettings, provider: Provider) => {
  const settings = checkGivenSettings(given);
  return {
    name: settings.name ?? provider.name,
    syncIntervalMinutes: settings.syncIntervalMinutes ?? 60,
    defaultCountry: settings.defaultCountry ?? "RU",
    requestsPerSecond: settings.requestsPerSecond ?? null,
  };
};
