export { createChanges, type Actor, type Changes, type Connecting } from "./changes.ts";
export { type TestReport, type TestStep } from "./connection-test.ts";
export { noteHealth } from "./health.ts";
export { type IntegrationSettings } from "./input.ts";
export { createOpen, type Open, type OpenIntegration } from "./open.ts";
