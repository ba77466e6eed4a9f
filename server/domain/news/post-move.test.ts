import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { postEngagement } from "./post-engagement";
import { postMove } from "./post-move";

describe("postEngagement", () => {
  it("gives the worked example of its docstring, and nothing where nothing is told", () => {
    expect(postEngagement({ likes: 100, reposts: 20, replies: 10, quotes: null })).toBe(150);
    expect(postEngagement({ likes: null, reposts: null, replies: null, quotes: null })).toBeNull();
    expect(postEngagement({ likes: 0, reposts: null, replies: null, quotes: null })).toBe(0);
  });

  it("never falls when a count rises", () => {
    const count = fc.nat({ max: 1_000_000 });
    fc.assert(fc.property(count, count, count, count, fc.nat({ max: 1_000 }), (likes, reposts, replies, quotes, more) => {
      const before = postEngagement({ likes, reposts, replies, quotes })!;
      for (const after of [{ likes: likes + more, reposts, replies, quotes }, { likes, reposts: reposts + more, replies, quotes }, { likes, reposts, replies: replies + more, quotes }, { likes, reposts, replies, quotes: quotes + more }]) {
        expect(postEngagement(after)!).toBeGreaterThanOrEqual(before);
      }
    }));
  });
});

describe("postMove", () => {
  const plain = { tickers: [], engagement: 900, isRepost: false };

  it("gives the worked example of its docstring", () => {
    expect(postMove(plain, { engagement: 300, posts: 12 })).toBe("engagement");
    expect(postMove(plain, { engagement: 301, posts: 12 })).toBeNull();
  });

  it("tells of a named company first, and never of what is only passed on", () => {
    expect(postMove({ ...plain, tickers: ["TSLA"] }, { engagement: null, posts: 0 })).toBe("ticker");
    expect(postMove({ ...plain, tickers: ["TSLA"], isRepost: true }, { engagement: 1, posts: 50 })).toBeNull();
  });

  it("does not compare with too little", () => {
    expect(postMove(plain, { engagement: 1, posts: 9 })).toBeNull();
    expect(postMove({ ...plain, engagement: null }, { engagement: 1, posts: 50 })).toBeNull();
    expect(postMove({ ...plain, engagement: 99 }, { engagement: 1, posts: 50 })).toBeNull();
  });
});
