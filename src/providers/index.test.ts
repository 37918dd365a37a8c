import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { providerById, providers } from "./index.ts";

it("finds every provider by its id, which no other has", () => {
  for (const provider of providers) expect(providerById(provider.id)).toBe(provider);
  expect(new Set(providers.map(({ graphqlName }) => graphqlName)).size).toBe(providers.length);
});

it("says in plain words that there is no such provider", () => {
  expect(() => providerById("gone")).toThrow('This version of Guestgraph has no provider "gone".');
});

it.each(providers.map(({ id }) => id))("has all that %s is made of", (id) => {
  for (const file of ["index.ts", "client.ts", "mapping.ts", "sandbox.ts", `${id}.test.ts`]) {
    expect(existsSync(new URL(`${id}/${file}`, import.meta.url)), file).toBe(true);
  }
  expect(existsSync(new URL(`../../docs/providers/${id}.md`, import.meta.url))).toBe(true);
});
