/**
 * Comments, scripts and styles with all that is in them (to the end of the text when nothing closes them, as browsers read
 * them), and tags. No alternative looks twice at the same characters, so hostile text costs no more than its length.
 */
const markup = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?[a-z][a-z0-9]*)\b[^<>]*>/gi;

/** Tags after or before which a reader sees a new line. */
const breaksLine = /^\/?(br|p|div|li|ul|ol|tr|table|h[1-6]|blockquote)$/i;

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  laquo: "«",
  raquo: "»",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  euro: "€",
  times: "×",
};

/**
 * HTML as the text that a reader sees, with line breaks. The result is text and no longer HTML: "&lt;b&gt;" is the four
 * characters "<b>" and more, so whoever puts it into a page escapes it like any other text.
 */
export const plainText = (html: string): string =>
  html
    .replace(markup, (_, element: string | undefined, tag: string | undefined) =>
      element === undefined && tag !== undefined && breaksLine.test(tag) ? "\n" : "",
    )
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, decodeEntity)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** Entities that are not known stay as they are. */
const decodeEntity = (whole: string, decimal?: string, hexadecimal?: string, name?: string): string => {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : whole;
};
