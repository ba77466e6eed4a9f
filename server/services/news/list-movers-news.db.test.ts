import { afterAll, describe, expect, it } from "vitest";
import { moversNews } from "@/server/contracts/news";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listMoversNews } from "./list-movers-news";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("listMoversNews", () => {
  it("lists the largest moves of the newest session, and says of each what was written or that nothing was", async () => {
    const found = moversNews.parse(await listMoversNews(ctx, { limit: 10 }));
    const moves = found.items.map(({ quote }) => Math.abs(quote.change!));
    expect(moves).toEqual([...moves].sort((a, b) => b - a));
    for (const { symbol, articles } of found.items) {
      expect(articles.length).toBeLessThanOrEqual(3);
      for (const { tickers, publishedAt } of articles) {
        expect(tickers).toContain(symbol);
        expect(publishedAt >= found.from!).toBe(true);
      }
    }
  });
});
