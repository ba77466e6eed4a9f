import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { series as seriesContract, seriesList } from "@/server/contracts/macro";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getSeries } from "./get-series";
import { listSeries } from "./list-series";
import { storeSeries, type SeriesToStore } from "./store-series";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

/** A series of the test's own, with one value that was revised. */
function revisedSeries(): SeriesToStore {
  const dates = ["2024-01-01", "2024-02-01", "2025-01-01", "2025-01-01", "2025-02-01"];
  return {
    code: `TEST${randomUUID().slice(0, 8).toUpperCase()}`, name: "Widgets shipped", unit: "Thousands", frequency: "MONTHLY", agency: "Census", category: "output", provider: "census", vintage: "test",
    dates,
    knownAt: ["2024-02-15", "2024-03-15", "2025-02-15", "2025-06-15", "2025-06-15"],
    values: [100, 101, 110, 112, 113],
  };
}
const aRun = async () => (await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "macro", scope: "test" } })).id;

describe("macro series", () => {
  it("stores a series once: the second time nothing changes, a revision changes one row", async () => {
    const stored = revisedSeries();
    expect(await storeSeries(ctx.db, await aRun(), [stored])).toBe(6);
    expect(await storeSeries(ctx.db, await aRun(), [stored])).toBe(0);
    expect(await storeSeries(ctx.db, await aRun(), [{ ...stored, values: [100, 101, 110, 112, 114] }])).toBe(1);
  });

  it("reads the newest known values, or those known on a day", async () => {
    const stored = revisedSeries();
    await storeSeries(ctx.db, await aRun(), [stored]);
    ctx.cache.drop("macro:");
    const now = seriesContract.parse(await getSeries(ctx, { code: stored.code.toLowerCase() }));
    expect(now).toMatchObject({ code: stored.code, dates: ["2024-01-01", "2024-02-01", "2025-01-01", "2025-02-01"], values: [100, 101, 112, 113], last: 113, changeYear: 12, count: 4 });
    const then = seriesContract.parse(await getSeries(ctx, { code: stored.code, asOf: "2025-03-01" }));
    expect(then).toMatchObject({ dates: ["2024-01-01", "2024-02-01", "2025-01-01"], values: [100, 101, 110], last: 110, changeYear: 10, lastDate: "2025-01-01", count: 3 });
    const before = seriesContract.parse(await getSeries(ctx, { code: stored.code, asOf: "2023-01-01" }));
    expect(before).toMatchObject({ dates: [], last: null, changeYear: null, firstDate: null, count: 0 });
  });

  it("cuts to a window, and refuses one that ends before it starts", async () => {
    const stored = revisedSeries();
    await storeSeries(ctx.db, await aRun(), [stored]);
    ctx.cache.drop("macro:");
    expect((await getSeries(ctx, { code: stored.code, from: "2024-02-01", to: "2025-01-01" })).values).toEqual([101, 112]);
    await expect(getSeries(ctx, { code: stored.code, from: "2025-01-01", to: "2024-01-01" })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "from" } });
  });

  it("names near matches when the code is unknown", async () => {
    const stored = revisedSeries();
    await storeSeries(ctx.db, await aRun(), [stored]);
    ctx.cache.drop("macro:");
    await expect(getSeries(ctx, { code: stored.code.slice(0, -1) })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "code", suggestions: expect.arrayContaining([stored.code]) } });
  });

  it("lists by category and by every word of a search", async () => {
    const stored = revisedSeries();
    await storeSeries(ctx.db, await aRun(), [stored]);
    ctx.cache.drop("macro:");
    const found = seriesList.parse(await listSeries(ctx, { search: `${stored.code} census widgets`, category: "output" }));
    expect(found.items).toMatchObject([{ code: stored.code, last: 113, points: [100, 101, 112, 113] }]);
    expect((await listSeries(ctx, { search: stored.code, category: "rates" })).items).toEqual([]);
  });
});
