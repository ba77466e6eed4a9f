import { systemCtx } from "@/server/runtime";
import { estimateConnections } from "@/server/services/graph/estimate-connections";
import { openProductDatabase } from "./product-database";

const release = await openProductDatabase();
const ctx = systemCtx("estimate");
const startedAt = performance.now();
const report = await estimateConnections(ctx);

const rows = [
  ["driver → sector, revenue", report.sectorRevenue],
  ["driver → company, revenue", report.companyRevenue],
  ["driver → company, return", report.companyReturn],
  ["driver → asset, return", report.assetReturn],
] as const;
for (const [name, { significant, insignificant }] of rows) console.log(`${name.padEnd(28)} ${String(significant + insignificant).padStart(6)} estimated, ${significant} significant, ${insignificant} not`);
console.log(`${report.skippedInstruments} instruments have no three years of recorded prices; simulated prices are not estimated on.`);
if (report.unknownNodes.length > 0) console.log(`Not in the graph: ${report.unknownNodes.join(", ")}`);
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.log(report.changed + report.removed === 0 ? `Nothing changed (${seconds} s).` : `${report.changed} connections written, ${report.removed} removed (${seconds} s).`);

const kinds = await ctx.db.connection.groupBy({ by: ["kind", "basis"], _count: true, orderBy: [{ kind: "asc" }, { basis: "asc" }] });
for (const { kind, basis, _count } of kinds) console.log(`${kind.toLowerCase().padEnd(14)} ${basis.toLowerCase().padEnd(12)} ${_count}`);
await ctx.db.$disconnect();
await release();
