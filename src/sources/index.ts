export { createLive, type Live, type LiveKind, type LiveKinds } from "./live.ts";
export { createSources, type Sources } from "./loaders.ts";
