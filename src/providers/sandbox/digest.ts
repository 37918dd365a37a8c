import { hash } from "node:crypto";

/** A fingerprint of a set of records: equal for equal records, in whatever order they and their fields are. */
export type Digest = { readonly count: number; readonly sha256: string };

export const digestOf = (records: Iterable<unknown>): Digest => {
  const hashes: string[] = [];
  for (const record of records) hashes.push(hash("sha256", JSON.stringify(sorted(record)), "base64"));
  return { count: hashes.length, sha256: hash("sha256", hashes.sort().join("\n"), "hex") };
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  );
};
