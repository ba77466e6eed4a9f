import { describe, expect, it } from "vitest";
import { etagOf, isFresh } from "./entity-tag";

describe("etagOf", () => {
  it("is the same for the same bytes, and another for others", () => {
    expect(etagOf("a")).toBe(etagOf(Buffer.from("a")));
    expect(etagOf("a")).toMatch(/^W\/"[\w-]{22}"$/);
    expect(etagOf("a")).not.toBe(etagOf("b"));
  });
});

describe("isFresh", () => {
  it("finds the tag among those a reader has, weak or not", () => {
    expect(isFresh('"a", W/"b"', 'W/"b"')).toBe(true);
    expect(isFresh('"b"', 'W/"b"')).toBe(true);
    expect(isFresh("*", 'W/"b"')).toBe(true);
    expect(isFresh('"a"', 'W/"b"')).toBe(false);
    expect(isFresh(null, 'W/"b"')).toBe(false);
  });
});
