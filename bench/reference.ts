import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool, request } from "undici";

/**
 * The baseline of the live bench: a program that makes the same calls as the gateway's query does (two for each guest, through
 * undici with as many connections), and joins the answers with JSON.stringify. No GraphQL, no database, no checks, no errors.
 * Asked with the guests' vendor ids: /?ids=1,2,3
 */
const base = process.env["SANDBOX_URL"] ?? "";
const authorization = `Basic ${Buffer.from(process.env["SANDBOX_LOGIN"] ?? "").toString("base64")}`;
const pool = new Pool(new URL(base).origin, { connections: Number(process.env["CONNECTIONS"]), pipelining: 1 });

const read = async (path: string): Promise<unknown> => {
  const { body } = await request(`${base}ext/api/v1/clients/${path}`, { dispatcher: pool, headers: { authorization } });
  return body.json();
};

const server = createServer((incoming, response) => {
  const ids = new URL(incoming.url ?? "/", "http://localhost").searchParams.get("ids")?.split(",") ?? [];
  const guests = ids.map(async (id) => {
    const [balances, coupons] = await Promise.all([read(`${id}/balance/`), read(`${id}/coupons/`)]);
    return { id, balances, coupons };
  });
  Promise.all(guests).then(
    (answer) => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)),
    () => response.writeHead(502).end(),
  );
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`ready on http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
