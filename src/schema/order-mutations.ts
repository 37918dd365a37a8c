import { money, points, type Fulfilment } from "../contract/index.ts";
import type { StoredOrder } from "../orders/index.ts";
import { builder } from "./builder.ts";
import { actorOf, type Context } from "./context.ts";
import { mutationErrors, typed } from "./errors.ts";
import { GuestType } from "./guest.ts";
import { IntegrationType } from "./integration.ts";
import { OrderType, PaymentMethodEnum, UnitEnum } from "./order.ts";

const OrderCustomerInput = builder.inputType("OrderCustomerInput", {
  description: "The buyer. A guest's id gives the phone and e-mail that the system knows, when neither is given.",
  fields: (t) => ({
    guestId: t.globalID({ for: GuestType }),
    phone: t.string(),
    email: t.string(),
  }),
});

const OrderLineInput = builder.inputType("OrderLineInput", {
  fields: (t) => ({
    productId: t.string({ description: "The product's id in the system." }),
    name: t.string({ required: true }),
    price: t.field({ type: "Decimal", required: true, description: "Of one unit, in the order's currency." }),
    quantity: t.field({ type: "Decimal", required: true }),
    unit: t.field({ type: UnitEnum, defaultValue: "PIECE" }),
    vatRate: t.field({ type: "Decimal", description: 'Per cent: "20" is 20 %.' }),
  }),
});

const PaymentInput = builder.inputType("PaymentInput", {
  fields: (t) => ({
    method: t.field({ type: PaymentMethodEnum, required: true }),
    amount: t.field({ type: "Decimal", required: true, description: "In the order's currency." }),
  }),
});

const SpendInput = builder.inputType("SpendInput", {
  description: "From which of the guest's balances.",
  isOneOf: true,
  fields: (t) => ({
    points: t.field({ type: "Decimal" }),
    money: t.field({ type: "Decimal", description: "Bonus money, in the order's currency." }),
  }),
});

const LoyaltyInput = builder.inputType("LoyaltyInput", {
  fields: (t) => ({
    spend: t.field({ type: SpendInput }),
    coupons: t.idList({ description: "The system's ids of the coupons to redeem: `Coupon.id`." }),
  }),
});

const TableInput = builder.inputType("TableInput", {
  fields: (t) => ({
    venueId: t.globalID(),
    table: t.string({ required: true }),
    partySize: t.int(),
  }),
});

const DeliveryInput = builder.inputType("DeliveryInput", {
  fields: (t) => ({
    venueId: t.globalID(),
    address: t.string({ required: true }),
    dueAt: t.field({ type: "DateTime" }),
    comment: t.string(),
  }),
});

const FulfilmentInput = builder.inputType("FulfilmentInput", {
  description: "Exactly one: a fiscal receipt (`true`), a table, or a delivery.",
  isOneOf: true,
  fields: (t) => ({
    receipt: t.boolean(),
    table: t.field({ type: TableInput }),
    delivery: t.field({ type: DeliveryInput }),
  }),
});

const CreateOrderInput = builder.inputType("CreateOrderInput", {
  fields: (t) => ({
    integrationId: t.globalID({ required: true, for: IntegrationType }),
    idempotencyKey: t.string({
      required: true,
      description:
        "Your own name for this order, up to 255 characters. The same key with the same input gives the same order and never sends twice; with another input it is an error.",
    }),
    number: t.string({ description: "The order's number at the system; made here unless given." }),
    customer: t.field({ type: OrderCustomerInput, required: true }),
    currency: t.string({ defaultValue: "RUB", description: "ISO 4217." }),
    lines: t.field({ type: [OrderLineInput], required: true }),
    payments: t.field({ type: [PaymentInput], required: true }),
    loyalty: t.field({ type: LoyaltyInput }),
    fulfilment: t.field({ type: FulfilmentInput, required: true }),
  }),
});

const RefundOrderInput = builder.inputType("RefundOrderInput", {
  fields: (t) => ({
    orderId: t.globalID({ required: true, for: OrderType }),
    idempotencyKey: t.string({ required: true, description: "As for `createOrder`." }),
  }),
});

const SettlementEnum = builder.enumType("Settlement", {
  values: {
    CONFIRMED: { description: "The system has it." },
    REJECTED: { description: "The system does not have it." },
  },
});

const SettleOrderInput = builder.inputType("SettleOrderInput", {
  fields: (t) => ({
    orderId: t.globalID({ required: true, for: OrderType }),
    outcome: t.field({ type: SettlementEnum, required: true, description: "What you found at the system." }),
  }),
});

type GivenFulfilment = typeof FulfilmentInput.$inferInput;

const fulfilmentOf = ({ table, delivery }: GivenFulfilment): Fulfilment => {
  if (table != null) {
    const { venueId, partySize, ...rest } = table;
    return { kind: "table", venueId: venueId?.id ?? null, partySize: partySize ?? null, ...rest };
  }
  if (delivery != null) {
    const { venueId, address, dueAt, comment } = delivery;
    return { kind: "delivery", venueId: venueId?.id ?? null, address, dueAt: dueAt ?? null, comment: comment ?? null };
  }
  return { kind: "receipt" };
};

const orderInput = (input: typeof CreateOrderInput.$inferInput) => {
  const currency = input.currency ?? "RUB";
  const spend = input.loyalty?.spend;
  return {
    integrationId: input.integrationId.id,
    idempotencyKey: input.idempotencyKey,
    number: input.number ?? null,
    customer: {
      guestId: input.customer.guestId?.id ?? null,
      phone: input.customer.phone ?? null,
      email: input.customer.email ?? null,
    },
    currency,
    lines: input.lines.map(({ productId, unit, vatRate, ...line }) => ({
      ...line,
      productId: productId ?? null,
      unit: unit ?? ("PIECE" as const),
      vatRate: vatRate ?? null,
    })),
    payments: input.payments,
    loyalty: {
      spend: spend?.points != null ? points(spend.points) : spend?.money != null ? money(spend.money, currency) : null,
      coupons: input.loyalty?.coupons ?? [],
    },
    fulfilment: fulfilmentOf(input.fulfilment),
  };
};

const OrderPayloadType = builder.objectRef<StoredOrder>("OrderPayload").implement({
  fields: (t) => ({ order: t.field({ type: OrderType, resolve: (order) => order }) }),
});

const operator = { authScopes: { role: "OPERATOR" }, errors: mutationErrors } as const;

/** Runs a write of an order, and forgets the live reads of its system: the next balance is fresh. */
const write = (context: Context, run: () => Promise<StoredOrder>): Promise<StoredOrder> =>
  typed(context.language, async () => {
    const order = await run();
    context.services.live.forget(order.integrationId);
    return order;
  });

builder.mutationFields((t) => ({
  createOrder: t.field({
    type: OrderPayloadType,
    description:
      "Makes an order at a system. Read `status`: a refusal or a doubt is a state of the order, not an error of this call.",
    ...operator,
    args: { input: t.arg({ type: CreateOrderInput, required: true }) },
    resolve: (_, { input }, context) =>
      write(context, () => context.services.orders.create(actorOf(context), orderInput(input))),
  }),
  refundOrder: t.field({
    type: OrderPayloadType,
    description: "Takes a confirmed order back: the system returns what was spent and cancels what was granted.",
    ...operator,
    args: { input: t.arg({ type: RefundOrderInput, required: true }) },
    resolve: (_, { input: { orderId, idempotencyKey } }, context) =>
      write(context, () => context.services.orders.refund(actorOf(context), { orderId: orderId.id, idempotencyKey })),
  }),
  settleOrder: t.field({
    type: OrderPayloadType,
    description: "Says what became of an order, or of its refund, that is UNKNOWN, after somebody looked.",
    ...operator,
    args: { input: t.arg({ type: SettleOrderInput, required: true }) },
    resolve: (_, { input: { orderId, outcome } }, context) =>
      write(context, () => context.services.orders.settle(actorOf(context), orderId.id, outcome)),
  }),
}));

