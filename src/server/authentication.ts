import Negotiator from "negotiator";
import type { Caller } from "../accounts/keys.ts";
import type { Language } from "../contract/text.ts";

/** Finds out who holds an API key; null for a key that does not (or no longer) exist. */
export type ReadKey = (key: string) => Promise<Caller | null>;

const bearer = /^Bearer\s+(\S+)$/i;

/** The key in `Authorization: Bearer <key>` or `X-API-Key: <key>`; null when there is none. */
export const keyInHeaders = (header: (name: string) => string | null | undefined): string | null =>
  bearer.exec(header("authorization") ?? "")?.[1] ?? header("x-api-key") ?? null;

/** The key in a WebSocket's `connectionParams`: `{ apiKey }`, or the headers' names as above. */
export const keyInParams = (params: Readonly<Record<string, unknown>> | undefined): string | null => {
  const byName = new Map(Object.entries(params ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | undefined => {
    const value = byName.get(name);
    return typeof value === "string" ? value : undefined;
  };
  return text("apikey") ?? keyInHeaders(text);
};

/** The language that a person prefers, of those we speak. */
export const languageOf = (acceptLanguage: string | null | undefined): Language =>
  new Negotiator({ headers: { "accept-language": acceptLanguage ?? "en" } }).language(["en", "ru"]) === "ru"
    ? "ru"
    : "en";
