import { describe, expect, it } from "vitest";
import { memberships } from "./memberships";

describe("memberships", () => {
  it("lead from company to sector, from share to company, from coin and sector fund to their sector, and from nothing else", () => {
    const found = memberships({
      companies: [{ ticker: "JPM", sector: "BANKING" }],
      instruments: [
        { symbol: "JPM", kind: "EQUITY", ticker: "JPM" },
        { symbol: "BTC-USD", kind: "CRYPTO", ticker: null },
        { symbol: "XLF", kind: "ETF", ticker: null },
        { symbol: "GLD", kind: "ETF", ticker: null },
      ],
    });
    expect(found).toEqual([
      { from: "company:JPM", to: "sector:BANKING" },
      { from: "asset:JPM", to: "company:JPM" },
      { from: "asset:BTC-USD", to: "sector:CRYPTO" },
      { from: "asset:XLF", to: "sector:BANKING" },
    ]);
  });
});
