import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createAccount, hasAccounts } from "../accounts/accounts.ts";
import { addApiKey, createKeyReader, newApiKey } from "../accounts/keys.ts";
import { startApp } from "../app.ts";
import { ConfigError, readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { startIBonusSandbox } from "../providers/i-bonus/sandbox.ts";
import type { Services } from "../schema/context.ts";
import { untilSignal } from "../signals.ts";
import { createClient, type Client } from "./client.ts";
import { showProgress, type RunProgress } from "./progress.ts";

/** What only the demo reads from the environment. */
const demoSettings = (environment: NodeJS.ProcessEnv) => {
  const guests = environment["DEMO_GUESTS"] || "2000";
  const apiKey = environment["DEMO_API_KEY"] || undefined;
  const problems = [
    ...(/^\d{1,7}$/.test(guests) ? [] : ["DEMO_GUESTS must be a whole number up to 9999999"]),
    ...(apiKey === undefined || /^[\w-]{16,200}$/.test(apiKey)
      ? []
      : ["DEMO_API_KEY must have 16 to 200 letters, digits, _ or -"]),
  ];
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return { guests: Number(guests), apiKey };
};

/** The key of the last demo, or a new one; kept so that GraphiQL in an open tab goes on working. */
const keptKey = async (dataDirectory: string): Promise<string> => {
  const path = join(dataDirectory, "demo.key");
  const kept = await readFile(path, "utf8").catch(() => "");
  if (kept.trim() !== "") return kept.trim();
  const key = newApiKey();
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
};

const settleAccount = async ({ database, vault }: Services, key: string): Promise<void> => {
  if (!(await hasAccounts(database.pool))) {
    await createAccount(database.prisma, vault, { name: "Demo restaurants", key });
    return;
  }
  if ((await createKeyReader(database.pool)(key)) !== null) return;
  const { id } = await database.prisma.account.findFirstOrThrow({ orderBy: { createdAt: "asc" } });
  await addApiKey(database.prisma, id, key, { name: "Demo key", role: "ADMIN" });
};

type Credentials = { baseUrl: string; login: string; password: string };
type Problem = { __typename: string; message?: string; fields?: { message: string }[] };

const refuseProblem = <Payload extends { __typename: string }>(result: Payload | Problem): Payload => {
  if ("message" in result && result.message !== undefined) {
    throw new Error([result.message, ...(result.fields ?? []).map(({ message }) => message)].join(" "));
  }
  return result as Payload;
};

const problem = `... on Error { message } ... on InputError { fields { message } }`;

/** Connects the sandbox, or, when an earlier demo did, tells the integration where it is now. Gives the integration's id. */
const connect = async (client: Client, credentials: Credentials): Promise<string> => {
  const { integrations } = await client.ask<{ integrations: { edges: { node: { id: string } }[] } }>(
    `{ integrations(first: 1, filter: { provider: "i-bonus" }) { edges { node { id } } } }`,
  );
  const known = integrations.edges[0]?.node.id;
  if (known === undefined) {
    const { connectIntegration } = await client.ask<{
      connectIntegration: { __typename: string; integration: { id: string } };
    }>(
      `mutation ($credentials: CredentialsInput!) {
        connectIntegration(input: { name: "Loyalty (sandbox)", credentials: $credentials }) {
          __typename ... on ConnectIntegrationPayload { integration { id } } ${problem}
        }
      }`,
      { credentials: { iBonus: credentials } },
    );
    return refuseProblem(connectIntegration).integration.id;
  }
  const { updateIntegration } = await client.ask<{ updateIntegration: { __typename: string } }>(
    `mutation ($id: ID!, $credentials: CredentialsChange) {
      updateIntegration(input: { id: $id, credentials: $credentials }) { __typename ${problem} }
    }`,
    { id: known, credentials: { iBonus: credentials } },
  );
  refuseProblem(updateIntegration);
  return known;
};

const syncAndShow = async (client: Client, id: string, guests: number): Promise<void> => {
  const { syncIntegration } = await client.ask<{
    syncIntegration: { __typename: string; syncRun: { id: string } };
  }>(
    `mutation ($id: ID!) { syncIntegration(id: $id) { __typename ... on SyncIntegrationPayload { syncRun { id } } ${problem} } }`,
    { id },
  );
  const runId = refuseProblem(syncIntegration).syncRun.id;
  await showProgress(runsOf(client, runId), "Syncing i-bonus", guests);
};

async function* runsOf(client: Client, runId: string): AsyncGenerator<RunProgress, void> {
  const changes = client.watch<{ syncProgress: { run: RunProgress } }>(
    `subscription ($runId: ID!) {
      syncProgress(runId: $runId) { run { id status read waitReason errorMessage } }
    }`,
    { runId },
  );
  for await (const { syncProgress } of changes) yield syncProgress.run;
}

const firstQuery = `{
  guests(first: 3) {
    edges {
      node {
        name
        phone
        balances { available { __typename ... on Money { amount currency } ... on Points { amount } } }
        coupons { header expiresAt }
      }
    }
  }
}`;

const main = async (): Promise<void> => {
  const started = Date.now();
  const { guests, apiKey } = demoSettings(process.env);
  const dataDirectory = resolve(process.env["DATA_DIRECTORY"] ?? ".guestgraph/demo");
  const allowed = [process.env["ALLOWED_NETWORKS"] ?? "", "127.0.0.1"].filter((part) => part !== "").join(",");
  const config = readConfig({
    LOG_LEVEL: "warn",
    ...process.env,
    DATA_DIRECTORY: dataDirectory,
    ALLOWED_NETWORKS: allowed,
  });
  const key = apiKey ?? (await keptKey(dataDirectory));

  process.stdout.write("Starting the database, the i-bonus sandbox and the gateway …\n");
  const signalled = untilSignal();
  const sandbox = await startIBonusSandbox({ guests });
  const app = await startApp(config, createLog(config.LOG_LEVEL), {
    shownKey: key,
    prepare: (services) => settleAccount(services, key),
  });
  try {
    const client = createClient(`${app.url}/graphql`, key);
    const synced = (async () => syncAndShow(client, await connect(client, sandbox.credentials), guests))();
    // Whoever stops the demo early does not care how the sync ended.
    synced.catch(() => undefined);
    const early = await Promise.race([synced, signalled]);
    await client.close();
    if (early !== undefined) return;
    process.stdout.write(`
Ready after ${((Date.now() - started) / 1000).toFixed(1)} s.

  GraphiQL       ${app.url}/graphql   (open it in a browser; the key is filled in)
  Demo API key   ${key}

A first query, for GraphiQL:

${firstQuery}

The same with curl:

curl -s ${app.url}/graphql -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
  -d '${JSON.stringify({ query: firstQuery.replace(/\s+/g, " ") })}'

Stop with Ctrl-C.
`);
    await signalled;
  } finally {
    process.stdout.write("\nStopping …\n");
    await app.stop();
    await sandbox.close();
    process.stdout.write("Stopped.\n");
  }
};

try {
  await main();
  process.exit();
} catch (error) {
  const lead = error instanceof ConfigError ? "The configuration is wrong:\n" : "";
  process.stderr.write(`${lead}${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
