import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEmptyDatabase, createTestDatabase, execute, type TestDatabase } from "../../test/support/server.ts";
import { withEngine } from "./migrations/engine.ts";
import { applyMigrations, createMigration, diffMigration, migrationStatus, resolveMigration } from "./migrations.ts";

vi.mock("./migrations/engine.ts", async (original) => {
  const engine = await original<typeof import("./migrations/engine.ts")>();
  return { ...engine, withEngine: vi.fn(engine.withEngine) };
});

const datamodel = (fields: string): string => `
datasource db {
  provider = "postgresql"
}

model Guest {
  id    String @id @db.Uuid
  name  String
  email String?
  ${fields}
}
`;

/** What Prisma's language cannot say. The comment and the bodies hold semicolons, at which nothing may be cut. */
const byHand = `-- search; by words
CREATE INDEX guest_words ON "Guest" USING gin (to_tsvector('simple', name));
CREATE UNIQUE INDEX guest_email_once ON "Guest" (lower(email)) WHERE email <> ';';
CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := trim(NEW.name); RETURN NEW; END $$;
CREATE TRIGGER tidy BEFORE INSERT ON "Guest" FOR EACH ROW EXECUTE FUNCTION tidy();
ALTER TABLE "Guest" ADD CONSTRAINT named CHECK (name <> '');
`;

describe("migrations", () => {
  let database: TestDatabase;
  let place: string;
  let folder: string;
  let schema: string;

  const write = async (name: string, sql: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "migration.sql"), sql);
  };

  beforeEach(async () => {
    database = await createEmptyDatabase();
    place = await mkdtemp(join(tmpdir(), "guestgraph-migrations-"));
    folder = join(place, "migrations");
    schema = join(place, "schema.prisma");
    await writeFile(schema, datamodel(""));
    await write("20260101000000_first", 'CREATE TABLE "Guest" (id uuid NOT NULL, name text NOT NULL, email text);');
    await write("20260102000000_key", 'ALTER TABLE "Guest" ADD CONSTRAINT "Guest_pkey" PRIMARY KEY (id);');
    vi.mocked(withEngine).mockClear();
  });
  afterEach(async () => {
    await database.drop();
    await rm(place, { recursive: true });
  });

  it("are applied in order, and then the engine is not asked again", async () => {
    expect(await applyMigrations(database.url, { folder })).toEqual(["20260101000000_first", "20260102000000_key"]);
    expect(withEngine).toHaveBeenCalledOnce();
    expect(await applyMigrations(database.url, { folder })).toEqual([]);
    expect(withEngine).toHaveBeenCalledOnce();
  });

  it("are applied once by two processes that start at once", async () => {
    const program = `
      const { applyMigrations } = await import(${JSON.stringify(new URL("migrations.ts", import.meta.url).href)});
      console.log((await applyMigrations(${JSON.stringify(database.url)}, ${JSON.stringify({ folder })})).length);`;
    const apply = (): Promise<string> =>
      text(
        spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] })
          .stdout,
      );
    expect((await Promise.all([apply(), apply()])).toSorted()).toEqual(["0\n", "2\n"]);
  });

  it("show what changed in the data model, and write it as the next migration", async () => {
    expect(await diffMigration(database.url, { folder, schema })).toBeNull();
    await writeFile(schema, datamodel("phone String? @unique"));
    const path = await createMigration(database.url, "phone", { folder, schema });
    expect(path).toMatch(/\d{14}_phone.migration\.sql$/);
    expect(await readFile(path ?? "", "utf8")).toContain('ALTER TABLE "Guest" ADD COLUMN     "phone" TEXT');
    expect(await readdir(folder)).toContain("migration_lock.toml");
    expect(await diffMigration(database.url, { folder, schema })).toBeNull();
    expect(await createMigration(database.url, "nothing", { folder, schema })).toBeNull();
  });

  it("may hold what Prisma cannot express, without drift", async () => {
    await write("20260103000000_by_hand", byHand);
    expect(await diffMigration(database.url, { folder, schema })).toBeNull();
    await applyMigrations(database.url, { folder });
    await expect(
      execute(database.url, `INSERT INTO "Guest" VALUES ('00000000-0000-0000-0000-000000000001', ' ')`),
    ).rejects.toThrow('violates check constraint "named"');
  });

  it("show a table or a plain index that the data model lacks", async () => {
    await write("20260103000000_more", 'CREATE INDEX extra ON "Guest" (name);');
    expect(await diffMigration(database.url, { folder, schema })).toContain('DROP INDEX "extra"');
  });

  it("leave nothing behind when one fails, say what to do, and go on when that is done", async () => {
    const name = "20260103000000_wrong";
    await write(name, 'ALTER TABLE "Guest" ADD COLUMN phone text; SELECT 1/0;');
    await expect(applyMigrations(database.url, { folder })).rejects.toThrow(
      /wrong did not finish: .*division by zero/s,
    );
    await expect(applyMigrations(database.url, { folder })).rejects.toThrow(`db:resolve -- ${name} rolled-back`);
    expect((await migrationStatus(database.url, { folder })).failed).toEqual([
      { name, reason: "Error querying the database: ERROR: division by zero" },
    ]);
    await write(name, 'ALTER TABLE "Guest" ADD COLUMN phone text;');
    await resolveMigration(database.url, name, "rolled-back", { folder });
    expect(await applyMigrations(database.url, { folder })).toEqual([name]);
  });

  it("refuse a database of a newer version", async () => {
    await applyMigrations(database.url, { folder });
    await rm(join(folder, "20260102000000_key"), { recursive: true });
    await expect(applyMigrations(database.url, { folder })).rejects.toThrow(
      "made by a newer version of Guestgraph: it has 20260102000000_key",
    );
  });

  it("name those that were edited after they were applied", async () => {
    await applyMigrations(database.url, { folder });
    await write("20260102000000_key", "SELECT 1;");
    expect((await migrationStatus(database.url, { folder })).edited).toEqual(["20260102000000_key"]);
  });
});

describe("the project's migrations", () => {
  it("make what prisma/schema.prisma describes", async () => {
    const { url, drop } = await createTestDatabase();
    expect(await diffMigration(url)).toBeNull();
    await drop();
  });
});
