import { simulatePrices } from "@/server/services/market/simulate-prices";
import { systemCtx } from "@/server/runtime";
import { openProductDatabase } from "./product-database";

const closeDatabase = await openProductDatabase();
const ctx = systemCtx("simulation");
const startedAt = performance.now();
const { instruments, extended, rows, asOf } = await simulatePrices(ctx);
console.log(rows === 0 ? `Nothing to simulate: ${instruments} instruments stand at ${asOf ?? "no session"}.` : `Simulated ${rows} bars of ${extended} instruments up to ${asOf} in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`);
await ctx.db.$disconnect();
await closeDatabase();
