import type { PoolClient } from "pg";
import { v7, validate as isUuid } from "uuid";
import type { Capability, Orders as ProviderOrders, Text } from "../contract/index.ts";
import { GatewayError, type FieldProblem } from "../errors.ts";
import type { Actor, Open, OpenIntegration } from "../integrations/index.ts";
import { totalOfLines } from "./amounts.ts";
import { hashOfCreate } from "./body-hash.ts";
import { checkOrder, problemOfKey } from "./check.ts";
import { findBuyer } from "./customer.ts";
import { attemptByKey } from "./journal.ts";
import { newNumber } from "./number.ts";
import { orderColumns, orderOf, requestOf, type CreateOrder, type OrderRow, type StoredOrder } from "./order.ts";
import { findVenue } from "./venue.ts";
import { repeat, write, type Send, type Writing } from "./write.ts";

/** The integration with its orders. @throws GatewayError also NOT_SUPPORTED when it takes none. */
export const openOrders = async (
  open: Open,
  accountId: string,
  integrationId: string,
  capability: Capability,
): Promise<{ integration: OpenIntegration; orders: ProviderOrders }> => {
  if (!isUuid(integrationId)) throw new GatewayError("INTEGRATION_NOT_FOUND");
  const integration = await open(accountId, integrationId);
  const { orders } = integration.connection;
  if (orders === undefined || !integration.capabilities.includes(capability)) throw new GatewayError("NOT_SUPPORTED");
  return { integration, orders };
};

/** Creates an order at an integration: see `Orders.create`. */
export const createOrder = async (
  writing: Writing & { readonly open: Open },
  actor: Actor,
  input: CreateOrder,
): Promise<StoredOrder> => {
  const { accountId } = actor;
  const { pool } = writing.database;
  const { integrationId, idempotencyKey } = input;
  const bodyHash = hashOfCreate(input);
  const sendTo =
    (orders: ProviderOrders): Send =>
    async (order, signal) =>
      orders.create(requestOf(order), { signal });

  // A key that was used answers whatever has become of the integration since.
  const earlier = problemOfKey(idempotencyKey) === null ? await attemptByKey(pool, accountId, idempotencyKey) : null;
  if (earlier !== null) {
    const openSend = async (): Promise<Send> =>
      sendTo((await openOrders(writing.open, accountId, integrationId, "CREATE_ORDER")).orders);
    return repeat(writing, earlier, { bodyHash, openSend });
  }

  const { integration, orders } = await openOrders(writing.open, accountId, integrationId, "CREATE_ORDER");
  const { problems, decimalsAreGood } = checkOrder(input);
  problems.push(...checkCapabilities(integration, input));
  const buyer = await findBuyer(pool, integration, input.customer);
  if ("problem" in buyer) problems.push({ path: ["customer", "guestId"], message: buyer.problem });
  const venue = await findVenue(pool, integration, input.fulfilment);
  if ("problem" in venue)
    problems.push({ path: ["fulfilment", input.fulfilment.kind, "venueId"], message: venue.problem });

  const draft: Draft = {
    ...input,
    id: v7(),
    number: input.number ?? newNumber(),
    ...("problem" in buyer ? { guestProfileId: null } : buyer),
    ...("problem" in venue ? { venueId: null } : venue),
  };
  // With sums that cannot be read, a provider has nothing to check.
  if (decimalsAreGood) problems.push(...orders.check(requestOf(draft)));
  if (problems.length > 0) throw new GatewayError("BAD_INPUT", { fields: problems });

  return write(writing, actor, {
    operation: "order.create",
    integrationId,
    idempotencyKey,
    bodyHash,
    orderId: draft.id,
    openSend: async () => sendTo(orders),
    store: (client) => storeDraft(client, accountId, draft, input.number == null),
  });
};

const cannot = (english: string, russian: string): Text => ({
  en: `This system cannot ${english}.`,
  ru: `Эта система не умеет ${russian}.`,
});

const checkCapabilities = ({ capabilities }: OpenIntegration, { loyalty }: CreateOrder): FieldProblem[] => {
  const problems: FieldProblem[] = [];
  if (loyalty.spend !== null && !capabilities.includes("SPEND_POINTS")) {
    problems.push({ path: ["loyalty", "spend"], message: cannot("spend points", "списывать баллы") });
  }
  if (loyalty.coupons.length > 0 && !capabilities.includes("REDEEM_COUPONS")) {
    problems.push({ path: ["loyalty", "coupons"], message: cannot("redeem coupons", "погашать купоны") });
  }
  return problems;
};

/** An order that is about to be stored. */
type Draft = Pick<
  StoredOrder,
  | "id"
  | "integrationId"
  | "number"
  | "guestProfileId"
  | "venueId"
  | "customer"
  | "currency"
  | "lines"
  | "payments"
  | "loyalty"
  | "fulfilment"
>;

const numberTaken: Text = {
  en: "This integration has an order with this number already.",
  ru: "В этой интеграции уже есть заказ с таким номером.",
};

/** A number that we made up is made up again when it is taken; one that the client gave is its mistake. */
const storeDraft = async (
  client: PoolClient,
  accountId: string,
  draft: Draft,
  numberIsOurs: boolean,
): Promise<StoredOrder> => {
  const { rows } = await client.query<OrderRow>({
    name: "store-order",
    text: `
      insert into "order"
        (account_id, id, integration_id, external_id, guest_profile_id, venue_id, status, customer_phone, customer_email,
         currency, total, lines, payments, loyalty, fulfilment)
      values ($1, $2, $3, $4, $5, $6, 'PENDING', $7, $8, $9, $10, $11, $12, $13, $14)
      on conflict (account_id, integration_id, external_id) do nothing
      returning ${orderColumns}`,
    values: [
      accountId,
      draft.id,
      draft.integrationId,
      draft.number,
      draft.guestProfileId,
      draft.venueId,
      draft.customer.phone,
      draft.customer.email,
      draft.currency,
      totalOfLines(draft.lines, draft.currency).toFixed(),
      JSON.stringify(draft.lines),
      JSON.stringify(draft.payments),
      JSON.stringify(draft.loyalty),
      JSON.stringify(draft.fulfilment),
    ],
  });
  if (rows[0] !== undefined) return orderOf(rows[0]);
  if (numberIsOurs) return storeDraft(client, accountId, { ...draft, number: newNumber() }, true);
  throw new GatewayError("BAD_INPUT", { fields: [{ path: ["number"], message: numberTaken }] });
};
