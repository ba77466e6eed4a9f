import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anInstrument, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listPriceTargets, type PriceTargets } from "./list-price-targets";

const ctx = createTestCtx();
const names = { simulated: uniqueTicker("L"), share: uniqueTicker("L"), coin: uniqueTicker("L") };
beforeAll(async () => {
  await anInstrument(ctx.db, { symbol: names.simulated });
  await anInstrument(ctx.db, { symbol: names.share, priceOrigin: "RECORDED" });
  await anInstrument(ctx.db, { symbol: names.coin, priceOrigin: "RECORDED", kind: "CRYPTO", calendar: "24/7" });
});
afterAll(() => ctx.db.$disconnect());

const among = async (of: PriceTargets, at = "2025-07-03T15:00:00Z") => {
  const symbols = await listPriceTargets({ ...ctx, now: () => new Date(at) }, { of });
  return Object.entries(names).filter(([, symbol]) => symbols.includes(symbol)).map(([name]) => name);
};

describe("listPriceTargets", () => {
  it("knows whose prices are simulated, and which are shares", async () => {
    expect(await among("all")).toEqual(["simulated", "share", "coin"]);
    expect(await among("simulated")).toEqual(["simulated"]);
    expect(await among("shares")).toEqual(["share"]);
  });

  it("asks the calendar what is open: a half day ends at 13:00, holidays and weekends are closed, coins never", async () => {
    expect(await among("open", "2025-07-03T16:59:00Z")).toEqual(["share", "coin"]);
    expect(await among("open", "2025-07-03T17:00:00Z")).toEqual(["coin"]);
    expect(await among("open", "2025-07-04T15:00:00Z")).toEqual(["coin"]);
    // Winter and summer: 14:00 UTC is before the opening in January and after it in July.
    expect(await among("open", "2025-01-08T14:00:00Z")).toEqual(["coin"]);
    expect(await among("open", "2025-07-08T14:00:00Z")).toEqual(["share", "coin"]);
  });
});
