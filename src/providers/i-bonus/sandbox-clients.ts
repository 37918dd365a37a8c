import { createPeople, Random, spellName, spellPhone, type RecordSet } from "../sandbox/index.ts";

/** A client as the vendor's guide describes it. */
export type SandboxClient = {
  readonly id: number;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  readonly paidPurchases: number;
  readonly totalPurchases: number;
  readonly averageBill: number;
  readonly totalPurchasesAmount: number;
  readonly paidPurchasesAmount: number;
  readonly positiveReviews: number;
  readonly neutralReviews: number;
  readonly negativeReviews: number;
  readonly token: string;
};

/** null: any. In `phone` and `email` "%" is any characters. */
export type ClientsFilter = {
  readonly phone: string | null;
  readonly email: string | null;
  readonly offset: number;
  readonly limit: number;
};

/** The clients of the sandbox. They are made when they are asked for; only changes are kept. */
export type Clients = Required<RecordSet> & {
  find(id: number): SandboxClient | null;
  /** By digits of the phone, else by e-mail. */
  findBuyer(phone: string | null, email: string | null): SandboxClient | null;
  /** Those that match, in the order of their ids. */
  list(filter: ClientsFilter): SandboxClient[];
  ids(): Iterable<number>;
  reset(): void;
};

/** Ids go up from here. */
const firstId = 1_000_001;
const draw = 10;
/** One guest in so many has the phone of the guest before: another person, whose profiles must not be joined. */
const sharesPhoneEvery = 400;

const phoneSpellings = [
  "digits",
  "digits",
  "digits",
  "digits",
  "digits",
  "digits",
  "digits",
  "digits",
  "trunk",
  "national",
] as const;
const nameSpellings = [
  "given family",
  "given family",
  "given family",
  "given",
  "family given",
  "latin",
  "capitals",
] as const;
/** What people type who would rather not tell. */
const invalidPhones = ["7912345", "0000000000", "79", "123"] as const;

export const createClients = ({ seed, guests }: { seed: number; guests: number }): Clients => {
  const people = createPeople(seed);
  const changed = new Map<number, SandboxClient>();
  const removed = new Set<number>();

  const sharesPhone = (index: number): boolean => index % sharesPhoneEvery === sharesPhoneEvery / 2;
  const isShared = (index: number): boolean => sharesPhone(index) || (sharesPhone(index + 1) && index + 1 < guests);

  const made = (index: number): SandboxClient => {
    const random = new Random(seed, index, draw);
    const person = people.at(index);
    // Of two who share a phone everything else is told, so that they are plainly two.
    const told = isShared(index);
    const phone = sharesPhone(index) ? people.phoneAt(index - 1) : person.phone;
    const spelledPhone = spellPhone(phone, random.pick(phoneSpellings));
    const hasPhone = !random.chance(0.01) || told;
    const hasInvalidPhone = random.chance(0.004) && !told;
    const invalidPhone = random.pick(invalidPhones);
    const hasEmail = !random.chance(0.12) || told;
    const hasName = !random.chance(0.04) || told;
    const spelledName = spellName(person, told ? "given family" : random.pick(nameSpellings));
    const totalPurchases = random.chance(0.1) ? 0 : 1 + random.below(random.chance(0.2) ? 120 : 12);
    const paidPurchases = random.below(totalPurchases + 1);
    // In kopecks, so that the products come out even.
    const bill = totalPurchases === 0 ? 0 : 30_000 + random.below(4000) * 50;
    const reviews = totalPurchases > 0 && random.chance(0.15);
    return {
      id: firstId + index,
      email: hasEmail ? person.email : null,
      phone: hasInvalidPhone ? invalidPhone : hasPhone ? spelledPhone : null,
      name: hasName ? spelledName : null,
      avatarUrl: random.chance(0.3) ? `https://example.com/avatars/${random.hex(8)}.jpg` : null,
      paidPurchases,
      totalPurchases,
      averageBill: bill / 100,
      totalPurchasesAmount: (bill * totalPurchases) / 100,
      paidPurchasesAmount: (bill * paidPurchases) / 100,
      positiveReviews: reviews ? random.below(4) : 0,
      neutralReviews: reviews ? random.below(2) : 0,
      negativeReviews: reviews ? random.below(2) : 0,
      token: random.hex(16),
    };
  };

  const exists = (id: number): boolean =>
    Number.isInteger(id) && id >= firstId && id < firstId + guests && !removed.has(id);
  const get = (id: number): SandboxClient => changed.get(id) ?? made(id - firstId);
  const find = (id: number): SandboxClient | null => (exists(id) ? get(id) : null);

  /** The ids that are left, in order; only made when some were removed. */
  let left: readonly number[] | null = null;
  const idAt = (position: number): number => (left === null ? firstId + position : (left[position] ?? Number.NaN));
  const count = (): number => (left === null ? guests : left.length);

  /** Where clients with this phone or e-mail can be: those that were changed, and whose it was from the start. */
  const candidates = (indexes: readonly (number | null)[]): number[] => [
    ...new Set([...changed.keys(), ...indexes.flatMap((index) => (index === null ? [] : [firstId + index]))]),
  ];
  const withPhone = (digits: string): number[] => {
    const national = digits.length === 10 ? digits : digits.slice(1);
    const index = people.indexOfPhone(`7${national}`);
    return candidates([index, index === null ? null : index + 1]);
  };
  const withEmail = (email: string): number[] => candidates([people.indexOfEmail(email.toLowerCase())]);

  const firstOf = (ids: readonly number[], fits: (client: SandboxClient) => boolean): SandboxClient | null => {
    for (const id of ids.toSorted((a, b) => a - b)) {
      const client = find(id);
      if (client !== null && fits(client)) return client;
    }
    return null;
  };

  const removeAll = (ids: readonly string[]): void => {
    const numbers = ids.map((id) => known(id).id);
    for (const id of numbers) removed.add(id);
    left = Array.from({ length: guests }, (_, index) => firstId + index).filter((id) => !removed.has(id));
  };

  const known = (id: string): SandboxClient => {
    const client = find(Number(id));
    if (client === null) throw new RangeError(`There is no client ${id}.`);
    return client;
  };

  function* ids(): Iterable<number> {
    for (let position = 0; position < count(); position++) yield idAt(position);
  }

  return {
    find,
    ids,
    findBuyer(phone, email) {
      const digits = phone?.replace(/\D/g, "") ?? "";
      const byPhone = (client: SandboxClient) => client.phone?.replace(/\D/g, "") === digits;
      const found = digits === "" ? null : firstOf(withPhone(digits), byPhone);
      if (found !== null || email === null) return found;
      const wanted = email.toLowerCase();
      return firstOf(withEmail(wanted), (client) => client.email?.toLowerCase() === wanted);
    },
    list({ phone, email, offset, limit }) {
      if (phone === null && email === null) {
        const page: SandboxClient[] = [];
        const end = Math.min(offset + limit, count());
        for (let position = offset; position < end; position++) page.push(get(idAt(position)));
        return page;
      }
      const fitsPhone = matcherOf(phone);
      const fitsEmail = matcherOf(email);
      // Without a wildcard few can match, and a wildcard must look at everybody, as at the vendor.
      const places =
        phone !== null && !phone.includes("%")
          ? withPhone(phone).toSorted((a, b) => a - b)
          : email !== null && !email.includes("%")
            ? withEmail(email).toSorted((a, b) => a - b)
            : ids();
      const page: SandboxClient[] = [];
      let skipped = 0;
      for (const id of places) {
        if (page.length >= limit) break;
        const client = find(id);
        if (client === null || !fitsPhone(client.phone) || !fitsEmail(client.email)) continue;
        if (skipped < offset) skipped += 1;
        else page.push(client);
      }
      return page;
    },
    *records() {
      for (const id of ids()) yield get(id);
    },
    change: (id, patch) => void changed.set(known(id).id, { ...known(id), ...patch, id: known(id).id }),
    remove: removeAll,
    reset() {
      changed.clear();
      removed.clear();
      left = null;
    },
  };
};

/** A text with "%" for any characters; null fits everything. Case does not count. */
const matcherOf = (pattern: string | null): ((text: string | null) => boolean) => {
  if (pattern === null) return () => true;
  const parts = pattern.split("%").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "is");
  return (text) => text !== null && expression.test(text);
};
