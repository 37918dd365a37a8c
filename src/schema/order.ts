import type { Fulfilment, OrderLine, Payment } from "../contract/index.ts";
import { GatewayError, type ErrorCode } from "../errors.ts";
import { orderFromPayload, type OrderPayload, type StoredOrder } from "../orders/index.ts";
import { builder } from "./builder.ts";
import type { Context } from "./context.ts";
import { ErrorCodeEnum } from "./errors.ts";
import { cursorOf, stateThenChanges, type Told } from "./follow.ts";
import { GuestType } from "./guest.ts";
import { GuestProfileType } from "./guest-profile.ts";
import { IntegrationType } from "./integration.ts";
import { pageComplexity, pageRequest } from "./pages.ts";
import { Amount, MoneyType } from "./values.ts";

const OrderStatusEnum = builder.enumType("OrderStatus", {
  values: {
    PENDING: {
      description: "Not settled yet; with an `error`, it provably never reached the system: the same key sends it.",
    },
    CONFIRMED: { description: "The system has it." },
    REJECTED: { description: "The system refused it; nothing happened there." },
    UNKNOWN: { description: "It was sent, and what came of it is not known: it is never sent again by itself." },
  },
});

export const UnitEnum = builder.enumType("Unit", {
  values: ["PIECE", "KILOGRAM", "GRAM", "LITRE", "MILLILITRE"] as const,
});

export const PaymentMethodEnum = builder.enumType("PaymentMethod", { values: ["CARD", "CASH"] as const });

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

const OrderTroubleType = builder.objectRef<{ code: ErrorCode; message: string }>("OrderTrouble").implement({
  description: "Why an order, or its refund, stands where it stands.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, resolve: ({ code }) => code }),
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

