/**
 * PostgreSQL keeps neither the character NUL nor halves of surrogate pairs, in text or jsonb. Vendors send both (fixed-width
 * fields, cut emoji), and one of them would stop the whole page: they are kept as U+FFFD, "something was here".
 */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\u0000", "\ufffd");

/** The same in JSON text, where both are escapes. `JSON.stringify` escapes no surrogate that has its other half. */
const unstorableEscape = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** The JSON text of a value, such that PostgreSQL takes it. */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value) ?? "null";
  return json.includes("\\u") ? replaceEscapes(json) : json;
};

/** Repeated, because an escape hides the one right behind it from the look back. */
const replaceEscapes = (json: string): string => {
  const replaced = json.replace(unstorableEscape, "$1\\ufffd");
  return replaced === json ? json : replaceEscapes(replaced);
};
