import { performance } from "node:perf_hooks";
import { marketBoard, marketDashboard, indexOverview, marketInternals } from "@/server/contracts/market";
import { systemCtx } from "@/server/runtime";
import { getIndexOverview } from "@/server/services/market/get-index-overview";
import { getMarketBoard } from "@/server/services/market/get-market-board";
import { getMarketDashboard } from "@/server/services/market/get-market-dashboard";
import { getMarketInternals } from "@/server/services/market/get-market-internals";

const COLD = 20;
const WARM = 400;
const [WARM_AT_MOST_MS, COLD_AT_MOST_MS] = [15, 100] as const;

/** Asks for the market's overview and boards with and without what is kept, checked against their contracts as the API does, and prints how long that takes beside an empty query. */
const ctx = systemCtx("bench");
const board = { search: "", sort: "change", order: "desc" } as const;
const CASES: readonly [string, () => Promise<unknown>][] = [
  ["dashboard", async () => marketDashboard.parse(await getMarketDashboard(ctx))],
  ["overview", async () => indexOverview.parse(await getIndexOverview(ctx))],
  ["internals", async () => marketInternals.parse(await getMarketInternals(ctx))],
  ["board S&P 500", async () => marketBoard.parse(await getMarketBoard(ctx, { ...board, board: "sp500" }))],
  ["board ETF", async () => marketBoard.parse(await getMarketBoard(ctx, { ...board, board: "etf" }))],
];

const quantile = (times: readonly number[], q: number) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(q * times.length))]!;

async function timesOf(count: number, run: () => Promise<unknown>, before: () => void = () => undefined): Promise<number[]> {
  const times: number[] = [];
  for (let k = 0; k < count; k += 1) {
    before();
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times;
}

const forget = () => ctx.cache.drop("market:");
const bare = quantile(await timesOf(WARM, () => ctx.db.$queryRaw`SELECT 1`), 0.95);
const { rows } = await getMarketBoard(ctx, { ...board, board: "sp500" });
console.log(`${rows.length} shares on the board; an empty query p95 ${bare.toFixed(1)} ms`);
const verdict = (ms: number, atMost: number) => `${ms.toFixed(1).padStart(6)} ms ${ms <= atMost ? "within" : "OVER"} ${atMost} ms, ${(ms / bare).toFixed(1)} x the empty query`;
for (const [name, run] of CASES) {
  // A new process compiles while it answers.
  await timesOf(3, run, forget);
  const cold = await timesOf(COLD, run, forget);
  const warm = await timesOf(WARM, run);
  console.log(`${name.padEnd(14)} kept p95 ${verdict(quantile(warm, 0.95), WARM_AT_MOST_MS)}   cold p50 ${verdict(quantile(cold, 0.5), COLD_AT_MOST_MS)}   cold p95 ${quantile(cold, 0.95).toFixed(1)} ms`);
}
await ctx.db.$disconnect();
process.exit(0);
