import { hash } from "node:crypto";
import type { GuestRecord } from "../contract/index.ts";
import { copyText } from "./bulk.ts";
import { currencyCode, decimal, instant, isoDate, UnstorableError, wholeNumber } from "./columns.ts";
import { normaliseCard, normaliseEmail } from "./emails.ts";
import { foundedGuestId, recordId } from "./ids.ts";
import type { Identifier, Kind } from "./identity.ts";
import { searchName } from "./names.ts";
import { normalisePhone } from "./phones.ts";
import { storable, storableJson } from "./storable.ts";

/** A guest of a vendor's page, as the mapping gave it. */
export type GivenGuest = { readonly externalId: string; readonly guest: GuestRecord; readonly raw: unknown };

/** An identifier beside the profile's first phone and e-mail. */
export type FurtherIdentifier = { readonly kind: Kind; readonly value: string; readonly asGiven: string };

/** A profile that is ready to be written: everything of it that needs no look at the database. */
export type PreparedGuest = {
  readonly id: string;
  /** The guest that it founds when it matches nobody. */
  readonly ownGuestId: string;
  readonly externalId: string;
  /** The values of `vendorColumns` as text for COPY: one string a profile, because thousands wait in memory to be written. */
  readonly copyText: string;
  readonly searchName: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly further: readonly FurtherIdentifier[];
  /** The first ones and the further ones. */
  readonly identifiers: readonly Identifier[];
  /** Of the vendor's object and of what we made of it: 128 bits of SHA-256, in hex. */
  readonly digest: string;
  readonly sourceUpdatedAt: string | null;
};

/** Longer ids would not fit into the index. */
const longestExternalId = 500;

/**
 * Makes a vendor's guest ready for `savePage`. This is the work of a sync that needs no database, so it is done while
 * earlier pages are being written.
 * @param defaultCountry ISO 3166 alpha-2, for phones without a country code.
 * @throws UnstorableError when a value does not fit its column: the record is at fault, not the page.
 */
export const prepareGuest = (
  integrationId: string,
  defaultCountry: string,
  { externalId: givenId, guest, raw }: GivenGuest,
): PreparedGuest => {
  const externalId = storable(givenId);
  if (externalId === "" || externalId.length > longestExternalId) throw new UnstorableError("The id", externalId);
  const { purchases, reviews } = guest;
  const name = cleanText(guest.name);
  const search = searchName(name);
  const phones = normalised(guest.phones, (phone) => normalisePhone(phone, defaultCountry));
  const emails = normalised(guest.emails, normaliseEmail);
  const cards = normalised(guest.cards, normaliseCard);
  const [phone, ...furtherPhones] = phones;
  const [email, ...furtherEmails] = emails;
  const further = [...of("PHONE", furtherPhones), ...of("EMAIL", furtherEmails), ...of("CARD", cards)];
  const sourceUpdatedAt = instant("The time of the last change", guest.sourceUpdatedAt);
  const text = copyText([
    externalId,
    name,
    search,
    email?.value ?? null,
    phone?.value ?? null,
    phone?.asGiven ?? cleanText(guest.phones[0] ?? null),
    isoDate("The birth date", guest.birthDate),
    cleanText(guest.language),
    cleanText(guest.avatarUrl),
    wholeNumber("The number of purchases", purchases?.total ?? null),
    wholeNumber("The number of paid purchases", purchases?.paid ?? null),
    decimal("The average bill", purchases?.averageBill ?? null),
    decimal("The amount of all purchases", purchases?.spentTotal ?? null),
    decimal("The amount of paid purchases", purchases?.spentPaid ?? null),
    currencyCode("The currency", purchases?.currency ?? null),
    wholeNumber("The number of positive reviews", reviews?.positive ?? null),
    wholeNumber("The number of neutral reviews", reviews?.neutral ?? null),
    wholeNumber("The number of negative reviews", reviews?.negative ?? null),
    guest.customFields === null ? null : storableJson(guest.customFields),
    storableJson(raw),
    instant("The time of creation", guest.sourceCreatedAt),
    sourceUpdatedAt,
  ]);
  const id = recordId(integrationId, "guest", externalId);
  return {
    id,
    ownGuestId: foundedGuestId(id),
    externalId,
    copyText: text,
    searchName: search,
    name,
    email: email?.value ?? null,
    phone: phone?.value ?? null,
    further,
    identifiers: [
      ...phones.map(({ value }) => ({ kind: "PHONE" as const, value })),
      ...emails.map(({ value }) => ({ kind: "EMAIL" as const, value })),
      ...cards.map(({ value }) => ({ kind: "CARD" as const, value })),
    ],
    digest: digestOf(text, further),
    sourceUpdatedAt,
  };
};

const digestOf = (text: string, further: readonly FurtherIdentifier[]): string => {
  let all = text;
  for (const { kind, value, asGiven } of further) all += `\n${kind} ${value} ${asGiven}`;
  return hash("sha256", all, "hex").slice(0, 32);
};

/** Empty text is no text. */
const cleanText = (text: string | null): string | null => {
  const clean = text === null ? "" : storable(text).trim();
  return clean === "" ? null : clean;
};

/** The values that can be made of what was given, each once, in order. */
const normalised = (
  given: readonly string[],
  normalise: (text: string) => string | null,
): { value: string; asGiven: string }[] => {
  const found: { value: string; asGiven: string }[] = [];
  for (const text of given) {
    const asGiven = storable(text);
    const value = normalise(asGiven);
    if (value !== null && !found.some((known) => known.value === value)) found.push({ value, asGiven });
  }
  return found;
};

const of = (kind: Kind, list: readonly { value: string; asGiven: string }[]): FurtherIdentifier[] =>
  list.map(({ value, asGiven }) => ({ kind, value, asGiven }));
