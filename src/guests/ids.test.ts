import fc from "fast-check";
import { v5 } from "uuid";
import { expect, it } from "vitest";
import { foundedGuestId, recordId } from "./ids.ts";

it("ids are uuids of version 5", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: "binary" }), (namespace, text) => {
      expect(recordId(namespace, "guest", text)).toBe(v5(`guest:${text}`, namespace));
      expect(foundedGuestId(namespace)).toBe(v5("guest", namespace));
    }),
  );
});
