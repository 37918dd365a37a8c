import { readFileSync } from "node:fs";
import type { UpstreamRequest } from "../contract/index.ts";
import { currentTraceparent } from "./trace.ts";

const packageFile = new URL("../../package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };

/**
 * Ours, which a provider may replace. There is no `accept-encoding`: answers are small, and unpacking costs more than
 * sending them, besides needing a bound of its own.
 */
const userAgent = `guestgraph/${version}`;
const accept = "application/json";

/** The path of a request with its query. */
export const pathOf = ({ pathname, search }: URL, query: UpstreamRequest<unknown>["query"]): string => {
  let path = pathname + search;
  if (query === undefined) return path;
  let separator = search === "" ? "?" : "&";
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    path += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    separator = "&";
  }
  return path;
};

/** The headers as undici takes them fastest: name, value, name, value. */
export const headerListOf = (given: UpstreamRequest<unknown>["headers"], hasBody: boolean): string[] => {
  const list: string[] = [];
  let hasAgent = false;
  let hasAccept = false;
  let hasType = !hasBody;
  for (const name in given) {
    list.push(name, given[name] ?? "");
    const lowerCase = name.toLowerCase();
    hasAgent ||= lowerCase === "user-agent";
    hasAccept ||= lowerCase === "accept";
    hasType ||= lowerCase === "content-type";
  }
  if (!hasAgent) list.push("user-agent", userAgent);
  if (!hasAccept) list.push("accept", accept);
  if (!hasType) list.push("content-type", "application/json");
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) list.push("traceparent", traceparent);
  return list;
};

/**
 * What two reads must have in common to be one call. Held only while the call is under way, because the headers are in it.
 * The time-out is part of it so that whoever joins has no longer to wait than whoever came first.
 */
export const sharingKey = (
  { method, expects, headers }: Pick<UpstreamRequest<unknown>, "method" | "expects" | "headers">,
  origin: string,
  path: string,
  body: string | null,
  timeoutMs: number,
): string => {
  let key = `${method} ${expects} ${timeoutMs} ${origin}${path}\n${body ?? ""}`;
  for (const name in headers) key += `\n${name}: ${headers[name]}`;
  return key;
};
