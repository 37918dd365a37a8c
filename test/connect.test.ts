import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import type { Fault } from "../src/providers/sandbox/index.ts";
import { graphql } from "./graphql/index.ts";
import { connect, connectAndSync, ended, startTestApp, syncAgain, type Sandbox, type TestApp } from "./support/app.ts";

const Stored = graphql(`
  query Stored {
    integrations(first: 100) {
      totalCount
    }
    guests(first: 1) {
      totalCount
    }
  }
`);

const TestIt = graphql(`
  mutation TestIt($id: ID!) {
    testIntegration(id: $id) {
      __typename
      ... on TestIntegrationPayload {
        integration {
          status
          error {
            code
            message
          }
        }
        test {
          ok
          durationMs
          steps {
            name
            ok
            durationMs
            error {
              code
              message
              remedy
            }
          }
        }
      }
      ... on Error {
        code
      }
    }
  }
`);

const Update = graphql(`
  mutation Update($input: UpdateIntegrationInput!) {
    updateIntegration(input: $input) {
      __typename
      ... on IntegrationPayload {
        integration {
          name
          syncIntervalMinutes
          status
        }
      }
      ... on Error {
        code
        message
      }
      ... on InputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

const Pause = graphql(`
  mutation Pause($id: ID!) {
    pauseIntegration(id: $id) {
      __typename
      ... on IntegrationPayload {
        integration {
          status
          nextSyncAt
        }
      }
    }
  }
`);

const Resume = graphql(`
  mutation Resume($id: ID!) {
    resumeIntegration(id: $id) {
      __typename
      ... on IntegrationPayload {
        integration {
          status
        }
      }
    }
  }
`);

const SyncNow = graphql(`
  mutation SyncNow($id: ID!) {
    syncIntegration(id: $id) {
      __typename
      ... on Error {
        code
      }
    }
  }
`);

const Remove = graphql(`
  mutation Remove($id: ID!) {
    deleteIntegration(id: $id) {
      __typename
    }
  }
`);

const Forms = graphql(`
  query Forms {
    providers {
      key
      inputName
      name
      category
      fields {
        name
        label
        help
        secret
        required
        default
      }
      credentialsSchema
      capabilities
      documentationUrl
    }
  }
`);

let app: TestApp;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startIBonusSandbox({ guests: 50 });
  // Short, so that a system that hangs is given up soon.
  app = await startTestApp({ UPSTREAM_TIMEOUT_MS: "1500" });
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const nothingIsStored = async (): Promise<void> => {
  expect(await app.data(Stored, {})).toEqual({ integrations: { totalCount: 0 }, guests: { totalCount: 0 } });
};

describe("a connection that cannot be made stores nothing, and says what to do", () => {
  it("wrong credentials, in the system's own words", async () => {
    const result = await connect(app, { credentials: { ...sandbox.credentials, password: "wrong-password" } });
    expect(result).toMatchObject({
      __typename: "IntegrationError",
      code: "INVALID_CREDENTIALS",
      providerStatus: 401,
      providerMessage: "Full authentication is required to access this resource",
      remedy: expect.stringContaining("credentials"),
    });
    expect(JSON.stringify(result)).not.toContain("wrong-password");
    await nothingIsStored();
  });

  it("a system that is down", async () => {
    const gone = await startIBonusSandbox({ guests: 1 });
    await gone.close();
    expect(await connect(app, gone)).toMatchObject({
      code: "CONNECTION_FAILED",
      remedy: expect.stringContaining("address"),
    });
    await nothingIsStored();
  });

  it.each<[string, Fault, Record<string, unknown>]>([
    ["a system that hangs", { kind: "hang" }, { code: "INTEGRATION_TIMEOUT" }],
    [
      "a web page instead of JSON",
      { kind: "html" },
      { code: "EXTERNAL_SERVICE_ERROR", message: expect.stringContaining("HTML") },
    ],
    ["a gateway's web page", { kind: "html", status: 502 }, { code: "INTEGRATION_UNAVAILABLE", providerStatus: 502 }],
    [
      "429 with Retry-After",
      { kind: "status", status: 429, retryAfterSeconds: 60 },
      { code: "RATE_LIMIT_EXCEEDED", retryAt: expect.any(String) },
    ],
    ["a half-sent body", { kind: "half" }, { code: "EXTERNAL_SERVICE_ERROR" }],
    [
      "500 with the system's words",
      { kind: "status", status: 500 },
      { code: "EXTERNAL_SERVICE_ERROR", providerStatus: 500 },
    ],
  ])("%s", async (_what, fault, expected) => {
    sandbox.setFaults(fault);
    expect(await connect(app, sandbox)).toMatchObject({ __typename: "IntegrationError", ...expected });
    await nothingIsStored();
  });

  it("an address that is not allowed", async () => {
    const result = await connect(app, { credentials: { ...sandbox.credentials, baseUrl: "http://169.254.169.254/" } });
    expect(result).toMatchObject({ code: "ADDRESS_REFUSED" });
    await nothingIsStored();
  });

  it("a form that is not filled in, field by field", async () => {
    const result = await connect(app, { credentials: { ...sandbox.credentials, login: "", baseUrl: "not a url" } });
    expect(result).toMatchObject({ __typename: "InputError", code: "BAD_INPUT" });
    if (result.__typename !== "InputError") throw new Error(result.__typename);
    expect(result.fields.map(({ path }) => path.join("."))).toEqual(
      expect.arrayContaining(["credentials.iBonus.login", "credentials.iBonus.baseUrl"]),
    );
    await nothingIsStored();
  });
});

describe("a connected system", () => {
  it("lists the providers with their set-up forms, in the reader's language", async () => {
    const english = await app.data(Forms, {});
    const iBonus = english.providers.find(({ key }) => key === "i-bonus");
    expect(iBonus?.fields.map(({ name, secret }) => [name, secret])).toEqual([
      ["baseUrl", false],
      ["login", false],
      ["password", true],
    ]);
    const russian = await app.ask(Forms, {}, { language: "ru-RU,ru;q=0.9" });
    expect(russian.data?.providers[0]?.fields.map(({ label }) => label).join()).toMatch(/[А-Яа-я]/);
  });

  it("is tested, updated, paused, resumed and deleted", async () => {
    const id = await connectAndSync(app, sandbox);
    expect((await app.data(Stored, {})).guests.totalCount).toBeGreaterThan(40);

    const good = await app.data(TestIt, { id });
    expect(good.testIntegration).toMatchObject({ test: { ok: true }, integration: { status: "ACTIVE", error: null } });

    sandbox.setFaults({ kind: "credentials" });
    const bad = await app.data(TestIt, { id });
    expect(bad.testIntegration).toMatchObject({
      integration: { status: "ERROR", error: { code: "INVALID_CREDENTIALS" } },
      test: { ok: false, steps: [{ ok: false, error: { code: "INVALID_CREDENTIALS" } }] },
    });
    sandbox.setFaults();

    const wrong = await app.data(Update, { input: { id, credentials: { iBonus: { password: "wrong" } } } });
    expect(wrong.updateIntegration).toMatchObject({ code: "INVALID_CREDENTIALS" });
    // Else whoever may change the address could have the stored password sent to a server of their own.
    const moved = await app.data(Update, {
      input: { id, credentials: { iBonus: { baseUrl: "http://127.0.0.1:1/" } } },
    });
    expect(moved.updateIntegration).toMatchObject({ fields: [{ path: ["credentials", "iBonus", "password"] }] });
    const invalid = await app.data(Update, { input: { id, syncIntervalMinutes: 0, name: " " } });
    expect(invalid.updateIntegration).toMatchObject({
      fields: [{ path: ["name"] }, { path: ["syncIntervalMinutes"] }],
    });
    const right = await app.data(Update, {
      input: {
        id,
        name: "Renamed",
        syncIntervalMinutes: 5,
        credentials: { iBonus: { password: sandbox.credentials.password } },
      },
    });
    expect(right.updateIntegration).toMatchObject({
      integration: { name: "Renamed", syncIntervalMinutes: 5, status: "ACTIVE" },
    });

    const paused = await app.data(Pause, { id });
    expect(paused.pauseIntegration).toMatchObject({ integration: { status: "INACTIVE", nextSyncAt: null } });
    expect((await app.data(SyncNow, { id })).syncIntegration).toMatchObject({ code: "INTEGRATION_DISABLED" });
    const resumed = await app.data(Resume, { id });
    expect(resumed.resumeIntegration).toMatchObject({ integration: { status: "ACTIVE" } });

    sandbox.setFaults({ kind: "credentials" });
    const failed = await syncAgain(app, id);
    expect(failed).toMatchObject({ status: "FAILED", errorCode: "INVALID_CREDENTIALS" });
    expect((await app.data(Stored, {})).guests.totalCount).toBeGreaterThan(40);
    sandbox.setFaults();
    expect(await syncAgain(app, id)).toMatchObject({ status: "SUCCEEDED", created: 0, updated: 0, unchanged: 50 });

    await app.data(Remove, { id });
    await nothingIsStored();
  });

  it("waits for a system in trouble, and goes on", async () => {
    const connected = await connect(app, sandbox);
    if (connected.__typename !== "ConnectIntegrationPayload") throw new Error(JSON.stringify(connected));
    await ended(app, connected.syncRun.id);
    sandbox.setFaults({ kind: "status", status: 429, retryAfterSeconds: 2, times: 1 }, { kind: "half", times: 1 });
    expect(await syncAgain(app, connected.integration.id)).toMatchObject({ status: "SUCCEEDED", unchanged: 50 });
    await app.data(Remove, { id: connected.integration.id });
  });
});

describe("an outgoing call", () => {
  it("continues the caller's trace", async () => {
    const seen: (string | undefined)[] = [];
    const vendor: Server = createServer((request, response) => {
      const { traceparent } = request.headers;
      seen.push(typeof traceparent === "string" ? traceparent : undefined);
      response.setHeader("content-type", "application/json").end("[]");
    });
    await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/`;
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    const query = `mutation { connectIntegration(input: { credentials: { iBonus: { baseUrl: "${baseUrl}", login: "a", password: "b" } } }) { __typename } }`;
    const response = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${app.adminKey}`,
        traceparent: `00-${trace}-00f067aa0ba902b7-01`,
      },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual({
      data: { connectIntegration: { __typename: "ConnectIntegrationPayload" } },
    });
    vendor.close();
    expect(seen[0]).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(seen[0]).not.toContain("00f067aa0ba902b7");
  });
});
