import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print, type ExecutionResult } from "graphql";
import { createAccount } from "../../src/accounts/accounts.ts";
import { addApiKey, newApiKey } from "../../src/accounts/keys.ts";
import { startApp, type App } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Role } from "../../src/generated/prisma/enums.ts";
import { createLog } from "../../src/log.ts";
import { startIBonusSandbox } from "../../src/providers/i-bonus/sandbox.ts";
import { graphql } from "../graphql/index.ts";
import { createTestDatabase } from "./server.ts";

export type Sandbox = Awaited<ReturnType<typeof startIBonusSandbox>>;

/** A whole gateway on a database of its own, with one account. Close it in `afterAll`. */
export type TestApp = App & {
  readonly accountId: string;
  readonly adminKey: string;
  /** Another key of the account, or of another one. */
  newKey(role: Role, accountId?: string): Promise<string>;
  newAccount(): Promise<{ accountId: string; key: string }>;
  /** Asks over HTTP, as a client does. */
  ask<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: { key?: string; language?: string },
  ): Promise<ExecutionResult<Data>>;
  /** The same, for what must not go wrong. */
  data<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    key?: string,
  ): Promise<Data>;
};

export const startTestApp = async (environment: Record<string, string> = {}): Promise<TestApp> => {
  const database = await createTestDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), "guestgraph-app-"));
  const config = readConfig({
    PORT: "0",
    DATABASE_URL: database.url,
    DATA_DIRECTORY: dataDirectory,
    ALLOWED_NETWORKS: "127.0.0.1",
    DATABASE_POOL: "8",
    ...environment,
  });
  const app = await startApp(config, createLog(process.env["TEST_LOG"] ?? "silent"));
  const { prisma } = app.services.database;
  const newAccount = () => createAccount(prisma, app.services.vault, { name: "Test" });
  const { accountId, key: adminKey } = await newAccount();

  const ask: TestApp["ask"] = async (document, variables, { key = adminKey, language = "en" } = {}) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}`, "accept-language": language },
      body: JSON.stringify({ query: print(document), variables }),
    });
    return (await response.json()) as never;
  };
  return {
    ...app,
    accountId,
    adminKey,
    newAccount,
    async newKey(role, account = accountId) {
      const key = newApiKey();
      await addApiKey(prisma, account, key, { name: role, role });
      return key;
    },
    ask,
    async data(document, variables, key) {
      const { data, errors } = await ask(document, variables, key === undefined ? {} : { key });
      if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
      return data;
    },
    async stop() {
      await app.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

const Connect = graphql(`
  mutation Connect($input: ConnectIntegrationInput!) {
    connectIntegration(input: $input) {
      __typename
      ... on ConnectIntegrationPayload {
        integration {
          id
          status
        }
        syncRun {
          id
        }
      }
      ... on Error {
        code
        message
        remedy
      }
      ... on InputError {
        fields {
          path
          message
        }
      }
      ... on IntegrationError {
        providerMessage
        providerStatus
        retryAt
      }
    }
  }
`);

const Run = graphql(`
  query Run($id: ID!) {
    node(id: $id) {
      ... on SyncRun {
        id
        status
        read
        created
        updated
        unchanged
        failed
        errorCode
        errorMessage
        waitReason
      }
    }
  }
`);

const StartSync = graphql(`
  mutation StartSync($id: ID!) {
    syncIntegration(id: $id) {
      __typename
      ... on SyncIntegrationPayload {
        isNew
        syncRun {
          id
        }
      }
      ... on Error {
        code
      }
    }
  }
`);

/** What `connectIntegration` answers to these credentials. */
export const connect = async (app: TestApp, sandbox: Pick<Sandbox, "credentials">, key?: string) => {
  const input = { credentials: { iBonus: sandbox.credentials }, requestsPerSecond: 100_000 };
  return (await app.data(Connect, { input }, key)).connectIntegration;
};

/** Waits for a run's end. Polls: what is told live has tests of its own. */
export const ended = async (app: TestApp, runId: string, key?: string) => {
  for (;;) {
    const { node } = await app.data(Run, { id: runId }, key);
    if (node == null || !("status" in node)) throw new Error("There is no such run.");
    if (["SUCCEEDED", "FAILED", "CANCELLED"].includes(node.status)) return node;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Connects a sandbox and waits for its first sync. Gives the integration's global id. */
export const connectAndSync = async (
  app: TestApp,
  sandbox: Pick<Sandbox, "credentials">,
  key?: string,
): Promise<string> => {
  const result = await connect(app, sandbox, key);
  if (result.__typename !== "ConnectIntegrationPayload") throw new Error(JSON.stringify(result));
  const run = await ended(app, result.syncRun.id, key);
  if (run.status !== "SUCCEEDED") throw new Error(JSON.stringify(run));
  return result.integration.id;
};

/** Starts a sync and waits for its end. */
export const syncAgain = async (app: TestApp, integrationId: string) => {
  const { syncIntegration } = await app.data(StartSync, { id: integrationId });
  if (syncIntegration.__typename !== "SyncIntegrationPayload") throw new Error(JSON.stringify(syncIntegration));
  return ended(app, syncIntegration.syncRun.id);
};
