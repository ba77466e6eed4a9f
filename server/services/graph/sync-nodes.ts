import { DRIVER_NODES } from "@/server/domain/graph/driver-nodes";
import type { Db } from "@/server/platform/db";

type Wanted = { key: string; kind: "DRIVER" | "SECTOR" | "COMPANY" | "ASSET"; label: string; seriesId?: string; sectorId?: string; companyId?: string; instrumentId?: string };

/** Gives every driver, sector, company and instrument its node; returns how many nodes are new or renamed. */
export async function syncNodes(db: Db): Promise<number> {
  const [series, sectors, companies, instruments, nodes] = await Promise.all([
    db.macroSeries.findMany({ select: { id: true, code: true } }),
    db.sector.findMany(),
    db.company.findMany({ select: { id: true, ticker: true, name: true } }),
    db.instrument.findMany({ select: { id: true, symbol: true, name: true } }),
    db.graphNode.findMany(),
  ]);
  const idOfSeries = new Map(series.map(({ code, id }) => [code, id]));
  const wanted: Wanted[] = [
    ...DRIVER_NODES.map(({ driver, label, series: codes }) => ({ key: `driver:${driver}`, kind: "DRIVER" as const, label, seriesId: codes.map((code) => idOfSeries.get(code)).find((id) => id !== undefined) })),
    ...sectors.map(({ id, code, nameEn }) => ({ key: `sector:${code}`, kind: "SECTOR" as const, label: nameEn, sectorId: id })),
    ...companies.map(({ id, ticker, name }) => ({ key: `company:${ticker}`, kind: "COMPANY" as const, label: name, companyId: id })),
    ...instruments.map(({ id, symbol, name }) => ({ key: `asset:${symbol}`, kind: "ASSET" as const, label: name, instrumentId: id })),
  ];
  const held = new Map(nodes.map((node) => [node.key, node]));
  const missing = wanted.filter(({ key }) => !held.has(key));
  await db.graphNode.createMany({ data: missing, skipDuplicates: true });
  const stale = wanted.filter(({ key, label, seriesId }) => held.has(key) && (held.get(key)!.label !== label || (seriesId !== undefined && held.get(key)!.seriesId !== seriesId)));
  for (const { key, label, seriesId } of stale) await db.graphNode.update({ where: { key }, data: { label, seriesId } });
  return missing.length + stale.length;
}
