import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

/** Which rooms a room may use, beside itself. Never the other way: what is not listed here is a wall. */
const mayEnter: Record<string, readonly string[]> = {
  contract: [],
  "errors.ts": ["contract"],
  "config.ts": [],
  "log.ts": [],
  "signals.ts": [],
  database: ["config.ts"],
  http: ["contract", "errors.ts", "config.ts"],
  providers: ["contract", "http", "errors.ts"],
  credentials: ["config.ts"],
  accounts: ["contract", "credentials", "config.ts"],
  events: ["contract", "errors.ts", "database"],
  guests: ["contract", "errors.ts", "database"],
  integrations: [
    "contract",
    "errors.ts",
    "providers",
    "credentials",
    "http",
    "events",
    "accounts",
    "guests",
    "database",
  ],
  sources: ["contract", "errors.ts", "integrations"],
  sync: ["contract", "errors.ts", "integrations", "guests", "events", "database"],
  orders: ["contract", "errors.ts", "integrations", "guests", "events", "accounts", "database"],
  schema: [
    "contract",
    "errors.ts",
    "integrations",
    "sync",
    "orders",
    "sources",
    "guests",
    "events",
    "accounts",
    "credentials",
    "database",
    "providers",
  ],
  server: ["contract", "errors.ts", "schema", "accounts"],
  "app.ts": ["*"],
  "main.ts": ["*"],
  demo: ["*"],
};

const importOf = /(?:from|import)\s+"(\.{1,2}\/[^"]+)"/g;
const roomOf = (path: string): string => path.split("/")[0] ?? "";

const imports = globSync("src/**/*.ts", { exclude: (name) => name.endsWith("generated") })
  .filter((file) => !file.endsWith(".test.ts"))
  .flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(importOf)].map(([, target = ""]) => ({
      from: relative("src", file),
      to: relative("src", join(dirname(file), target)),
    })),
  )
  .filter(({ to }) => roomOf(to) !== "generated");

it("finds the imports", () => expect(imports.length).toBeGreaterThan(100));

it("knows every room", () => {
  expect([...new Set(imports.map(({ from }) => roomOf(from)))].filter((room) => !(room in mayEnter))).toEqual([]);
});

it("keeps the direction of imports", () => {
  const wrong = imports.filter(({ from, to }) => {
    const allowed = mayEnter[roomOf(from)] ?? [];
    return roomOf(from) !== roomOf(to) && !allowed.includes("*") && !allowed.includes(roomOf(to));
  });
  expect(wrong).toEqual([]);
});

it("keeps providers apart: each knows itself and the shared sandbox kit", () => {
  const wrong = imports.filter(({ from, to }) => {
    const [room, provider] = from.split("/");
    const [toRoom, other] = to.split("/");
    return (
      room === "providers" &&
      toRoom === "providers" &&
      provider !== "index.ts" &&
      other !== provider &&
      other !== "sandbox"
    );
  });
  expect(wrong).toEqual([]);
});

it("imports the ways in from nowhere", () => {
  expect(imports.filter(({ to }) => ["main.ts", "demo/main.ts"].includes(to))).toEqual([]);
});
