export * from "./answer.ts";
export * from "./digest.ts";
export type { Fault } from "./faults.ts";
export * from "./kit.ts";
export * from "./people.ts";
export * from "./random.ts";
export * from "./router.ts";
