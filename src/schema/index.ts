import "./account.ts";
import "./guest.ts";
import "./guest-profile.ts";
import "./identity-conflict.ts";
import "./integration.ts";
import "./integration-mutations.ts";
import "./order.ts";
import "./order-mutations.ts";
import "./provider.ts";
import "./sync.ts";
import { priceEntities } from "./entities.ts";
import { builder } from "./builder.ts";

/** The graph: an Apollo Federation 2 subgraph, which is also complete by itself. */
export const schema = priceEntities(
  builder.toSubGraphSchema({ linkUrl: "https://specs.apollo.dev/federation/v2.6" }),
);
