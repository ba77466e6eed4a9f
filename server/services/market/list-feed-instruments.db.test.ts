import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anInstrument, someBars } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { findLatestRun } from "@/server/services/ingestion/find-latest-run";
import { listFeedInstruments } from "./list-feed-instruments";

const ctx = createTestCtx();
let symbols: { full: string; empty: string; coin: string };

beforeAll(async () => {
  const full = await anInstrument(ctx.db, { priceOrigin: "RECORDED" });
  const empty = await anInstrument(ctx.db);
  const coin = await anInstrument(ctx.db, { kind: "CRYPTO", calendar: "24/7" });
  await someBars(ctx.db, full, [["2025-12-30", 10], ["2025-12-31", 11], ["2026-01-02", 12]], 500);
  await someBars(ctx.db, coin, [["2026-01-03", 7]]);
  symbols = { full: full.symbol, empty: empty.symbol, coin: coin.symbol };
});
afterAll(() => ctx.db.$disconnect());

describe("listFeedInstruments", () => {
  it("gives the newest sessions of each instrument, oldest first and across years", async () => {
    const all = await listFeedInstruments(ctx, { sessions: 2 });
    expect(all.find(({ symbol }) => symbol === symbols.full)).toMatchObject({
      kind: "EQUITY", calendar: "XNYS", isRecorded: true,
      bars: [{ date: "2025-12-31", close: 11, volume: 500 }, { date: "2026-01-02", close: 12 }],
    });
    expect(all.find(({ symbol }) => symbol === symbols.coin)).toMatchObject({ kind: "CRYPTO", calendar: "24/7", isRecorded: false, bars: [{ date: "2026-01-03", close: 7 }] });
  });

  it("lists an instrument without bars, for its symbol is known", async () => {
    const all = await listFeedInstruments(ctx, { sessions: 2 });
    expect(all.find(({ symbol }) => symbol === symbols.empty)?.bars).toEqual([]);
  });
});

describe("findLatestRun", () => {
  it("names the run that finished last and leaves out those under way", async () => {
    const run = (finishedAt: Date | null) => ctx.db.ingestionRun.create({ data: { provider: "test", subject: "prices", scope: randomUUID(), finishedAt } });
    const newest = await run(new Date("2999-01-01"));
    await run(new Date("2001-01-01"));
    await run(null);
    expect(await findLatestRun(ctx)).toEqual({ id: newest.id, finishedAt: new Date("2999-01-01") });
    await ctx.db.ingestionRun.delete({ where: { id: newest.id } });
  });
});
