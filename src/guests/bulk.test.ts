import fc from "fast-check";
import { expect, it } from "vitest";
import { copyText, valuesOfCopyText } from "./bulk.ts";

it("text for COPY comes back as it was", () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom("\\", "N", "n", "t", "\t", "\n", "\r", "я", "x") }),
    fc.string(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (row) => {
      const text = copyText(row);
      expect(text).not.toMatch(/[\n\r]/);
      expect(valuesOfCopyText(text)).toEqual(row);
    }),
  );
});
