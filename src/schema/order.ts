import type { Fulfilment, OrderLine, Payment } from "../contract/index.ts";
import { money, points } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";
import { orderFromPayload, type OrderPayload, type StoredOrder } from "../orders/index.ts";
import { builder } from "./builder.ts";
import { actorOf, type Context } from "./context.ts";
import { mutationErrors, typed } from "./errors.ts";
import { cursorOf, stateThenChanges, type Told } from "./follow.ts";
import { GuestProfileType, GuestType } from "./guest.ts";
import { IntegrationType } from "./integration.ts";
import { pageComplexity, pageRequest } from "./pages.ts";
import { Amount, MoneyType } from "./values.ts";

export const OrderStatusEnum = builder.enumType("OrderStatus", {
  values: {
    PENDING: {
      description: "Not settled yet; with an `error`, it provably never reached the system: the same key sends it.",
    },
    CONFIRMED: { description: "The system has it." },
    REJECTED: { description: "The system refused it; nothing happened there." },
    UNKNOWN: { description: "It was sent, and what came of it is not known: it is never sent again by itself." },
  },
});

const UnitEnum = builder.enumType("Unit", {
  values: ["PIECE", "KILOGRAM", "GRAM", "LITRE", "MILLILITRE"] as const,
});

const PaymentMethodEnum = builder.enumType("PaymentMethod", { values: ["CARD", "CASH"] as const });

const OrderLineType = builder.objectRef<OrderLine>("OrderLine").implement({
  fields: (t) => ({
    productId: t.exposeString("productId", { nullable: true, description: "The product's id in the system." }),
    name: t.exposeString("name"),
    price: t.expose("price", { type: "Decimal", description: "Of one unit, in the order's currency." }),
    quantity: t.expose("quantity", { type: "Decimal" }),
    unit: t.expose("unit", { type: UnitEnum }),
    vatRate: t.expose("vatRate", { type: "Decimal", nullable: true, description: 'Per cent: "20" is 20 %.' }),
  }),
});

const PaymentType = builder.objectRef<Payment>("Payment").implement({
  fields: (t) => ({
    method: t.expose("method", { type: PaymentMethodEnum }),
    amount: t.expose("amount", { type: "Decimal", description: "In the order's currency." }),
  }),
});

type Of<Kind extends Fulfilment["kind"]> = Extract<Fulfilment, { kind: Kind }>;

const ReceiptFulfilment = builder.objectRef<Of<"receipt">>("ReceiptFulfilment").implement({
  description: "Nothing is to be brought: a fiscal receipt of what was sold.",
  fields: (t) => ({ receipt: t.boolean({ resolve: () => true }) }),
});

const TableFulfilment = builder.objectRef<Of<"table">>("TableFulfilment").implement({
  description: "To a table of the venue.",
  fields: (t) => ({
    table: t.exposeString("table"),
    partySize: t.exposeInt("partySize", { nullable: true }),
  }),
});

const DeliveryFulfilment = builder.objectRef<Of<"delivery">>("DeliveryFulfilment").implement({
  description: "To an address.",
  fields: (t) => ({
    address: t.exposeString("address"),
    dueAt: t.expose("dueAt", { type: "DateTime", nullable: true }),
    comment: t.exposeString("comment", { nullable: true }),
  }),
});

const FulfilmentType = builder.unionType("Fulfilment", {
  description: "How the guest gets what was ordered.",
  types: [ReceiptFulfilment, TableFulfilment, DeliveryFulfilment],
  resolveType: ({ kind }) =>
    ({ receipt: ReceiptFulfilment, table: TableFulfilment, delivery: DeliveryFulfilment })[kind],
});

const OrderTroubleType = builder.objectRef<{ code: string; message: string }>("OrderTrouble").implement({
  description: "Why an order, or its refund, stands where it stands.",
  fields: (t) => ({
    code: t.exposeString("code", { description: "An `ErrorCode`." }),
    message: t.exposeString("message", { description: "The system's own words where there are any." }),
  }),
});

export const OrderType = builder.loadableNodeRef("Order", {
  id: { resolve: ({ id }) => id },
  load: (ids: string[], { services, caller }: Context) => services.orders.byIds(caller.accountId, ids),
  sort: ({ id }) => id,
});

OrderType.implement({
  description: "An order at a connected system, made through this graph.",
  fields: (t) => ({
    number: t.exposeString("number", { description: "Its number at the system." }),
    status: t.expose("status", { type: OrderStatusEnum }),
    refundStatus: t.expose("refundStatus", {
      type: OrderStatusEnum,
      nullable: true,
      description: "Null: no refund was asked for.",
    }),
    error: t.field({
      type: OrderTroubleType,
      nullable: true,
      resolve: ({ errorCode, errorMessage }) =>
        errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" },
    }),
    total: t.field({ type: MoneyType, description: "What the lines cost together.", resolve: ({ total }) => total }),
    lines: t.field({ type: [OrderLineType], resolve: ({ lines }) => [...lines] }),
    payments: t.field({ type: [PaymentType], resolve: ({ payments }) => [...payments] }),
    spend: t.field({
      type: Amount,
      nullable: true,
      description: "What was paid from the guest's balance.",
      resolve: ({ loyalty }) => loyalty.spend,
    }),
    coupons: t.idList({
      description: "The system's ids of the coupons redeemed.",
      resolve: ({ loyalty }) => [...loyalty.coupons],
    }),
    fulfilment: t.field({ type: FulfilmentType, resolve: ({ fulfilment }) => fulfilment }),
    customerPhone: t.string({ nullable: true, resolve: ({ customer }) => customer.phone }),
    customerEmail: t.string({ nullable: true, resolve: ({ customer }) => customer.email }),
    profile: t.field({
      type: GuestProfileType,
      nullable: true,
      description: "The buyer, as the system knows them.",
      resolve: ({ guestProfileId }) => guestProfileId,
    }),
    integration: t.field({
      type: IntegrationType,
      nullable: true,
      resolve: ({ integrationId }, _, { integrationById }) => integrationById.load(integrationId),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    changedAt: t.expose("changedAt", { type: "DateTime" }),
  }),
});

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

const OrderChange = builder.objectRef<Told<StoredOrder>>("OrderChange").implement({
  description: "The state of an order after a change.",
  fields: (t) => ({
    cursor: t.string({
      description: "Give it as `after` to go on from here over a new connection, with nothing missed.",
      resolve: ({ cursor }) => cursorOf(cursor),
    }),
    order: t.field({ type: OrderType, resolve: ({ state }) => state }),
  }),
});

builder.subscriptionFields((t) => ({
  orderChanged: t.field({
    type: OrderChange,
    description:
      "One order as it stands, then every change of it; without an id, every change of any order. With `after`, every change since that cursor.",
    args: { id: t.arg.globalID({ for: OrderType }), after: t.arg.string() },
    subscribe: (_, { id, after }, context) =>
      stateThenChanges(context, {
        kind: "order.changed",
        subjectId: id?.id,
        after: after ?? null,
        present: async () => {
          if (id == null) return [];
          const orders = await context.services.orders.byIds(context.caller.accountId, [id.id]);
          if (orders.length === 0) throw new GatewayError("NOT_FOUND");
          return orders;
        },
        changed: (payload) => orderFromPayload(payload as unknown as OrderPayload),
      }),
    resolve: (change) => change,
  }),
}));

const OrderFilter = builder.inputType("OrderFilter", {
  fields: (t) => ({
    integrationId: t.globalID({ for: IntegrationType }),
    status: t.field({ type: OrderStatusEnum }),
    guestId: t.globalID({ for: GuestType, description: "Of any profile of this guest." }),
  }),
});

builder.queryFields((t) => ({
  orders: t.connection({
    type: OrderType,
    description: "Orders, newest first.",
    complexity: pageComplexity,
    args: { filter: t.arg({ type: OrderFilter }) },
    resolve: async (_, args, { services: { orders }, caller: { accountId } }) => {
      const filter = {
        integrationId: args.filter?.integrationId?.id,
        status: args.filter?.status ?? undefined,
        guestId: args.filter?.guestId?.id,
      };
      const { rows, hasNextPage, hasPreviousPage } = await orders.list(accountId, { filter, page: pageRequest(args) });
      return {
        totalCount: () => orders.count(accountId, filter),
        edges: [...rows],
        pageInfo: {
          hasNextPage,
          hasPreviousPage,
          startCursor: rows[0]?.cursor ?? null,
          endCursor: rows.at(-1)?.cursor ?? null,
        },
      };
    },
  }),
}));
