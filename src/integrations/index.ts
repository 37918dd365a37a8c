export {
  createChanges,
  noteHealth,
  type Actor,
  type Changes,
  type Connecting,
  type IntegrationSettings,
} from "./changes.ts";
export { createOpen, type Open, type OpenIntegration } from "./open.ts";
export { type TestReport, type TestStep } from "./connection-test.ts";
