import { z } from "zod";
import type { CredentialField, Provider } from "../contract/index.ts";
import { providers } from "../providers/index.ts";
import { builder } from "./builder.ts";

type Field = CredentialField & {
  readonly name: string;
  readonly required: boolean;
  readonly usual: string | null;
};

/** JSON Schema of what a user types for a provider. */
type JsonSchema = {
  readonly properties?: Readonly<Record<string, { readonly type?: string; readonly default?: unknown }>>;
  readonly required?: readonly string[];
};

export const credentialsSchema = (provider: Provider): JsonSchema =>
  z.toJSONSchema(provider.credentials, { io: "input" }) as JsonSchema;

const fieldsOf = (provider: Provider): Field[] => {
  const { required = [], properties = {} } = credentialsSchema(provider);
  return Object.entries(provider.fields).map(([name, field]) => {
    const usual = properties[name]?.default;
    return { ...field, name, required: required.includes(name), usual: usual === undefined ? null : typeof usual === "string" ? usual : JSON.stringify(usual) };
  });
};

export const CategoryEnum = builder.enumType("ProviderCategory", {
  values: ["POS", "RESERVATIONS", "LOYALTY", "CRM", "CUSTOM"] as const,
});

export const CapabilityEnum = builder.enumType("Capability", {
  description: "What a connected system can do: what is not there cannot work, so do not offer it.",
  values: ["GUESTS", "BALANCES", "COUPONS", "CREATE_ORDER", "REFUND_ORDER", "SPEND_POINTS", "REDEEM_COUPONS"] as const,
});

const AuthenticationEnum = builder.enumType("ProviderAuthentication", {
  values: ["BASIC", "API_KEY", "OAUTH2"] as const,
});

const CredentialFieldType = builder.objectRef<Field>("CredentialField").implement({
  description: "One field of the set-up form.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name in the input of `connectIntegration`." }),
    label: t.string({ resolve: ({ label }, _, { language }) => label[language] }),
    help: t.string({
      description: "Where to find it.",
      resolve: ({ help }, _, { language }) => help[language],
    }),
    secret: t.exposeBoolean("secret", { description: "Never shown again once stored, but as a preview." }),
    required: t.exposeBoolean("required"),
    placeholder: t.string({ nullable: true, resolve: ({ placeholder }) => placeholder ?? null }),
    default: t.exposeString("usual", { nullable: true, description: "What it is when left out." }),
  }),
});

export const ProviderType = builder.objectRef<Provider>("Provider").implement({
  description: "A kind of system that can be connected.",
  fields: (t) => ({
    key: t.exposeString("id", { description: 'Its stable name, "i-bonus".' }),
    inputName: t.exposeString("graphqlName", { description: "Its field in `CredentialsInput`." }),
    name: t.exposeString("name"),
    category: t.field({ type: CategoryEnum, resolve: ({ category }) => category }),
    description: t.string({ resolve: ({ description }, _, { language }) => description[language] }),
    documentationUrl: t.exposeString("documentationUrl"),
    authentication: t.field({ type: AuthenticationEnum, resolve: ({ authentication }) => authentication }),
    fields: t.field({
      type: [CredentialFieldType],
      description: "The set-up form.",
      resolve: fieldsOf,
    }),
    credentialsSchema: t.field({
      type: "JSON",
      description: "JSON Schema of the form's values.",
      resolve: credentialsSchema,
    }),
    capabilities: t.field({
      type: [CapabilityEnum],
      description: "What such a system can do at most.",
      resolve: ({ capabilities }) => [...capabilities],
    }),
  }),
});

builder.queryFields((t) => ({
  providers: t.field({
    type: [ProviderType],
    description: "Every kind of system that can be connected.",
    authScopes: { role: "READER" },
    resolve: () => [...providers],
  }),
}));
