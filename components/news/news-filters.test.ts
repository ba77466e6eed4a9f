import { describe, expect, it } from "vitest";
import { readNewsFilters } from "./news-filters";

describe("readNewsFilters", () => {
  it("reads what the address names", () => {
    expect(readNewsFilters("q=%22interest+rates%22+-fed&ticker=aapl&topic=earnings&sentiment=negative&from=2025-01-01&to=2025-02-01&sort=newest")).toMatchObject({
      query: '"interest rates" -fed', ticker: "AAPL", topic: "earnings", sentiment: "negative", from: "2025-01-01", to: "2025-02-01", sort: "newest", view: "headlines",
    });
  });

  it("leaves out what it cannot mean", () => {
    expect(readNewsFilters("category=gossip&ticker=%3Cb%3E&from=yesterday&sort=loudest&view=nowhere&sentiment=")).toMatchObject({ category: null, ticker: null, from: null, sort: "relevance", view: "headlines", sentiment: null });
    expect(readNewsFilters("from=2025-02-01&to=2025-01-01")).toMatchObject({ from: null, to: "2025-01-01" });
  });
});
