import { describe, expect, it } from "vitest";
import { plainWords, webAddress } from "./plain-words";

describe("plain words", () => {
  it("leaves no markup, and what is smaller than stays", () => {
    expect(plainWords("<p>Profit &lt; <b>costs</b> &amp; more&#8230;</p><script>alert(1)</script>")).toBe("Profit < costs & more…");
    expect(plainWords("a < b and c > d")).toBe("a < b and c > d");
  });

  it("makes nothing of nothing, and cuts what is too long", () => {
    for (const nothing of [null, undefined, "", " \n ", "<br/>"]) expect(plainWords(nothing)).toBeNull();
    expect(plainWords("word ".repeat(100), 20)).toBe("word word word word…");
  });

  it("keeps entities that it does not know and none that are no character", () => {
    expect(plainWords("&unknwn; &#xD800;&#0;x")).toBe("&unknwn; x");
  });
});

describe("web address", () => {
  it("is whole and of the web, or null", () => {
    expect(webAddress("/a", "https://b.example/c/")).toBe("https://b.example/a");
    for (const none of ["javascript:alert(1)", "data:text/html,x", "/a", "", null, "ftp://a.example"]) expect(webAddress(none)).toBeNull();
  });
});
