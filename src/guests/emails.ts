/** The longest address that mail knows (RFC 5321), which an index takes too. */
const longest = 254;

/** An e-mail address for comparing: trimmed, lower case. Null when it is none (no @, or spaces within). */
export const normaliseEmail = (asGiven: string): string | null => {
  const email = asGiven.trim().toLowerCase();
  return email.length <= longest && /^[^\s@]+@[^\s@]+$/u.test(email) ? email : null;
};

/** A card's number for comparing: without the spaces that people group it by. Null when it is empty or absurd. */
export const normaliseCard = (asGiven: string): string | null => {
  const card = asGiven.replace(/\s+/gu, "");
  return card !== "" && card.length <= 100 ? card : null;
};
