import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "./support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const audits = serverAudits({ url: "http://unused/graphql", fetchFn: () => Promise.reject(new Error("unused")) });

describe("GraphQL over HTTP", () => {
  it("has all 61 audits to pass", () => expect(audits).toHaveLength(61));

  it.each(audits.map(({ id, name }, index) => [id, name, index] as const))("%s %s", async (_id, _name, index) => {
    const fetchFn = (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${app.adminKey}`);
      return fetch(url, { ...init, headers });
    };
    const audit = serverAudits({ url: `${app.url}/graphql`, fetchFn })[index];
    const result = await audit?.fn();
    expect(result).toMatchObject({ status: "ok" });
  });
});

const ask = (headers: Record<string, string>, path = "/graphql?query={__typename}"): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers: { accept: "application/json", ...headers }, redirect: "manual" });

describe("who may ask", () => {
  it("refuses a request without a key, and says what to send", async () => {
    const response = await ask({});
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining("Authorization: Bearer"), extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  it("refuses an unknown key, and does not repeat it", async () => {
    const response = await ask({ authorization: "Bearer gg_this-is-not-a-key" });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain("this-is-not-a-key");
  });

  it("takes the key as a bearer token and as X-API-Key", async () => {
    expect((await ask({ authorization: `Bearer ${app.adminKey}` })).status).toBe(200);
    expect((await ask({ "x-api-key": app.adminKey })).status).toBe(200);
  });

  it("gives GraphiQL to a browser, with its example queries and nothing of the outside", async () => {
    const response = await fetch(`${app.url}/graphql`, { headers: { accept: "text/html" } });
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain("Guests with what they may spend");
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(page).not.toContain(app.adminKey);
  });
});

describe("health and identity of requests", () => {
  it("lives and is ready", async () => {
    expect((await ask({}, "/health/live")).status).toBe(200);
    expect(await (await ask({}, "/health/ready")).json()).toEqual({ ready: true });
  });

  it("answers with the request's id, its own or the client's", async () => {
    const authorization = `Bearer ${app.adminKey}`;
    expect((await ask({ authorization, "x-request-id": "till-7-000123" })).headers.get("x-request-id")).toBe(
      "till-7-000123",
    );
    expect((await ask({ authorization })).headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });
});
