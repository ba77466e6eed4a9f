import { afterAll, describe, expect, it } from "vitest";
import { searchResult } from "@/server/contracts/market";
import { aCompany, anInstrument, aSector, aSeries, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getMarketStrip } from "./get-market-strip";
import { searchEverything } from "./search-everything";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());
const search = async (query: string) => searchResult.parse(await searchEverything(ctx, { query, limit: 10 })).hits;

describe("searchEverything", () => {
  it("finds each kind of thing and says where it lives", async () => {
    const word = uniqueTicker("Wobblefork");
    const company = await aCompany(ctx.db, { name: `${word} Company` });
    const asset = await anInstrument(ctx.db, { name: `${word} Coin`, kind: "CRYPTO" });
    const series = await aSeries(ctx.db, [["2025-01-01", 1]], { name: `${word} rate` });
    const driver = await ctx.db.graphNode.create({ data: { key: `driver:${word}`, kind: "DRIVER", label: `${word} driver` } });
    await anInstrument(ctx.db, { name: `${word} share`, companyId: company.id });

    const hits = await search(word.toLowerCase());
    expect(hits.map(({ kind, href }) => [kind, href]).sort()).toEqual([
      ["asset", `/dashboard?node=${encodeURIComponent(`asset:${asset.symbol}`)}`],
      ["company", `/companies/${company.ticker}`],
      ["driver", `/dashboard?node=${encodeURIComponent(driver.key)}`],
      ["series", `/macro/${series.code}`],
    ]);
    expect((await search(`${word.slice(0, 4)}x${word.slice(5)}`)).length).toBeGreaterThan(0);
  });

  it("finds a sector by its name and code, and nothing for an empty query", async () => {
    await aSector(ctx.db, "BANKING");
    expect((await search("banking"))[0]).toMatchObject({ kind: "sector", id: "BANKING", href: "/companies?sector=BANKING" });
    expect(await search("")).toEqual([]);
  });

  it("takes wildcards of a pattern for what they are", async () => {
    expect((await search("%%%%")).length).toBe(0);
  });
});

describe("getMarketStrip", () => {
  it("gives rates as fractions and prefers a published figure over a simulated one", async () => {
    const rate = await ctx.db.macroSeries.findUnique({ where: { code: "GS10" } });
    if (!rate) await aSeries(ctx.db, [["2025-11-01", 4], ["2025-12-01", 4.25]], { code: "GS10", name: "10-year Treasury" });
    ctx.cache.drop("market:");
    const item = (await getMarketStrip(ctx)).items.find(({ id }) => id === "us10y");
    expect(item?.kind).toBe("rate");
    expect(item!.value).toBeLessThan(0.2);
    expect(item!.provenance.basis).toBe("reported");
    expect(item!.points.at(-1)).toBe(item!.value);
  });
});
