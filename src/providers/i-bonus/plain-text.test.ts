import fc from "fast-check";
import { expect, it } from "vitest";
import { plainText } from "./plain-text.ts";

it.each([
  ["no markup", "no markup"],
  ["<b>bold</b> and <i class='x'>italic</i>", "bold and italic"],
  ["one<br>two<br/>three", "one\ntwo\nthree"],
  ["<p>one</p>\n<p>two</p>", "one\n\ntwo"],
  ["5 < 6 & 7 > 3", "5 < 6 & 7 > 3"],
  ["&laquo;Осень&raquo; &#8211; 50&nbsp;%", "«Осень» – 50 %"],
  ["&lt;b&gt;&amp;amp;", "<b>&amp;"],
  ["&unknown; &#0; &#xD800;", "&unknown; \ufffd \ufffd"],
  ["<style>p{}</style>a<!-- <b> -->b<script>alert('<p>')</script>c", "abc"],
  ["a<script>never closed", "a"],
  ["a<!-- never closed", "a"],
  ["  <i>a</i> \t b  ", "a b"],
])("%j reads %j", (html, text) => {
  expect(plainText(html)).toBe(text);
});

it("leaves no tag, whatever it is given", () => {
  const piece = fc.constantFrom("<", ">", "/", "script", "b", "!--", "-->", " ", "x", "=", '"');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(plainText(pieces.join(""))).not.toMatch(/<\/?[a-z][^<>]*>/i);
    }),
  );
});
