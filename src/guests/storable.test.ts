import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storable, storableJson } from "./storable.ts";

describe("what PostgreSQL cannot keep", () => {
  it("becomes U+FFFD in text", () => {
    expect(storable("a\0b\ud800c")).toBe("a\ufffdb\ufffdc");
  });

  it("becomes U+FFFD in JSON, keys too, and nothing else changes", () => {
    expect(JSON.parse(storableJson({ "k\0": ["\0\0", "\ud83d", "\\u0000", "\\\0", "ok 😀\n"] }))).toEqual({
      "k\ufffd": ["\ufffd\ufffd", "\ufffd", "\\u0000", "\\\ufffd", "ok 😀\n"],
    });
    expect(storableJson(undefined)).toBe("null");
  });

  it("is gone from any JSON", () => {
    const nasty = fc.string({ unit: fc.constantFrom("\0", "\\", "u", "0", "\ud800", "\udc00", '"', "я", "\u001f") });
    fc.assert(
      fc.property(fc.array(nasty), (texts) => {
        expect(JSON.parse(storableJson(texts))).toEqual(texts.map(storable));
      }),
    );
  });
});
