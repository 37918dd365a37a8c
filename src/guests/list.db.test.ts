import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/support/server.ts";
import { openDatabase, type Database } from "../database/index.ts";
import { encodeCursor } from "./cursor.ts";
import { countGuests, listGuests, type GuestFilter, type GuestOrder } from "./list.ts";
import { prepareGuest } from "./prepare.ts";
import { savePage } from "./store.ts";

let server: TestDatabase;
let database: Database;
const accountId = v7();
const [till, book] = [v7(), v7()];

const save = (integrationId: string, given: { id: string; name?: string; phones?: string[]; emails?: string[] }[]) =>
  database.transaction((client) =>
    savePage(client, {
      accountId,
      integrationId,
      records: given.map(({ id, name = null, phones = [], emails = [] }) =>
        prepareGuest(integrationId, "RU", {
          externalId: id,
          raw: {},
          guest: {
            name,
            phones,
            emails,
            cards: [],
            birthDate: null,
            language: null,
            avatarUrl: null,
            purchases: null,
            reviews: null,
            customFields: null,
            sourceCreatedAt: null,
            sourceUpdatedAt: null,
          },
        }),
      ),
    }),
  );

beforeAll(async () => {
  server = await createTestDatabase();
  database = await openDatabase({ url: server.url, poolSize: 4, applicationName: "lists test" });
  // Two pages: equal times within each, and a third of the names are equal.
  const names = ["Анна-Мария Ёлкина", "Иван", "ИВАН Петров", "Zoe O'Neil"];
  const people = Array.from({ length: 57 }, (_, index) => ({ id: `${index}`, name: names[index % 4] ?? "" }));
  await save(till, people.slice(0, 30));
  await save(till, people.slice(30));
  await save(book, [
    { id: "a", name: "Ольга", phones: ["79120000001", "79120000002"], emails: ["olga@example.com", "o2@example.com"] },
    { id: "b", phones: ["79120000003"] },
  ]);
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const orders: GuestOrder[] = (["NAME", "CREATED_AT", "CHANGED_AT"] as const).flatMap((field) =>
  (["ASC", "DESC"] as const).map((direction) => ({ field, direction })),
);
const names = async (filter: GuestFilter): Promise<(string | null)[]> => {
  const { rows } = await listGuests(database.pool, accountId, {
    filter,
    orderBy: { field: "NAME", direction: "ASC" },
    first: 100,
  });
  expect(await countGuests(database.pool, accountId, { filter })).toBe(rows.length);
  return rows.map(({ name }) => name);
};

describe("a list of guests", () => {
  it.each(orders)("is read once and whole in both ways, by $field $direction", async (orderBy) => {
    const forwards: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page = await listGuests(database.pool, accountId, { filter: {}, orderBy, first: 7, after });
      expect(page.hasPreviousPage).toBe(after !== null);
      forwards.push(...page.rows.map(({ id }) => id));
      after = page.rows.at(-1)?.cursor ?? null;
      more = page.hasNextPage;
    }
    const backwards: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const page = await listGuests(database.pool, accountId, { filter: {}, orderBy, last: 7, before });
      backwards.unshift(...page.rows.map(({ id }) => id));
      before = page.rows[0]?.cursor ?? null;
      more = page.hasPreviousPage;
    }
    expect(new Set(forwards).size).toBe(59);
    expect(forwards).toHaveLength(59);
    expect(backwards).toEqual(forwards);
  });

  it("finds by name: every word begins one, whatever the case, the dots of ё and the order", async () => {
    expect(new Set(await names({ name: "мар ёл" }))).toEqual(new Set(["Анна-Мария Ёлкина"]));
    expect(new Set(await names({ name: "ПЕТР иван" }))).toEqual(new Set(["ИВАН Петров"]));
    expect(await names({ name: "иван" })).toHaveLength(28);
    expect(await names({ name: "o'ne" })).toHaveLength(14);
    expect(await names({ name: "ария" })).toEqual([]);
    expect(await names({ name: "\\ & | ! :* '" })).toEqual([]);
    expect(await names({ name: " - " })).toHaveLength(59);
  });

  it("finds by phone in any spelling and by e-mail, first ones and further ones", async () => {
    expect(await names({ phone: "8 (912) 000-00-01" })).toEqual(["Ольга"]);
    expect(await names({ phone: "79120000002" })).toEqual(["Ольга"]);
    expect(await names({ email: " OLGA@example.com" })).toEqual(["Ольга"]);
    expect(await names({ email: "o2@example.com" })).toEqual(["Ольга"]);
    expect(await names({ phone: "что-то" })).toEqual([]);
  });

  it("finds by system, by time, by ids, and by all of it together", async () => {
    expect(await names({ integrationId: book })).toHaveLength(2);
    expect(await names({ updatedSince: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await names({ updatedSince: new Date(0) })).toHaveLength(59);
    const { rows } = await listGuests(database.pool, accountId, {
      filter: { name: "ольга" },
      orderBy: { field: "NAME", direction: "ASC" },
      first: 1,
    });
    const ids = [rows[0]?.id ?? "", v7()];
    expect(await names({ ids })).toEqual(["Ольга"]);
    expect(await names({ ids, integrationId: book, name: "о", phone: "79120000001" })).toEqual(["Ольга"]);
    expect(await names({ ids, integrationId: till })).toEqual([]);
  });

  it("shows nothing of another account", async () => {
    expect(await countGuests(database.pool, v7(), { filter: {} })).toBe(0);
    expect(await countGuests(database.pool, v7(), { filter: { name: "иван" } })).toBe(0);
  });

  it.each([
    ["rubbish", "no cursor"],
    ["another sort's", encodeCursor({ field: "CREATED_AT", value: "2026-01-01T00:00:00.000Z", id: v7() })],
    ["one with a wrong id", encodeCursor({ field: "NAME", value: "x", id: "1" })],
    ["JSON that is none of ours", Buffer.from("{}").toString("base64url")],
  ])("refuses a cursor that is %s", async (_, after) => {
    const list = listGuests(database.pool, accountId, {
      filter: {},
      orderBy: { field: "NAME", direction: "ASC" },
      after,
    });
    await expect(list).rejects.toMatchObject({ code: "BAD_INPUT", details: { fields: [{ path: ["after"] }] } });
  });
});
