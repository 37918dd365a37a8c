import { defineConfig } from "vitest/config";
import { describeServer } from "./src/database/errors.ts";
import { testServerUrl, whyUnreachable } from "./test/support/reachable.ts";

const everything = ["test/**/*.test.ts", "src/**/*.test.ts", "scripts/**/*.test.ts"];
const withDatabase = ["test/**/*.test.ts", "src/**/*.db.test.ts"];

const project = (name: string, include: string[]) => ({
  extends: true as const,
  test: { name, include, globalSetup: "test/support/global-setup.ts" },
});

/**
 * Everything runs on the embedded PostgreSQL, and what touches the database once more on a server (TEST_DATABASE_URL). When
 * there is none, its half is left out and says so; REQUIRE_SERVICES=1 makes that an error.
 */
export default defineConfig(async () => {
  const reason = await whyUnreachable();
  if (reason !== null) {
    const message = `No PostgreSQL server at ${describeServer(testServerUrl)} (${reason}).`;
    if (process.env.REQUIRE_SERVICES === "1") throw new Error(`${message} REQUIRE_SERVICES=1 asks for one.`);
    console.warn(`\n!!! ${message} The tests run on the embedded one ONLY.\n`);
  }
  return {
    // Node finds graphql's CommonJS build and vite its ES modules: two copies, whose errors are foreign to each other.
    resolve: { alias: { graphql: "graphql/index.js" } },
    test: {
      projects: [project("embedded", everything), ...(reason === null ? [project("server", withDatabase)] : [])],
      maxWorkers: 2,
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  };
});
