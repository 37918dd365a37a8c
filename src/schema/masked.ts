import type { Json } from "../contract/index.ts";

const mask = "…";

const maskAt = (value: Json, [step, ...rest]: readonly string[]): Json => {
  if (step === undefined) return value === null ? null : mask;
  if (Array.isArray(value)) return value.map((item) => maskAt(item, [step, ...rest]));
  if (value === null || typeof value !== "object" || !(step in value)) return value;
  return { ...value, [step]: maskAt(value[step] ?? null, rest) };
};

/** The vendor's object without what is as good as money in it. Paths are dotted; they go through every item of a list. */
export const masked = (value: Json, secretPaths: readonly string[]): Json =>
  secretPaths.reduce((rest, path) => maskAt(rest, path.split(".")), value);
