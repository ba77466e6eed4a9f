import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchTerms, toTsquery, typedAs } from "./search-terms";

const query = (typed: string) => toTsquery(searchTerms(typed));

describe("searchTerms", () => {
  it("gives the worked example of its docstring", () => {
    expect(searchTerms('"rate cut" -fed semicond*')).toEqual([
      { words: ["rate", "cut"], isPrefix: false, isExcluded: false }, { words: ["fed"], isPrefix: false, isExcluded: true }, { words: ["semicond"], isPrefix: true, isExcluded: false },
    ]);
    expect(query('"rate cut" -fed semicond*')).toBe("(rate <-> cut) & !(fed) & (semicond:*)");
  });

  it("keeps together what is written together and a dash inside a word", () => {
    expect(query("S&P buy-back")).toBe("(s <-> p) & (buy <-> back)");
    expect(query("-\"trade war\" oil")).toBe("!(trade <-> war) & (oil)");
  });

  it("finds nothing to search for in punctuation, or where everything is excluded", () => {
    expect(searchTerms("!!! & | <-> ()")).toEqual([]);
    expect(searchTerms("-oil")).toEqual([]);
    expect(searchTerms('"')).toEqual([]);
  });

  it("lets nothing but letters, digits and its own operators into the query", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
      expect(query(typed)).toMatch(/^(!?\([\p{L}\p{N}]+( <-> [\p{L}\p{N}]+)*(:\*)?\)( & )?)*$/u);
      expect(searchTerms(typed).length).toBeLessThanOrEqual(12);
    }));
  });

  it("reads its own writing again", () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (typed) => {
      const terms = searchTerms(typed).map((term) => ({ ...term, isPrefix: term.isPrefix && term.words.length === 1 }));
      expect(searchTerms(typedAs(terms))).toEqual(terms);
    }));
  });
});
