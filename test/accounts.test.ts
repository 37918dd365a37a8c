import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { graphql } from "./graphql/index.ts";
import { connectAndSync, startTestApp, type Sandbox, type TestApp } from "./support/app.ts";

const Everything = graphql(`
  query Everything {
    viewer {
      role
      account {
        name
      }
    }
    integrations(first: 100) {
      totalCount
      edges {
        node {
          id
        }
      }
    }
    guests(first: 5) {
      totalCount
      edges {
        node {
          id
          profiles {
            id
          }
        }
      }
    }
    syncRuns(first: 5) {
      totalCount
      edges {
        node {
          id
        }
      }
    }
    orders(first: 5) {
      totalCount
    }
  }
`);

const Nodes = graphql(`
  query Nodes($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
    }
  }
`);

const Sync = graphql(`
  mutation SyncIt($id: ID!) {
    syncIntegration(id: $id) {
      __typename
      ... on Error {
        code
      }
    }
  }
`);

const Delete = graphql(`
  mutation DeleteIt($id: ID!) {
    deleteIntegration(id: $id) {
      __typename
      ... on Error {
        code
      }
    }
  }
`);

const Secrets = graphql(`
  query Secrets {
    integrations(first: 1) {
      edges {
        node {
          credentials {
            name
            secret
            preview
          }
        }
      }
    }
    guests(first: 3) {
      edges {
        node {
          coupons {
            token
          }
          profiles {
            raw
          }
        }
      }
    }
  }
`);

const Keys = graphql(`
  query Keys {
    apiKeys {
      edges {
        node {
          name
          prefix
        }
      }
    }
  }
`);

const CreateKey = graphql(`
  mutation CreateKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      __typename
      ... on CreateApiKeyPayload {
        key
        apiKey {
          id
          prefix
        }
      }
    }
  }
`);

const RevokeKey = graphql(`
  mutation RevokeKey($id: ID!) {
    revokeApiKey(id: $id) {
      __typename
    }
  }
`);

let app: TestApp;
let sandbox: Sandbox;
let integrationId: string;

beforeAll(async () => {
  sandbox = await startIBonusSandbox({ guests: 10 });
  app = await startTestApp();
  integrationId = await connectAndSync(app, sandbox);
});
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

describe("two accounts", () => {
  it("see nothing of each other: another's ids answer as if they did not exist", async () => {
    const mine = await app.data(Everything, {});
    expect(mine.guests.totalCount).toBe(10);
    const stranger = (await app.newAccount()).key;
    const theirs = await app.data(Everything, {}, stranger);
    expect(theirs).toMatchObject({
      integrations: { totalCount: 0, edges: [] },
      guests: { totalCount: 0, edges: [] },
      syncRuns: { totalCount: 0, edges: [] },
      orders: { totalCount: 0 },
    });
    const ids = [
      ...mine.integrations.edges.map(({ node }) => node.id),
      ...mine.syncRuns.edges.map(({ node }) => node.id),
      ...mine.guests.edges.flatMap(({ node }) => [node.id, ...node.profiles.map(({ id }) => id)]),
    ];
    expect(ids.length).toBeGreaterThan(10);
    expect((await app.data(Nodes, { ids })).nodes.map((node) => node?.id)).toEqual(ids);
    expect((await app.data(Nodes, { ids }, stranger)).nodes).toEqual(ids.map(() => null));
    expect((await app.data(Sync, { id: integrationId }, stranger)).syncIntegration).toEqual({
      __typename: "NotFoundError",
      code: "INTEGRATION_NOT_FOUND",
    });
    expect((await app.data(Delete, { id: integrationId }, stranger)).deleteIntegration).toEqual({
      __typename: "NotFoundError",
      code: "INTEGRATION_NOT_FOUND",
    });
    expect((await app.data(Everything, {})).guests.totalCount).toBe(10);
  });

  it("take rubbish for an id of nothing", async () => {
    const ids = [
      "rubbish",
      Buffer.from("Guest:rubbish").toString("base64url"),
      Buffer.from("Guest:'; --").toString("base64"),
    ];
    const { data } = await app.ask(Nodes, { ids: ids.slice(1) });
    expect(data?.nodes).toEqual([null, null]);
  });
});

describe("roles", () => {
  it("let a reader read, and neither change nor see what is as good as money", async () => {
    const reader = await app.newKey("READER");
    expect((await app.data(Everything, {}, reader)).viewer.role).toBe("READER");
    const { errors } = await app.ask(Sync, { id: integrationId }, { key: reader });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const seen = await app.ask(Secrets, {}, { key: reader });
    expect(JSON.stringify(seen)).not.toMatch(/[0-9a-f]{32}/);
    expect(seen.errors).toMatchObject([{ path: ["integrations", "edges", 0, "node", "credentials"] }]);
    const operator = await app.newKey("OPERATOR");
    const all = await app.data(Secrets, {}, operator);
    expect(JSON.stringify(all.guests)).toMatch(/[0-9a-f]{32}/);
  });

  it("show of a stored secret a preview only", async () => {
    const { integrations } = await app.data(Secrets, {});
    const credentials = integrations.edges[0]?.node.credentials ?? [];
    expect(credentials.find(({ name }) => name === "login")?.preview).toBe(sandbox.credentials.login);
    const password = credentials.find(({ name }) => name === "password");
    expect(password).toMatchObject({ secret: true });
    expect(password?.preview).not.toContain(sandbox.credentials.password.slice(0, -4));
    expect(password?.preview.length).toBeLessThan(6);
  });

  it("keep keys for admins; a new key works, and a revoked one soon does not", async () => {
    const operator = await app.newKey("OPERATOR");
    expect((await app.ask(Keys, {}, { key: operator })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const { createApiKey } = await app.data(CreateKey, { input: { name: "Till 7", role: "READER" } });
    if (createApiKey.__typename !== "CreateApiKeyPayload") throw new Error(createApiKey.__typename);
    expect((await app.data(Everything, {}, createApiKey.key)).viewer.role).toBe("READER");
    const listed = await app.data(Keys, {});
    expect(listed.apiKeys.edges.map(({ node }) => node.prefix)).toContain(createApiKey.apiKey.prefix);
    expect(JSON.stringify(listed)).not.toContain(createApiKey.key);
    await app.data(RevokeKey, { id: createApiKey.apiKey.id });
    await expect
      .poll(async () => (await app.ask(Everything, {}, { key: createApiKey.key })).errors?.[0]?.extensions?.["code"], {
        timeout: 10_000,
      })
      .toBe("UNAUTHENTICATED");
  });
});
