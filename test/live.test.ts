import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startIBonusSandbox } from "../src/providers/i-bonus/sandbox.ts";
import { graphql } from "./graphql/index.ts";
import { connectAndSync, startTestApp, type Sandbox, type TestApp } from "./support/app.ts";

const Page = graphql(`
  query LivePage {
    guests(first: 20) {
      edges {
        node {
          name
          balances {
            available {
              ... on Money {
                amount
                currency
              }
              ... on Points {
                amount
              }
            }
          }
          coupons {
            id
            expiresAt
          }
        }
      }
    }
  }
`);

const liveCalls = (sandbox: Sandbox): Record<string, number | undefined> => {
  const requests = sandbox.requests();
  return {
    balances: requests["GET /ext/api/v1/clients/:id/balance/"],
    coupons: requests["GET /ext/api/v1/clients/:id/coupons/"],
  };
};

describe("live reads", () => {
  let app: TestApp;
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startIBonusSandbox({ guests: 40 });
    app = await startTestApp();
    await connectAndSync(app, sandbox);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.close();
  });

  it("asks 40 times for 20 guests' balances and coupons, in parallel, and for 10 clients at once not once more", async () => {
    sandbox.setFaults({ kind: "latency", ms: 20 });
    sandbox.forgetRequests();
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.data(Page, {})));
    expect(liveCalls(sandbox)).toEqual({ balances: 20, coupons: 20 });
    expect(sandbox.mostAtOnce()).toBeGreaterThan(10);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const guests = answers[0]?.guests.edges.map(({ node }) => node) ?? [];
    expect(guests).toHaveLength(20);
    expect(guests.flatMap(({ balances }) => balances).length).toBeGreaterThan(20);
    sandbox.setFaults();
  });

  it("keeps a system's failure to its own fields, coded and at their path", async () => {
    await new Promise((resolve) => setTimeout(resolve, 2100));
    sandbox.setFaults({ kind: "status", status: 503, route: "GET /ext/api/v1/clients/:id/balance/" });
    const { data, errors } = await app.ask(Page, {});
    expect(data?.guests.edges).toHaveLength(20);
    expect(data?.guests.edges.every(({ node }) => node.balances.length === 1 && node.balances[0] === null)).toBe(true);
    expect(data?.guests.edges.some(({ node }) => node.coupons.some((coupon) => coupon !== null))).toBe(true);
    expect(errors?.length).toBe(20);
    expect(errors?.[0]).toMatchObject({
      path: ["guests", "edges", expect.any(Number), "node", "balances", 0],
      extensions: { code: "INTEGRATION_UNAVAILABLE", providerStatus: 503 },
    });
    sandbox.setFaults();
  });
});
