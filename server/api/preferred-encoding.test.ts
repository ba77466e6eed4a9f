import { describe, expect, it } from "vitest";
import { preferredEncoding } from "./preferred-encoding";

describe("preferredEncoding", () => {
  it("takes brotli before gzip, in whatever order they are named", () => {
    expect(["gzip, deflate, br", "br;q=0.5, gzip", "GZIP", "*"].map(preferredEncoding)).toEqual(["br", "br", "gzip", "gzip"]);
  });

  it("leaves the bytes as they are for who takes nothing, or refuses it", () => {
    expect([null, "", "identity", "br;q=0, gzip;q=0.000", "deflate"].map(preferredEncoding)).toEqual([null, null, null, null, null]);
  });
});
