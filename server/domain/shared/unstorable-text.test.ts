import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unstorableText } from "./unstorable-text";

describe("unstorableText", () => {
  it("names the first field with a NUL character, in the order of the input", () => {
    expect(unstorableText("a\0b")).toBe("");
    expect(unstorableText({ a: "fine", b: { c: ["fine", "\0"] }, d: "\0" })).toBe("b.c.1");
    expect(unstorableText({ a: { "b\0": 1 } })).toBe("a");
  });

  it("lets everything else pass, whatever its characters", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes("\\u0000"));
      expect(unstorableText(value)).toBeNull();
    }));
    expect(unstorableText(undefined)).toBeNull();
  });

  it("reads input that is nested a hundred thousand deep", () => {
    let deep: unknown = "\0";
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(unstorableText(deep)).toMatch(/^0(\.0)*$/);
  });
});
