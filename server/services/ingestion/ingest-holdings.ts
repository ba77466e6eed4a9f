import { Decimal } from "decimal.js";
import { AppError } from "@/server/domain/app-error";
import { issuerKey } from "@/server/domain/market/issuer-key";
import type { HoldingReport, HoldingRow } from "@/server/providers/capabilities";
import { NO_ESTIMATE, storeConnections, type ConnectionToStore } from "@/server/services/graph/store-connections";
import { dropFigures } from "@/server/services/market/drop-figures";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

type Company = { id: string; ticker: string; name: string; cik: string | null; sharesOutstanding: Decimal | null };
type Holding = { holding: HoldingRow; company: Company; share: Decimal };

/** A holding of common shares; principal, puts and calls own nothing, and of preferred shares and warrants nobody here knows how many there are. */
const isCommon = ({ shareKind, putCall, titleOfClass }: HoldingRow) => shareKind === "SH" && putCall === null && !/PFD|PREF|WTS?\b|WARRANT|RIGHT|UNIT|NOTE|CONV/i.test(titleOfClass);

/** Companies with the shares that they had outstanding at the quarter's end, or at the last end before it that tells them. */
async function loadCompanies(ctx: IngestCtx, periodEnd: string): Promise<Company[]> {
  const rows = await ctx.db.$queryRaw<(Omit<Company, "sharesOutstanding"> & { shares: string | null })[]>`
    SELECT c.id::text AS id, c.ticker, c.name, c.cik, (
      SELECT s.shares_outstanding::text FROM financial_statement s WHERE s.company_id = c.id AND s.shares_outstanding > 0 AND s.period_end <= ${periodEnd}::date AND s.period_end > ${periodEnd}::date - 400 ORDER BY s.period_end DESC LIMIT 1
    ) AS shares
    FROM company c ORDER BY c.ticker`;
  return rows.map(({ shares, ...row }) => ({ ...row, sharesOutstanding: shares === null ? null : new Decimal(shares) }));
}

/** The companies that are known by a name; of two share classes nobody can say by the name which one is meant. */
function byName(companies: readonly Company[]): Map<string, Company> {
  const found = new Map<string, Company[]>();
  for (const company of companies) found.set(issuerKey(company.name), [...(found.get(issuerKey(company.name)) ?? []), company]);
  found.delete("");
  return new Map([...found].flatMap(([key, [only, ...others]]) => (only && others.length === 0 ? [[key, only] as const] : [])));
}

/** Holdings whose issuer is a stored company beyond doubt, and whose share of it is known. */
function matched(report: HoldingReport, companies: readonly Company[], managerId: string): Holding[] {
  const named = byName(companies);
  const candidates = report.holdings.filter(isCommon).flatMap((holding) => {
    const company = named.get(issuerKey(holding.issuer));
    return company?.sharesOutstanding && holding.shares !== null && company.id !== managerId ? [{ holding, company, share: new Decimal(holding.shares).div(company.sharesOutstanding) }] : [];
  });
  const times = new Map<string, number>();
  for (const { company } of candidates) times.set(company.id, (times.get(company.id) ?? 0) + 1);
  // Two securities under one name are two classes; a share above all there are is of another count, as after a split.
  return candidates.filter(({ company, share }) => times.get(company.id) === 1 && share.gt(0) && share.lte(1));
}

function toConnection({ holding, company, share }: Holding, { report, from, author }: { report: HoldingReport; from: string; author: string }): ConnectionToStore {
  const words = `${holding.issuer}, ${holding.titleOfClass}, CUSIP ${holding.cusip}: ${holding.shares} SH, value ${holding.value}`;
  return {
    ...NO_ESTIMATE, kind: "OWNERSHIP", from, to: `company:${company.ticker}`, strength: share.toNumber(), sign: 1, basis: "FILED", verified: true, author,
    evidence: { company: report.manager, form: "13F-HR", year: Number(report.periodEnd.slice(0, 4)), text: `${words} (information table at ${report.periodEnd}, accession ${holding.provenance.accession ?? report.accession})`, stated: false },
  };
}

/**
 * Brings what a manager owns, out of its newest 13F, as filed connections of the graph, to stored companies whose name is the issuer's. What is matched to none, or whose
 * share of the company cannot be told, counts as rejected. A holding that the newest report no longer has is taken off; what others have said and verified stays.
 *
 * @throws AppError NOT_FOUND for a manager that is no stored company
 */
export async function ingestHoldings(ctx: IngestCtx, { managerCik }: { managerCik: string }): Promise<RunReport> {
  const manager = await ctx.db.company.findFirst({ where: { cik: managerCik }, orderBy: { ticker: "asc" }, select: { id: true, ticker: true, node: { select: { id: true } } } });
  if (!manager?.node) throw new AppError("NOT_FOUND", `No company with the CIK ${managerCik} stands in the graph`, { field: "managerCik" });
  const { id: managerId, ticker, node } = manager;
  const from = `company:${ticker}`;
  const author = `13f-${managerCik}`;
  const [vendor = "none"] = ctx.providers.vendorsWith("holdings");
  return recordedRun(ctx, { provider: vendor, subject: "holdings", scope: managerCik }, async (runId) => {
    const report = await ctx.providers.source("holdings").fetchHoldings({ managerCik });
    const holdings = matched(report, await loadCompanies(ctx, report.periodEnd), managerId);
    const said = await ctx.db.connection.findMany({ where: { kind: "OWNERSHIP", fromId: node.id, verified: true, author: { not: author } }, select: { to: { select: { key: true } } } });
    const kept = new Set(said.map(({ to }) => to.key));
    const wanted = holdings.map((holding) => toConnection(holding, { report, from, author })).filter(({ to }) => !kept.has(to));
    const { changed, removed, unknown } = await storeConnections(ctx.db, runId, wanted, { retire: { kinds: ["OWNERSHIP"], author } });
    if (changed + removed > 0) dropFigures(ctx);
    return { received: report.holdings.length, changed: changed + removed, rejected: report.holdings.length - holdings.length + unknown.length, asOf: new Date(report.periodEnd) };
  });
}
