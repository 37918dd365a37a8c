import { z } from "zod";
import { defineProvider, type Capability } from "../../contract/index.ts";
import { createClient } from "./client.ts";
import { createConnection } from "./connection.ts";
import { readError } from "./mapping.ts";

const credentials = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).default("https://lk.i-bonus.me/"),
  // A colon would end the login within Basic authentication (RFC 7617).
  login: z
    .string()
    .trim()
    .min(1)
    .regex(/^[^:]*$/),
  password: z.string().min(1),
});

export type Credentials = z.infer<typeof credentials>;

const capabilities: readonly Capability[] = [
  "GUESTS",
  "BALANCES",
  "COUPONS",
  "CREATE_ORDER",
  "REFUND_ORDER",
  "SPEND_POINTS",
  "REDEEM_COUPONS",
];

/** The loyalty system i-bonus.me. What its vendor does not say, and what we do about it: docs/providers/i-bonus.md. */
export const iBonus = defineProvider<Credentials>({
  id: "i-bonus",
  graphqlName: "iBonus",
  name: "i-bonus",
  category: "LOYALTY",
  description: {
    en: "Loyalty programme: guests, their points, roubles and coupons; receipts that earn and spend them.",
    ru: "Программа лояльности: гости, их баллы, рубли и купоны; чеки, которые их начисляют и списывают.",
  },
  documentationUrl: "https://lk.i-bonus.me/",
  authentication: "BASIC",
  credentials,
  fields: {
    baseUrl: {
      label: { en: "Address", ru: "Адрес" },
      help: {
        en: "Where your i-bonus answers. Change it only if i-bonus gave you another address.",
        ru: "Адрес вашего i-bonus. Меняйте, только если i-bonus сообщил вам другой.",
      },
      secret: false,
      placeholder: "https://lk.i-bonus.me/",
    },
    login: {
      label: { en: "API login", ru: "Логин API" },
      help: {
        en: "The login for the REST API. i-bonus issues it on request: ask your manager there.",
        ru: "Логин для REST API. Его выдаёт i-bonus: запросите у вашего менеджера.",
      },
      secret: false,
    },
    password: {
      label: { en: "API password", ru: "Пароль API" },
      help: {
        en: "The password that i-bonus issued together with the login.",
        ru: "Пароль, выданный i-bonus вместе с логином.",
      },
      secret: true,
    },
  },
  // The vendor states no limit. These are modest numbers of our own: one till and one sync together stay below them.
  limits: { concurrency: 20, requestsPerSecond: 50 },
  capabilities,
  secretPaths: ["token", "shareToken", "merchantToken", "merchantShareToken"],
  // Short enough that a till sees what it has just spent, long enough for the pages that open at the same moment.
  maxAgeMs: { balances: 2000, coupons: 2000 },
  readError,
  connect: (access) => createConnection(createClient(access), access, capabilities),
});
