import type { Provider } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";
import { providers } from "../providers/index.ts";
import { builder } from "./builder.ts";
import { credentialsSchema } from "./provider.ts";

const scalars = { string: "String", integer: "Int", number: "Float", boolean: "Boolean" } as const;
type Scalar = (typeof scalars)[keyof typeof scalars];

const scalarOf = (type: string | undefined): Scalar => scalars[(type ?? "string") as keyof typeof scalars] ?? "String";

/** What a client gives for one provider: exactly one field of the one-of input is there. */
export type CredentialsInput = Record<string, Record<string, unknown> | null | undefined>;

const typeName = (provider: Provider, suffix: string): string =>
  provider.graphqlName.charAt(0).toUpperCase() + provider.graphqlName.slice(1) + suffix;

/** The input type of one provider, made from its own schema of credentials: it cannot differ from what is checked. */
const inputOf = (provider: Provider, suffix: string, partial: boolean) => {
  const { properties = {}, required = [] } = credentialsSchema(provider);
  return builder.inputRef<Record<string, unknown>>(typeName(provider, suffix)).implement({
    description: `Credentials of ${provider.name}.`,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(provider.fields).map(([name, { help, secret }]) => [
          name,
          t.field({
            type: scalarOf(properties[name]?.type),
            required: !partial && required.includes(name),
            description: secret ? `${help.en} Secret: never shown again but as a preview.` : help.en,
          }),
        ]),
      ),
  });
};

const oneOf = (name: string, description: string, suffix: string, partial: boolean) =>
  builder.inputRef<CredentialsInput>(name).implement({
    description,
    isOneOf: true,
    fields: (t) =>
      Object.fromEntries(
        providers.map((provider) => [provider.graphqlName, t.field({ type: inputOf(provider, suffix, partial) })]),
      ),
  });

export const CredentialsInputType = oneOf(
  "CredentialsInput",
  "Which kind of system, with its credentials: exactly one field.",
  "Credentials",
  false,
);

export const CredentialsChangeType = oneOf(
  "CredentialsChange",
  "Credentials that change; those left out stay as they are.",
  "CredentialsChange",
  true,
);

/** Takes the one field that is given apart. @throws GatewayError BAD_INPUT when it is not of the provider expected. */
export const chosenProvider = (
  given: CredentialsInput,
  expected?: string,
): { provider: Provider; credentials: Record<string, unknown> } => {
  const provider = providers.find(({ graphqlName }) => given[graphqlName] != null);
  if (provider === undefined || (expected !== undefined && provider.id !== expected)) {
    const message = {
      en: "Give the credentials of this integration's own provider.",
      ru: "Укажите учётные данные системы этой интеграции.",
    };
    throw new GatewayError("BAD_INPUT", { fields: [{ path: ["credentials"], message }] });
  }
  const values = Object.entries(given[provider.graphqlName] ?? {}).filter(([, value]) => value != null);
  return { provider, credentials: Object.fromEntries(values) };
};
