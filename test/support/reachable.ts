import pg from "pg";

/** The server on which the tests run a second time. */
export const testServerUrl = process.env.TEST_DATABASE_URL || "postgresql://postgres@127.0.0.1:5432/postgres";

/** Why the server cannot be used, or null when it answers. */
export const whyUnreachable = async (): Promise<string | null> => {
  const client = new pg.Client({ connectionString: testServerUrl, connectionTimeoutMillis: 3_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error && error.message !== "" ? error.message : String(error);
  } finally {
    await client.end();
  }
};
