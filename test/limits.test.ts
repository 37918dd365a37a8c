import { isObjectType, parse } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../src/schema/index.ts";
import { startTestApp, type TestApp } from "./support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const codeOf = async (query: string, variables: Record<string, unknown> = {}): Promise<unknown> => {
  const { errors } = await app.ask(parse(query), variables);
  return errors?.[0]?.extensions?.["code"] ?? null;
};

const lists = Object.values(schema.getQueryType()?.getFields() ?? {})
  .filter(({ args }) => args.some(({ name }) => name === "first"))
  .map(({ name }) => name);

it("knows the lists", () =>
  expect(lists).toEqual(expect.arrayContaining(["guests", "integrations", "orders", "syncRuns"])));

it.each(lists)("%s gives pages of 100 at most, and says so", async (list) => {
  expect(await codeOf(`{ ${list}(first: 100) { pageInfo { hasNextPage } } }`)).toBeNull();
  for (const page of ["first: 101", "last: 101", "first: 1000000", "first: -1", "first: 1, last: 1"]) {
    expect(await codeOf(`{ ${list}(${page}) { pageInfo { hasNextPage } } }`)).toBe("BAD_INPUT");
  }
  expect(await codeOf(`{ ${list}(first: 1, after: "rubbish") { pageInfo { hasNextPage } } }`)).toBe("BAD_INPUT");
});

it("knows every type that has a connection", () => {
  const connections = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.name.endsWith("Connection"),
  );
  expect(connections).toHaveLength(lists.length);
});

it("refuses documents that would cost too much", async () => {
  const deep = `{ guests(first: 100) { edges { node { ${"profiles { guest { ".repeat(5)} id ${"} }".repeat(5)} } } } }`;
  expect(await codeOf(deep)).toBe("QUERY_TOO_COMPLEX");
  const ids = Array.from({ length: 100_001 }, () => "R3Vlc3Q6MQ");
  expect(await codeOf(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids })).toBe("QUERY_TOO_COMPLEX");
});
