import type { Answer } from "./exchange.ts";

/** The text of a body: UTF-8, as JSON has to be (RFC 8259), without a byte order mark. */
export const textOf = (body: Buffer): string => {
  const hasMark = body.length > 2 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return hasMark ? body.toString("utf8", 3) : body.toString("utf8");
};

/** The parsed JSON; undefined when it is none, which no JSON is. */
export const readJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
};

/** Whether somebody else's web page came instead of an answer: a proxy, a login page, a parked domain. */
export const looksLikeHtml = ({ headers, body }: Answer): boolean =>
  /\bhtml\b/i.test(headers["content-type"] ?? "") ||
  /^\s*<(!doctype|html|head|body)/i.test(textOf(body.subarray(0, 100)));
