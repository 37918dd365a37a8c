export * from "./guest.ts";
export * from "./order.ts";
export * from "./provider.ts";
export * from "./text.ts";
export * from "./upstream.ts";
export * from "./values.ts";
