import { englishMen, englishWomen, russianMen, russianWomen, toLatin } from "./names.ts";
import { createPermutation, Random } from "./random.ts";

/** A made-up guest. */
export type Person = {
  readonly given: string;
  readonly family: string;
  /** E.164, a valid Russian mobile number by its digits. */
  readonly phone: string;
  /** In a domain that is reserved for examples (RFC 2606), so nobody can own it. */
  readonly email: string;
};

/**
 * Guests without number: guest `index` is a function of the seed and the index alone, so a million of them take no memory,
 * and the sandboxes of several systems with one seed have the same people. No two have the same phone or e-mail.
 */
export type People = {
  at(index: number): Person;
  /** As `at(index).phone`, without the rest. */
  phoneAt(index: number): string;
  /** Whose phone it would be, in digits that begin with 79; null for what is no such phone. */
  indexOfPhone(digits: string): number | null;
  /** Whose e-mail it would be; null for one that is of nobody here. */
  indexOfEmail(email: string): number | null;
};

/** See `Random`: sandboxes draw for other purposes. */
const personDraw = 1;

const domains = ["example.com", "example.org", "example.net", "mail.example.com", "post.example.org"] as const;

/** Four in five are Russian. */
const peoples = [
  russianWomen,
  russianMen,
  russianWomen,
  russianMen,
  russianWomen,
  russianMen,
  russianWomen,
  russianMen,
  englishWomen,
  englishMen,
] as const;

const localParts = new Map<string, string>();

/** A name as it stands in an e-mail address. Kept, because there are few names and many people. */
const localPart = (name: string): string => {
  const known = localParts.get(name);
  if (known !== undefined) return known;
  const made = toLatin(name)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  localParts.set(name, made);
  return made;
};

export const createPeople = (seed: number): People => {
  const phones = createPermutation(seed);

  const phoneAt = (index: number): string => `+79${String(phones.of(index)).padStart(9, "0")}`;

  const at = (index: number): Person => {
    const random = new Random(seed, index, personDraw);
    const names = random.pick(peoples);
    const given = random.pick(names.given);
    const family = random.pick(names.family);
    return {
      given,
      family,
      phone: phoneAt(index),
      // The index makes it one of a kind and leads back to the person.
      email: `${localPart(given)}.${localPart(family)}${index + 1}@${random.pick(domains)}`,
    };
  };

  return {
    at,
    phoneAt,
    indexOfPhone: (digits) => (/^79\d{9}$/.test(digits) ? phones.indexOf(Number(digits.slice(2))) : null),
    indexOfEmail: (email) => {
      const number = /^[a-z.]+([1-9]\d{0,8})@/.exec(email)?.[1];
      if (number === undefined) return null;
      const index = Number(number) - 1;
      return at(index).email === email ? index : null;
    },
  };
};

/** How a system writes phones down: "+79123456789" is… */
export type PhoneSpelling =
  /** +79123456789 */
  | "e164"
  /** 79123456789 */
  | "digits"
  /** 89123456789 */
  | "trunk"
  /** 9123456789 */
  | "national"
  /** +7 (912) 345-67-89 */
  | "typed";

export const spellPhone = (phone: string, spelling: PhoneSpelling): string => {
  const national = phone.slice(2);
  switch (spelling) {
    case "e164":
      return phone;
    case "digits":
      return phone.slice(1);
    case "trunk":
      return `8${national}`;
    case "national":
      return national;
    case "typed":
      return `+7 (${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6, 8)}-${national.slice(8)}`;
  }
};

/** How a system writes names down. */
export type NameSpelling = "given family" | "family given" | "given" | "latin" | "capitals";

export const spellName = ({ given, family }: Person, spelling: NameSpelling): string => {
  switch (spelling) {
    case "given family":
      return `${given} ${family}`;
    case "family given":
      return `${family} ${given}`;
    case "given":
      return given;
    case "latin":
      return toLatin(`${given} ${family}`);
    case "capitals":
      return `${given} ${family}`.toUpperCase();
  }
};
