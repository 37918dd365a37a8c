import { z } from "zod";
import type { Provider } from "../contract/index.ts";
import { preview } from "../credentials/vault.ts";
import { GatewayError, type FieldProblem } from "../errors.ts";

/** What an operator may set; left out: as it is, or the default. */
export type IntegrationSettings = {
  readonly name?: string | undefined;
  readonly syncIntervalMinutes?: number | undefined;
  readonly defaultCountry?: string | undefined;
  readonly requestsPerSecond?: number | null | undefined;
};

/** What a user typed, checked. @throws GatewayError BAD_INPUT with every field that is wrong. */
export const checkCredentials = (provider: Provider, given: Record<string, unknown>): Record<string, unknown> => {
  const result = provider.credentials.safeParse(given);
  if (result.success) return result.data;
  // The same issues in the same order, said in Russian.
  const russian = provider.credentials.safeParse(given, { error: z.locales.ru().localeError }).error?.issues ?? [];
  const fields = result.error.issues.map((issue, index): FieldProblem => ({
    path: ["credentials", provider.graphqlName, ...issue.path.map(String)],
    message: { en: issue.message, ru: russian[index]?.message ?? issue.message },
  }));
  throw new GatewayError("BAD_INPUT", { fields });
};

const originOf = (value: unknown): string | null =>
  typeof value === "string" && /^https?:/i.test(value) && URL.canParse(value) ? new URL(value).origin : null;

/**
 * Stored secrets go only where they were given for: whoever changes an address gives them again. Otherwise an operator could
 * read a secret by pointing the integration at a server of their own.
 * @throws GatewayError BAD_INPUT with every secret that is missing.
 */
export const refuseSecretsElsewhere = (
  provider: Provider,
  {
    stored,
    given,
    credentials,
  }: Readonly<Record<"stored" | "given" | "credentials", Readonly<Record<string, unknown>>>>,
): void => {
  const entries = Object.entries(provider.fields);
  const moved = entries.some(([name]) => originOf(stored[name]) !== originOf(credentials[name]));
  if (!moved) return;
  const fields = entries
    .filter(([name, { secret }]) => secret && stored[name] != null && given[name] == null)
    .map(([name]): FieldProblem => ({
      path: ["credentials", provider.graphqlName, name],
      message: {
        en: "The address changes: give this secret again.",
        ru: "Адрес меняется: введите это значение заново.",
      },
    }));
  if (fields.length > 0) throw new GatewayError("BAD_INPUT", { fields });
};

/** Secrets as previews, the rest as it is. */
export const previewOf = (provider: Provider, credentials: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(credentials)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, provider.fields[name]?.secret === false ? String(value) : preview(String(value))]),
  );

const problem = (path: string, en: string, ru: string): FieldProblem => ({ path: [path], message: { en, ru } });

/** Only what was given, checked. @throws GatewayError BAD_INPUT with every field that is wrong. */
export const checkGivenSettings = (given: IntegrationSettings): IntegrationSettings => {
  const fields: FieldProblem[] = [];
  const { name, syncIntervalMinutes, defaultCountry, requestsPerSecond } = given;
  if (name !== undefined && (name.trim() === "" || name.length > 200)) {
    fields.push(problem("name", "Give it a name of 1 to 200 characters.", "Укажите название от 1 до 200 символов."));
  }
  if (syncIntervalMinutes !== undefined && !(syncIntervalMinutes >= 1 && syncIntervalMinutes <= 43_200)) {
    fields.push(
      problem("syncIntervalMinutes", "Must be from 1 minute to 43200 (30 days).", "От 1 минуты до 43200 (30 дней)."),
    );
  }
  if (defaultCountry !== undefined && !/^[A-Z]{2}$/.test(defaultCountry)) {
    fields.push(
      problem(
        "defaultCountry",
        "Must be an ISO 3166 code of two capital letters, such as RU.",
        "Код ISO 3166 из двух заглавных букв, например RU.",
      ),
    );
  }
  if (requestsPerSecond != null && !(requestsPerSecond >= 1 && requestsPerSecond <= 1_000_000)) {
    fields.push(problem("requestsPerSecond", "Must be from 1 to 1000000.", "От 1 до 1000000."));
  }
  if (fields.length > 0) throw new GatewayError("BAD_INPUT", { fields });
  return Object.fromEntries(
    Object.entries({ name: name?.trim(), syncIntervalMinutes, defaultCountry, requestsPerSecond }).filter(
      ([, value]) => value !== undefined,
    ),
  );
};

/** The settings of a new integration: what was given, else the usual. */
export const checkSettings = (given: IntegrationSettings, provider: Provider) => {
  const settings = checkGivenSettings(given);
  return {
    name: settings.name ?? provider.name,
    syncIntervalMinutes: settings.syncIntervalMinutes ?? 60,
    defaultCountry: settings.defaultCountry ?? "RU",
    requestsPerSecond: settings.requestsPerSecond ?? null,
  };
};
