import { writeFile } from "node:fs/promises";
import { printSubgraphSchema } from "@apollo/subgraph";
import { lexicographicSortSchema, printSchema } from "graphql";
import { schema } from "../src/schema/index.ts";

const header = "# Printed from the code by `npm run generate:schema`. Do not edit.\n\n";

/** Prints the graph as clients see it, and as a federation router reads it. */
await writeFile("schema/schema.graphql", `${header}${printSchema(lexicographicSortSchema(schema))}\n`);
await writeFile("schema/subgraph.graphql", `${header}${printSubgraphSchema(lexicographicSortSchema(schema))}\n`);
