/** Longer names are cut for searching and sorting: an index takes no value beyond 2,700 bytes, and nobody is called so. */
const longest = 200;

/** What parts words beside spaces. The index of guests' words uses the same list (see the migration). */
export const wordSeparators = "-.,'’\"()/_";
const betweenWords = new RegExp(`[\\s${wordSeparators.replace("-", "\\-")}]+`, "u");

/**
 * The form of a name that filters and sorting use: NFKC, lower case, "ё" as "е", single spaces. "" for no name.
 */
export const searchName = (name: string | null): string => {
  if (name === null) return "";
  const plain = name.normalize("NFKC").toLowerCase().replaceAll("ё", "е").replace(/\s+/gu, " ").trim();
  return plain.length <= longest ? plain : plain.slice(0, longest).toWellFormed().trim();
};

/** The words of a name or of what somebody types to find one, in search form. */
export const wordsOf = (name: string): string[] =>
  searchName(name)
    .split(betweenWords)
    .filter((word) => word !== "");

/**
 * Whether two names (in search form) may be one person's: all words of the one are words of the other, in any order
 * ("Иванов Иван" and "иван"). A missing name fits every name.
 */
export const compatibleNames = (a: string, b: string): boolean => {
  if (a === b || a === "" || b === "") return true;
  const [few, many] = [new Set(wordsOf(a)), new Set(wordsOf(b))].sort((one, other) => one.size - other.size);
  return few !== undefined && many !== undefined && few.isSubsetOf(many);
};
