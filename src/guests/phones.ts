import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";

/**
 * Russian mobile numbers as systems here spell them: nine in ten of what a sync meets. They are valid by their digits
 * alone, so the library (50 times slower, and 100,000 of them in a sync) need not look; a test holds this against it.
 */
const russianMobile = /^(\+?7|8|) ?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d$/;

/** No number is longer, with all its spaces, brackets and an extension. */
const longest = 60;

/**
 * A phone in E.164, whatever the spelling: "8 (912) 345-67-89" and "79123456789" are "+79123456789" with "RU".
 * @param defaultCountry ISO 3166 alpha-2: how a number without a country code is read.
 * @returns null when no valid number can be made of it.
 */
export const normalisePhone = (asGiven: string, defaultCountry: string): string | null => {
  const text = asGiven.trim();
  const mobile = russianMobile.exec(text);
  if (mobile !== null && (defaultCountry === "RU" || mobile[1] === "+7")) {
    return `+7${text.replace(/\D+/g, "").slice(-10)}`;
  }
  if (text === "" || text.length > longest) return null;
  return valid(text, defaultCountry) ?? withoutPlus(text, defaultCountry);
};

const valid = (text: string, defaultCountry: string): string | null => {
  // A country that the library does not know is as good as none: only numbers with a code are read then.
  const number = parsePhoneNumberFromString(text, defaultCountry as CountryCode);
  return number?.isValid() === true ? number.number : null;
};

/** Many systems keep international numbers as bare digits, so what is no number of the country may be one with a code. */
const withoutPlus = (text: string, defaultCountry: string): string | null =>
  /^[1-9]\d{9,14}$/.test(text) ? valid(`+${text}`, defaultCountry) : null;
