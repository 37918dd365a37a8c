import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// `prisma generate` asks for the schema engine's binary, which it does not use: the client is TypeScript and WebAssembly.
// Any file that exists keeps it from downloading one. Migrations go through the engine's WebAssembly build (npm run db:*).
process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= fileURLToPath(import.meta.url);

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
