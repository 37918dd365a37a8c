import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/support/server.ts";
import type { GuestRecord } from "../contract/index.ts";
import { openDatabase, type Database } from "../database/index.ts";
import { deleteIntegrationRecords } from "./delete.ts";
import { foundedGuestId, recordId } from "./ids.ts";
import { guestsByIds } from "./list.ts";
import { prepareGuest } from "./prepare.ts";
import { listConflicts, profilesByGuestIds, rawByProfileIds } from "./profiles.ts";
import { savePage, type PageCounts } from "./store.ts";

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = await openDatabase({ url: server.url, poolSize: 4, applicationName: "guests test" });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const nobody: GuestRecord = {
  name: null,
  phones: [],
  emails: [],
  cards: [],
  birthDate: null,
  language: null,
  avatarUrl: null,
  purchases: null,
  reviews: null,
  customFields: null,
  sourceCreatedAt: null,
  sourceUpdatedAt: null,
};

type Given = Partial<GuestRecord> & { id: string; raw?: unknown };

/** What is stored from now on is younger: times have milliseconds, and pages of one are equally old. */
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** An account with systems: `till.save({ id: "1", … })`. */
const createAccount = () => {
  const accountId = v7();
  const system = () => {
    const integrationId = v7();
    return {
      integrationId,
      profileId: (id: string) => recordId(integrationId, "guest", id),
      guestId: (id: string) => foundedGuestId(recordId(integrationId, "guest", id)),
      save: (...given: Given[]): Promise<PageCounts> =>
        database.transaction((client) =>
          savePage(client, {
            accountId,
            integrationId,
            records: given.map(({ id, raw, ...guest }) =>
              prepareGuest(integrationId, "RU", {
                externalId: id,
                guest: { ...nobody, ...guest },
                raw: raw ?? { id, ...guest },
              }),
            ),
          }),
        ),
      remove: () => database.transaction((client) => deleteIntegrationRecords(client, accountId, integrationId)),
    };
  };
  const guestOf = async (profileId: string): Promise<string | undefined> => {
    const { rows } = await database.pool.query<{ guest_id: string }>(
      "select guest_id from guest_profile where account_id = $1 and id = $2",
      [accountId, profileId],
    );
    return rows[0]?.guest_id;
  };
  const guest = async (id: string) => (await guestsByIds(database.pool, accountId, [id])).get(id);
  const count = async (table: string): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*) as n from ${table} where account_id = $1`,
      [accountId],
    );
    return rows[0]?.n ?? 0;
  };
  return { accountId, system, guestOf, guest, count };
};

describe("a page of guests", () => {
  it("is stored with every column, under a guest", async () => {
    const { accountId, system, guest } = createAccount();
    const till = system();
    const counts = await till.save({
      id: "1",
      name: " Фёдор\tПетров ",
      phones: ["8 (912) 345-67-89", "+7 912 000-00-01"],
      emails: ["F@Example.com"],
      cards: ["4000 1"],
      birthDate: "1990-12-31",
      language: "ru",
      avatarUrl: "https://cdn.example.com/1.jpg",
      purchases: { total: 3, paid: 2, averageBill: "100.5", spentTotal: "1234.4", spentPaid: null, currency: "RUB" },
      reviews: { positive: 1, neutral: 0, negative: null },
      customFields: { "любимый \\ стол": 'у "окна"\n' },
      sourceCreatedAt: new Date("2020-01-01T00:00:00.123Z"),
      sourceUpdatedAt: new Date("2026-01-01T00:00:00Z"),
      raw: { id: 1, path: "C:\\new\\table\t" },
    });
    expect(counts).toEqual({ created: 1, updated: 0, unchanged: 0 });
    const id = till.guestId("1");
    expect(await guest(id)).toMatchObject({ name: "Фёдор\tПетров", phone: "+79123456789", email: "f@example.com" });
    const [profile] = (await profilesByGuestIds(database.pool, accountId, [id])).get(id) ?? [];
    expect(profile).toMatchObject({
      externalId: "1",
      phoneAsGiven: "8 (912) 345-67-89",
      birthDate: "1990-12-31",
      purchasesTotal: 3,
      billAverage: "100.5000",
      spentPaid: null,
      currency: "RUB",
      reviewsNeutral: 0,
      customFields: { "любимый \\ стол": 'у "окна"\n' },
      sourceCreatedAt: new Date("2020-01-01T00:00:00.123Z"),
      evidence: [{ kind: "FOUNDER" }],
    });
    expect(await rawByProfileIds(database.pool, accountId, [till.profileId("1")])).toEqual(
      new Map([[till.profileId("1"), { id: 1, path: "C:\\new\\table\t" }]]),
    );
    const { rows } = await database.pool.query(
      "select kind, value, as_given from guest_identifier where account_id = $1 order by kind",
      [accountId],
    );
    expect(rows).toEqual([
      { kind: "PHONE", value: "+79120000001", as_given: "+7 912 000-00-01" },
      { kind: "CARD", value: "40001", as_given: "4000 1" },
    ]);
  });

  it("that did not change is not written again", async () => {
    const { accountId, system } = createAccount();
    const till = system();
    const page = [
      { id: "1", name: "Иван", phones: ["79120000001", "79120000002"] },
      { id: "2", name: "Анна", emails: ["a@example.com"] },
    ];
    await till.save(...page);
    const versions = async () => {
      const { rows } = await database.pool.query(
        `select 'g' || id as id, xmin::text from guest where account_id = $1
         union all select 'p' || id, xmin::text from guest_profile where account_id = $1
         union all select 'i' || value, xmin::text from guest_identifier where account_id = $1 order by 1`,
        [accountId],
      );
      return rows;
    };
    const before = await versions();
    expect(await till.save(...page)).toEqual({ created: 0, updated: 0, unchanged: 2 });
    expect(await versions()).toEqual(before);
    expect(
      await till.save({ id: "1", name: "Иван П.", phones: ["79120000001", "79120000002"] }, { ...page[1]!, id: "2" }),
    ).toEqual({ created: 0, updated: 1, unchanged: 1 });
  });

  it("keeps the later of two that are the same guest, and never an older over a newer", async () => {
    const { system, guest } = createAccount();
    const till = system();
    const [early, late] = [new Date("2026-01-01"), new Date("2026-02-01")];
    expect(await till.save({ id: "1", name: "A" }, { id: "1", name: "B" })).toEqual({
      created: 1,
      updated: 0,
      unchanged: 1,
    });
    expect((await guest(till.guestId("1")))?.name).toBe("B");
    await till.save({ id: "1", name: "C", sourceUpdatedAt: late }, { id: "1", name: "D", sourceUpdatedAt: early });
    expect((await guest(till.guestId("1")))?.name).toBe("C");
    expect(await till.save({ id: "1", name: "E", sourceUpdatedAt: early })).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
    });
    expect(await till.save({ id: "1", name: "F", sourceUpdatedAt: late })).toEqual({
      created: 0,
      updated: 1,
      unchanged: 0,
    });
  });

  it("may hold NUL and halves of characters anywhere", async () => {
    const { accountId, system, guest } = createAccount();
    const till = system();
    const nasty = { id: "n\0", name: "Ан\0на \ud83d", emails: ["a\0@example.com"], raw: { "k\0": "v\0\\u0000\ud83d" } };
    await till.save(nasty);
    const profileId = till.profileId("n\ufffd");
    const guestId = foundedGuestId(profileId);
    expect((await guest(guestId))?.name).toBe("Ан\ufffdна \ufffd");
    expect((await rawByProfileIds(database.pool, accountId, [profileId])).get(profileId)).toEqual({
      "k\ufffd": "v\ufffd\\u0000\ufffd",
    });
    await till.save({ ...nasty, name: "Анна\0\0" });
    expect((await guest(guestId))?.name).toBe("Анна\ufffd\ufffd");
    expect(await till.save({ ...nasty, name: "Анна\0\0" })).toMatchObject({ unchanged: 1 });
  });

  it("may hold what is too long for an index", async () => {
    const { system, guest } = createAccount();
    const till = system();
    const long = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");
    await till.save({ id: "1", name: long, emails: [`${long}@example.com`], phones: [long], cards: [long] });
    expect(await guest(till.guestId("1"))).toMatchObject({ name: long, email: null, phone: null });
  });
});

describe("guests over several systems", () => {
  it("are one when they share a phone; the oldest profile names them", async () => {
    const { accountId, system, guest, count } = createAccount();
    const [till, book] = [system(), system()];
    await till.save({ id: "1", phones: ["79120000001"] });
    await book.save({ id: "x", name: "Иван", phones: ["+7 (912) 000-00-01"], emails: ["i@example.com"] });
    const id = till.guestId("1");
    expect(await guest(id)).toMatchObject({ name: "Иван", phone: "+79120000001", email: "i@example.com" });
    expect((await profilesByGuestIds(database.pool, accountId, [id])).get(id)).toMatchObject([
      { externalId: "1", evidence: [{ kind: "FOUNDER" }] },
      { externalId: "x", evidence: [{ kind: "PHONE", value: "+79120000001", profileId: till.profileId("1") }] },
    ]);
    expect(await count("guest")).toBe(1);
  });

  it("match by second phones and cards too", async () => {
    const { system, guestOf } = createAccount();
    const [till, book, crm] = [system(), system(), system()];
    await till.save({ id: "1", phones: ["79120000001", "79120000002"], cards: ["77"] });
    await book.save({ id: "x", phones: ["79120000002"] });
    await crm.save({ id: "y", cards: [" 7 7 "] });
    expect(await guestOf(book.profileId("x"))).toBe(till.guestId("1"));
    expect(await guestOf(crm.profileId("y"))).toBe(till.guestId("1"));
  });

  it("are merged when a profile binds them, and every id keeps resolving in one step", async () => {
    const { accountId, system, guest, guestOf } = createAccount();
    const [till, book, crm] = [system(), system(), system()];
    await till.save({ id: "1", phones: ["79120000001"], name: "Иван" });
    await later();
    await book.save({ id: "x", emails: ["i@example.com"] }, { id: "z", cards: ["9"] });
    await book.save({ id: "xz", emails: ["i@example.com"], cards: ["9"] });
    await crm.save({ id: "y", phones: ["79120000001"], emails: ["i@example.com"] });
    const oldest = till.guestId("1");
    for (const id of [book.profileId("x"), book.profileId("z"), book.profileId("xz"), crm.profileId("y")]) {
      expect(await guestOf(id)).toBe(oldest);
    }
    for (const id of [book.guestId("x"), book.guestId("z")]) {
      expect(await guest(id)).toMatchObject({ id: oldest, name: "Иван", email: "i@example.com" });
    }
    const { rows } = await database.pool.query(
      `select a.id from guest a join guest b on b.account_id = a.account_id and b.id = a.merged_into
       where a.account_id = $1 and b.merged_into is not null`,
      [accountId],
    );
    expect(rows).toEqual([]);
  });

  it("part when the vendor corrects the wrong number, and whoever it had bound leaves too", async () => {
    const { accountId, system, guest, guestOf } = createAccount();
    const [till, book] = [system(), system()];
    await till.save({ id: "1", name: "Иван", phones: ["79120000001"] });
    await later();
    await till.save({ id: "2", name: "Иван", emails: ["x@example.com"] });
    await book.save({ id: "p", name: "Иван", phones: ["79120000001"], emails: ["x@example.com"] });
    expect(await guestOf(till.profileId("2"))).toBe(await guestOf(till.profileId("1")));
    await book.save({ id: "p", name: "Иван", phones: ["79120000001"], emails: ["y@example.com"] });
    const [one, other] = [await guestOf(till.profileId("1")), await guestOf(till.profileId("2"))];
    expect(other).not.toBe(one);
    expect(await guestOf(book.profileId("p"))).toBe(one);
    // The id that it had before it was merged is its own again.
    expect(other).toBe(till.guestId("2"));
    expect(await guest(one ?? "")).toMatchObject({ phone: "+79120000001", email: "y@example.com" });
    expect(await guest(other ?? "")).toMatchObject({ phone: null, email: "x@example.com", name: "Иван" });
    const { rows } = await database.pool.query(
      "select 1 from guest g where account_id = $1 and merged_into is null and not exists (select from guest_profile p where p.guest_id = g.id)",
      [accountId],
    );
    expect(rows).toEqual([]);
  });

  it("stay apart when the evidence contradicts itself, until it no longer does", async () => {
    const { accountId, system, guestOf } = createAccount();
    const [till, book] = [system(), system()];
    await till.save({ id: "1", name: "Иван Петров", phones: ["79120000001"], emails: ["i@example.com"] });
    await book.save({ id: "x", name: "Анна", phones: ["79120000001"], emails: ["a@example.com"] });
    expect(await guestOf(book.profileId("x"))).not.toBe(await guestOf(till.profileId("1")));
    const conflicts = await listConflicts(database.pool, accountId, { first: 10 });
    expect(conflicts.rows).toMatchObject([{ kind: "PHONE", value: "+79120000001" }]);
    await book.save({ id: "x", name: "Анна", phones: ["79120000001"], emails: ["i@example.com"] });
    expect(await guestOf(book.profileId("x"))).toBe(await guestOf(till.profileId("1")));
    expect((await listConflicts(database.pool, accountId, { first: 10 })).rows).toEqual([]);
  });

  it("keep to their account", async () => {
    const [one, other] = [createAccount(), createAccount()];
    const [till, book] = [one.system(), other.system()];
    await till.save({ id: "1", phones: ["79120000001"] });
    await book.save({ id: "1", phones: ["79120000001"] });
    expect(await other.guestOf(book.profileId("1"))).toBe(book.guestId("1"));
    expect(await other.guest(till.guestId("1"))).toBeUndefined();
  });

  it("are decided right by two pages at the same time", async () => {
    const { system, count } = createAccount();
    const [till, book] = [system(), system()];
    const page = Array.from({ length: 200 }, (_, index) => ({ id: `${index}`, phones: [`7912000${1000 + index}`] }));
    await Promise.all([till.save(...page), book.save(...page)]);
    expect(await count("guest")).toBe(200);
    expect(await count("guest_profile")).toBe(400);
  });
});

describe("deleting an integration's records", () => {
  it("removes its guests, keeps those whom others know, and gives the same ids back afterwards", async () => {
    const { system, guest, guestOf, count } = createAccount();
    const [till, book] = [system(), system()];
    const page = [
      { id: "1", name: "Иван", phones: ["79120000001"] },
      { id: "2", name: "Анна", phones: ["79120000002", "79120000003"] },
    ];
    await till.save(...page);
    await book.save({ id: "x", name: "Иван Петров", phones: ["79120000001"] });
    await till.remove();
    expect(await guest(till.guestId("1"))).toMatchObject({ name: "Иван Петров" });
    expect(await guest(till.guestId("2"))).toBeUndefined();
    expect([await count("guest_profile"), await count("guest_identifier"), await count("guest")]).toEqual([1, 0, 1]);
    await till.save(...page);
    expect(await guestOf(till.profileId("1"))).toBe(till.guestId("1"));
    expect(await guest(till.guestId("2"))).toMatchObject({ name: "Анна" });
  });

  it("leaves no id that resolves to a removed guest", async () => {
    const { system, guest, count } = createAccount();
    const till = system();
    await till.save({ id: "1", phones: ["79120000001"] }, { id: "2", emails: ["a@example.com"] });
    await till.save({ id: "3", phones: ["79120000001"], emails: ["a@example.com"] });
    await till.remove();
    expect(await guest(till.guestId("1"))).toBeUndefined();
    expect(await guest(till.guestId("2"))).toBeUndefined();
    expect(await count("guest")).toBe(0);
  });

  it("gives a founder another guest id when others still hold the first", async () => {
    const { system, guest, guestOf } = createAccount();
    const [till, book] = [system(), system()];
    await till.save({ id: "1", phones: ["79120000001"] });
    await book.save({ id: "x", phones: ["79120000001"] });
    await till.remove();
    await till.save({ id: "1", phones: ["79120000009"] });
    const anew = await guestOf(till.profileId("1"));
    expect(anew).not.toBe(till.guestId("1"));
    expect(await guest(till.guestId("1"))).toMatchObject({ phone: "+79120000001" });
    expect(await guest(anew ?? "")).toMatchObject({ phone: "+79120000009" });
  });
});
