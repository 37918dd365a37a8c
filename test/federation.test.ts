import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { connectAndSync, startTestApp, type Sandbox, type TestApp } from "./support/app.ts";

let app: TestApp;
let sandbox: Sandbox;
let integrationId: string;

beforeAll(async () => {
  sandbox = await startIBonusSandbox({ guests: 5 });
  app = await startTestApp();
  integrationId = await connectAndSync(app, sandbox);
});
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

type Answer<Data> = { data?: Data | null; errors?: readonly { extensions?: Record<string, unknown> }[] };

/** `_entities` is asked by routers, and so stands in no document of ours: no types are generated for it. */
const ask = async <Data>(query: string, variables = {}, key = app.adminKey): Promise<Answer<Data>> => {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
};

const Entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Guest { id balances { name } }
    ... on GuestProfile { id externalId }
    ... on SyncRun { id status }
    ... on Integration { id }
  }
}`;

const known = async () => {
  const { data } = await ask<{
    guests: { edges: { node: { id: string; profiles: { id: string }[] } }[] };
    syncRuns: { edges: { node: { id: string } }[] };
  }>(`{
    guests(first: 1) { edges { node { id profiles { id } } } }
    syncRuns(first: 1) { edges { node { id } } }
  }`);
  const guest = data?.guests.edges[0]?.node;
  return [
    { __typename: "Guest", id: guest?.id },
    { __typename: "GuestProfile", id: guest?.profiles[0]?.id },
    { __typename: "SyncRun", id: data?.syncRuns.edges[0]?.node.id },
    { __typename: "Integration", id: integrationId },
  ];
};

describe("_entities", () => {
  it("gives every kind of entity by its global id, the same one twice too", async () => {
    const representations = await known();
    const { data, errors } = await ask(Entities, { representations: [...representations, representations[0]] });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ _entities: [...representations, representations[0]] });
  });

  it("gives null for what is not there, for another type's id and for no id", async () => {
    const nobody = Buffer.from(`Guest:${randomUUID()}`).toString("base64url");
    const ids = [nobody, integrationId, "nonsense", 5];
    const { data } = await ask(Entities, { representations: ids.map((id) => ({ __typename: "Guest", id })) });
    expect(data).toEqual({ _entities: [null, null, null, null] });
  });

  it("gives null for another account's", async () => {
    const representations = await known();
    const { key } = await app.newAccount();
    const { data } = await ask(Entities, { representations }, key);
    expect(data).toEqual({ _entities: [null, null, null, null] });
  });

  it("is priced by how many are asked for", async () => {
    const representations = Array.from({ length: 10_000 }, () => ({ __typename: "Guest", id: "" }));
    const { errors } = await ask(Entities, { representations });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX" });
  });
});
