import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headlineSentiment, headlineTokens } from "./headline-sentiment";

const label = (text: string) => headlineSentiment(text)?.label ?? null;

describe("headlineSentiment", () => {
  it("gives the worked example of its docstring", () => {
    const sentiment = headlineSentiment("Net profit fell 45 %");
    expect(sentiment?.score).toBeCloseTo(-0.6044, 4);
    expect(sentiment?.evidence).toEqual([{ term: "fell", weight: -1.4 }]);
    expect(sentiment?.confidence).toBeCloseTo(1 - Math.exp(-1.4), 12);
  });

  it("reads a direction by what moves", () => {
    expect(label("Operating loss narrowed to EUR 2 mn")).toBe("positive");
    expect(label("Operating loss widened to EUR 2 mn")).toBe("negative");
    expect(label("Unemployment rises for a third month")).toBe("negative");
    expect(label("Jobless claims fall")).toBe("positive");
    expect(label("Sales increased in all regions")).toBe("positive");
  });

  it("turns a word by a negation and strengthens it by an intensifier", () => {
    expect(label("The result was not disappointing")).toBe("positive");
    const plain = headlineSentiment("Profit fell")!.score;
    expect(headlineSentiment("Profit fell sharply")!.score).toBeLessThan(plain);
    expect(headlineSentiment("Profit fell slightly")!.score).toBeGreaterThan(plain);
  });

  it("takes an earlier loss for good news and an earlier profit for bad", () => {
    expect(label("Operating result totalled EUR 5 mn, compared to a loss of EUR 3 mn")).toBe("positive");
    expect(label("Net loss was EUR 6.5 mn, compared to a profit of EUR 0.3 mn")).toBe("negative");
  });

  it("compares two figures of one measure", () => {
    expect(label("Operating profit margin was 8.3 % , compared to 11.8 % a year earlier")).toBe("negative");
    expect(label("Sales came in at 241 mln eur , compared with 211.4 mln")).toBe("positive");
    expect(label("Costs were 241 mln eur , compared with 211.4 mln")).toBe("negative");
  });

  it("says nothing where it finds no evidence", () => {
    expect(headlineSentiment("The company is based in Helsinki")).toBeNull();
    expect(headlineSentiment("!!! 42 ???")).toBeNull();
    expect(() => headlineSentiment("  ")).toThrow("no text");
  });

  it("keeps score and confidence within their bounds whatever the text", () => {
    const word = fc.constantFrom("profit", "loss", "fell", "rose", "not", "sharply", "compared", "to", "12", "8.3%", "strong", "bankruptcy", "price", "target", ".", ",", "record", "high", "Ω", "<b>");
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(" ")), (text) => {
      const sentiment = headlineSentiment(text);
      if (!sentiment) return;
      expect(Math.abs(sentiment.score)).toBeLessThanOrEqual(1);
      expect(sentiment.confidence).toBeGreaterThanOrEqual(0);
      expect(sentiment.confidence).toBeLessThanOrEqual(1);
      expect(sentiment.evidence.length).toBeGreaterThan(0);
    }));
  });

  it("does not depend on case or typographic quotes", () => {
    expect(headlineSentiment("Profit WON’T fall")).toEqual(headlineSentiment("profit won't fall"));
  });

  it("reads a hostile text of the greatest length in one pass", () => {
    expect(headlineSentiment(`${"not ".repeat(50_000)}profit`)).toBeNull();
  });
});

describe("headlineTokens", () => {
  it("joins the numbers that a wire broke", () => {
    expect(headlineTokens("EUR5 .9 m, 1,234 shares and 8.3 %")).toEqual(["eur", "5.9", "m", ",", "1234", "shares", "and", "8.3%"]);
  });
});
