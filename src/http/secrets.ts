import type { UpstreamRequest } from "../contract/index.ts";

const secretName = /pass|secret|token|key|auth|login|sign|cookie|session/i;

/** Shorter ones would blot out ordinary words. */
const shortest = 4;

/** The vendor's words without the secrets that we sent it: some systems repeat the key they refuse. */
export const withoutSecrets = (
  words: string,
  { headers = {}, query = {}, json }: Pick<UpstreamRequest<unknown>, "headers" | "query" | "json">,
): string => {
  const body = typeof json === "object" && json !== null ? json : {};
  const secrets = [headers, query, body]
    .flatMap((named) => Object.entries(named))
    .filter(([name, value]) => secretName.test(name) && typeof value === "string")
    .flatMap(([, value]) => partsOf(value as string))
    .filter((part) => part.length >= shortest)
    // The longest first, or a part of it would be left standing.
    .sort((a, b) => b.length - a.length);
  return secrets.reduce((text, secret) => text.replaceAll(secret, "[hidden]"), words);
};

/** "Bearer abc" may be repeated as "abc", and "Basic …" as the login and the password in it. */
const partsOf = (value: string): string[] => {
  const [scheme = "", credentials] = value.split(" ");
  if (credentials === undefined) return [value];
  const inside = /^basic$/i.test(scheme) ? Buffer.from(credentials, "base64").toString("utf8").split(":") : [];
  return [value, credentials, ...inside.slice(1)];
};
