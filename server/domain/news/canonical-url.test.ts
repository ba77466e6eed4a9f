import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalUrl } from "./canonical-url";

describe("canonicalUrl", () => {
  it("gives the worked example of its docstring", () => {
    expect(canonicalUrl("HTTP://www.Example.com:80/a/b/?utm_source=x&id=7#top")).toBe("https://example.com/a/b?id=7");
  });

  it("makes the addresses of one article equal", () => {
    const same = ["https://m.example.com/a?b=2&a=1", "http://example.com/a?a=1&b=2&fbclid=Z", "https://user:pw@www.example.com/a/?a=1&b=2#c", "https://example.com/a/amp?a=1&b=2"];
    expect(new Set(same.map(canonicalUrl)).size).toBe(1);
  });

  it("keeps what tells articles apart", () => {
    expect(canonicalUrl("https://example.com/a?id=1")).not.toBe(canonicalUrl("https://example.com/a?id=2"));
    expect(canonicalUrl("https://example.com:8443/A")).toBe("https://example.com:8443/A");
  });

  it("changes nothing the second time", () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const once = canonicalUrl(url);
      expect(canonicalUrl(once)).toBe(once);
    }));
  });

  it("refuses what a browser must not be sent to", () => {
    for (const bad of ["javascript:alert(1)", "data:text/html,x", "ftp://example.com/a", "/a", "", "https://", "http://localhost/a", `https://example.com/${"a".repeat(2_000)}`]) {
      expect(() => canonicalUrl(bad)).toThrow("http");
    }
  });
});
