import type { Money, Points } from "../contract/index.ts";
import { builder } from "./builder.ts";

export const MoneyType = builder.objectRef<Money>("Money").implement({
  description: "An amount of money, in main units (roubles, not kopecks).",
  shareable: true,
  fields: (t) => ({
    amount: t.field({ type: "Decimal", resolve: ({ amount }) => amount }),
    currency: t.exposeString("currency", { description: "ISO 4217." }),
  }),
});

export const PointsType = builder.objectRef<Points>("Points").implement({
  description: "Loyalty points. They are not money, and are never added to it.",
  shareable: true,
  fields: (t) => ({ amount: t.field({ type: "Decimal", resolve: ({ amount }) => amount }) }),
});

export const Amount = builder.unionType("Amount", {
  description: "Money or points.",
  types: [MoneyType, PointsType],
  resolveType: (amount) => (amount.kind === "money" ? MoneyType : PointsType),
});
