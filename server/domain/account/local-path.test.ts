import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localPathOf } from "./local-path";

describe("localPathOf", () => {
  it("keeps paths of this app with query and fragment", () => {
    expect(localPathOf("/circuit/AAPL?s=fedFunds:100bp#icr")).toBe("/circuit/AAPL?s=fedFunds:100bp#icr");
  });

  it.each(["//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "/.//evil.example", "/a/..//evil.example", "", null, undefined])("refuses %j", (text) => {
    expect(localPathOf(text)).toBe("/dashboard");
  });

  it("never leaves the origin, whatever is written", () => {
    const pieces = fc.array(fc.constantFrom("/", "\\", ".", "..", "@", ":", "\t", "\n", "%2f", "%5c", "evil.example", "https:", "#", "?"), { maxLength: 8 });
    fc.assert(fc.property(pieces, (parts) => {
      expect(new URL(localPathOf(`/${parts.join("")}`), "https://app.example").origin).toBe("https://app.example");
    }));
  });
});
