import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../src/demo/client.ts";
import { start } from "./measure.ts";

/** The gateway as `npm start` runs it, in a process of its own, with an embedded database of its own. */
export const startGateway = async (environment: Record<string, string> = {}) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), "guestgraph-bench-"));
  // The embedded server runs as another user when we are root, who has to pass through.
  await chmod(dataDirectory, 0o711);
  const program = await start(
    "src/main.ts",
    [],
    {
      PORT: "0",
      DATA_DIRECTORY: dataDirectory,
      ALLOWED_NETWORKS: "127.0.0.1",
      DATABASE_URL: "",
      ...environment,
    },
    /admin key is in (\S+)[^]*"graphql":"([^"]+)"/,
  );
  const [, keyFile = "", url = ""] = program.ready;
  return {
    url,
    dataDirectory,
    key: (await readFile(keyFile, "utf8")).trim(),
    pid: program.process.pid ?? 0,
    process: program.process,
    async stop() {
      await program.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

/** Connects a sandbox; gives the id of its first sync. */
export const connectSandbox = async (
  client: Client,
  credentials: { baseUrl: string; login: string; password: string },
  { requestsPerSecond }: { requestsPerSecond: number },
): Promise<string> => {
  const { connectIntegration } = await client.ask<{
    connectIntegration: { message?: string; syncRun?: { id: string } };
  }>(
    `mutation ($input: ConnectIntegrationInput!) {
      connectIntegration(input: $input) { ... on Error { message } ... on ConnectIntegrationPayload { syncRun { id } } }
    }`,
    { input: { credentials: { iBonus: credentials }, requestsPerSecond } },
  );
  if (connectIntegration.syncRun === undefined) throw new Error(connectIntegration.message);
  return connectIntegration.syncRun.id;
};

/** Waits for a run to succeed. */
export const waitForSync = async (client: Client, runId: string): Promise<void> => {
  for (;;) {
    const { node } = await client.ask<{ node: { status: string; errorMessage: string | null } }>(
      `query ($id: ID!) { node(id: $id) { ... on SyncRun { status errorMessage } } }`,
      { id: runId },
    );
    if (node.status === "SUCCEEDED") return;
    if (node.status === "FAILED" || node.status === "CANCELLED") throw new Error(node.errorMessage ?? node.status);
    await sleep(100);
  }
};
