import { readFile } from "node:fs/promises";
import { composeServices } from "@theguild/federation-composition";
import { printSubgraphSchema } from "@apollo/subgraph";
import { isObjectType, lexicographicSortSchema, parse, printSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { exampleFile } from "../src/config.ts";
import { errorCodes } from "../src/errors.ts";
import { schema } from "../src/schema/index.ts";

const sorted = lexicographicSortSchema(schema);
const read = (path: string): Promise<string> => readFile(path, "utf8");

describe("what is printed from the code", () => {
  it("is the graph", async () => expect(await read("schema/schema.graphql")).toContain(printSchema(sorted)));
  it("is the subgraph", async () =>
    expect(await read("schema/subgraph.graphql")).toContain(printSubgraphSchema(sorted)));
  it("is .env.example", async () => expect(await read(".env.example")).toBe(exampleFile()));
  it("is docs/errors.md", async () => {
    const errors = await read("docs/errors.md");
    expect(errorCodes.filter((code) => !errors.includes(`\`${code}\``))).toEqual([]);
  });
});

describe("federation", () => {
  it("composes with a subgraph that extends our guests", () => {
    const other = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key"])
      type Guest @key(fields: "id") { id: ID! favouriteTable: String }
      type Query { tables: [String!]! }`;
    const { errors, supergraphSdl } = composeServices([
      { name: "guestgraph", url: "http://localhost/a", typeDefs: parse(printSubgraphSchema(schema)) },
      { name: "tables", url: "http://localhost/b", typeDefs: parse(other) },
    ]) as { errors?: { message: string }[]; supergraphSdl?: string };
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain("favouriteTable");
  });

  it("has a key on each entity", async () => {
    const sdl = await read("schema/subgraph.graphql");
    for (const type of ["Guest", "GuestProfile", "Integration", "Order", "SyncRun"]) {
      expect(sdl).toMatch(new RegExp(`type ${type} implements Node[^{]*@key\\(fields: "id"\\)`));
    }
  });
});

describe("Relay", () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const connections = types.filter(({ name }) => name.endsWith("Connection"));

  it("has connections with pageInfo, edges and totalCount", () => {
    expect(connections.length).toBeGreaterThan(4);
    for (const connection of connections) {
      expect(Object.keys(connection.getFields()).sort()).toEqual(expect.arrayContaining(["edges", "pageInfo"]));
    }
  });

  it("pages every connection both ways by the usual arguments", () => {
    const fields = types.flatMap((type) => Object.values(type.getFields()));
    const paged = fields.filter(({ type }) => String(type).endsWith("Connection!"));
    expect(paged.length).toBeGreaterThan(4);
    for (const { args } of paged) {
      expect(args.map(({ name }) => name)).toEqual(expect.arrayContaining(["first", "after", "last", "before"]));
    }
  });
});
