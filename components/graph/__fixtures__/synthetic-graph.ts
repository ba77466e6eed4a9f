import type { ConnectionDto, ConnectionKindName, GraphDto, GraphNodeDto } from "@/server/contracts/graph";
import type { SectorCode } from "@/server/contracts/market";
import { DRIVER_IDS, type CompanyOutcome, type ScenarioResult } from "@/server/contracts/scenario";

/** Small linear congruential generator: the same graph in every test run. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SECTORS: SectorCode[] = ["BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR", "CRYPTO"];

/** A graph of invented nodes for tests; no figure in it is a measured one. */
export function syntheticGraph({ companies = 150, assets = 90, links = 1_400, seed = 7 }: { companies?: number; assets?: number; links?: number; seed?: number } = {}): GraphDto {
  const next = sequence(seed);
  const node = (key: string, kind: GraphNodeDto["kind"], rest: Partial<GraphNodeDto> = {}): GraphNodeDto => ({
    key, kind, label: key.slice(key.indexOf(":") + 1), sector: null, isFinancial: false, revenue: null,
    position: [(next() - 0.5) * 100, { driver: 30, sector: 10, company: -10, asset: -30 }[kind], (next() - 0.5) * 60], ...rest,
  });
  const nodes: GraphNodeDto[] = [
    ...DRIVER_IDS.map((id) => node(`driver:${id}`, "driver")),
    ...SECTORS.map((sector) => node(`sector:${sector}`, "sector", { sector })),
    ...Array.from({ length: companies }, (_, i) => {
      const sector = SECTORS[i % SECTORS.length]!;
      return node(`company:C${i}`, "company", { label: `Company ${i}`, sector, isFinancial: sector === "BANKING", revenue: 10 ** (8 + next() * 3.7) });
    }),
    ...Array.from({ length: assets }, (_, i) => node(`asset:A${i}`, "asset", { sector: i % 3 === 0 ? "CRYPTO" : null })),
  ];
  const pick = (kind: GraphNodeDto["kind"]) => {
    const own = nodes.filter((n) => n.kind === kind);
    return own[Math.floor(next() * own.length)]!.key;
  };
  const link = (kind: ConnectionKindName, from: string, to: string, i: number): ConnectionDto => ({
    id: `${kind}-${i}`, kind, from, to, response: kind === "impact" ? "revenue" : "", strength: next(), sign: next() < 0.6 ? -1 : 1,
    elasticity: kind === "impact" ? (next() - 0.5) * 2 : null, stdError: kind === "impact" ? next() * 0.4 : null, n: kind === "impact" ? 40 : null, rSquared: kind === "impact" ? next() * 0.7 : null,
    significant: kind === "impact" ? next() < 0.5 : null, lagQuarters: Math.floor(next() * 3), basis: kind === "impact" ? "estimated" : kind === "membership" ? "definition" : "assumed",
    evidence: null, verified: false, author: "test",
  });
  const connections = [
    ...nodes.filter((n) => n.kind === "company").map((n, i) => link("membership", `sector:${n.sector}`, n.key, i)),
    ...Array.from({ length: links }, (_, i) => {
      const draw = next();
      if (draw < 0.12) return link("impact", pick("driver"), pick("sector"), i);
      if (draw < 0.62) return link("impact", pick("driver"), pick("company"), i);
      if (draw < 0.75) return link("supply", pick("company"), pick("company"), i);
      if (draw < 0.85) return link("competition", pick("company"), pick("company"), i);
      if (draw < 0.9) return link("ownership", pick("company"), pick("asset"), i);
      return link("impact", pick("driver"), pick("asset"), i);
    }).filter((c) => c.from !== c.to),
  ];
  const count = (of: readonly { kind: string }[]) => of.reduce<Record<string, number>>((sum, { kind }) => ({ ...sum, [kind]: (sum[kind] ?? 0) + 1 }), {});
  return { nodes, connections, counts: { nodes: count(nodes), connections: count(connections) }, asOf: null };
}

/** An outcome in which every company moves a little, banks have no cover, and the shock travels driver to sector to company. */
export function syntheticResult(graph: GraphDto, quarters = 12): ScenarioResult {
  const next = sequence(11);
  const axis = Array.from({ length: quarters + 1 }, (_, t) => `${2026 + Math.floor((t + 2) / 4)}Q${((t + 2) % 4) + 1}`);
  const assumed = { basis: "assumed", provider: "test", asOf: null, reference: null, formula: null, n: null, rSquared: null, stdError: null } as const;
  const companies: CompanyOutcome[] = graph.nodes.filter((n) => n.kind === "company").map((n) => {
    const [base, hit] = [1 + next() * 9, (next() - 0.8) * 1.2];
    const cover = (factor: number) => axis.map((_, t) => (n.isFinancial ? null : base + hit * factor * (1 - Math.exp(-t / 4))));
    const flow = (size: number) => axis.map((_, t) => size * (1 - Math.exp(-t / 4)));
    return {
      ticker: n.key.slice(8), name: n.label, sector: n.sector!, isFinancial: n.isFinancial, provenance: assumed, statements: null, ratingTable: "large", unavailable: null, interestUnavailable: null, icrBefore: cover(0), icrAfter: cover(1),
      ratingBefore: axis.map(() => (n.isFinancial ? null : "BBB")), ratingAfter: axis.map((_, t) => (n.isFinancial ? null : hit < -0.4 && t > 5 ? "BB+" : "BBB")),
      revenueDelta: flow(-4e7), ebitDelta: flow(-2e7), interestDelta: flow(5e6), netIncomeDelta: flow(-1.9e7),
    };
  });
  const travel = [
    ...graph.nodes.filter((n) => n.kind === "sector").map((n) => ({ from: "driver:fedFunds", to: n.key, quarter: 1, hop: 0, sign: -1 })),
    ...graph.nodes.filter((n) => n.kind === "company").map((n, i) => ({ from: `sector:${n.sector}`, to: n.key, quarter: 1 + (i % 3), hop: 1, sign: -1 })),
  ];
  return {
    spec: { shocks: [{ driver: "fedFunds", size: 100, unit: "bp", shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 }], mode: "hold", quarters },
    engineVersion: "test", inputHash: "test", startsAt: axis[0]!, dataAsOf: null, units: {}, quarters: axis,
    drivers: DRIVER_IDS.map((driver) => ({ driver, role: driver === "fedFunds" ? "shocked" : "held", unit: "fractionPerYear", baseline: null, provenance: assumed, deviation: axis.map((_, t) => (driver === "fedFunds" && t > 0 ? 0.01 : 0)), deviationSd: axis.map(() => 0) })),
    plausibility: { distance: 2.1, pValue: 0.03, degreesOfFreedom: 1, n: 80, from: "2006Q1", to: "2026Q3", shrinkage: 0.1 },
    companies,
    sectors: SECTORS.map((sector) => ({
      sector, companies: companies.filter((c) => c.sector === sector).length, provenance: assumed, ebitDelta: axis.map(() => -1e8), interestDelta: axis.map(() => 1e7),
      medianIcrDelta: axis.map((_, t) => (sector === "BANKING" ? null : companies.filter((c) => c.sector === sector).reduce((sum, c) => sum + (c.icrAfter[t]! - c.icrBefore[t]!), 0) / 30)),
    })),
    travel,
  };
}
