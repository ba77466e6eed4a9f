import { NASDAQ_LISTED } from "./company-selection";
import { companyFigure, instrumentFigure, parseFigures, readFigureText } from "./figure-files";
import { seedRun, type SeedCtx } from "./seed-run";

export const SECTORS = [
  { code: "BANKING", nameEn: "Banking", nameKo: "은행" },
  { code: "REALESTATE", nameEn: "Real estate", nameKo: "부동산" },
  { code: "MANUFACTURING", nameEn: "Manufacturing", nameKo: "제조" },
  { code: "SEMICONDUCTOR", nameEn: "Semiconductors", nameKo: "반도체" },
  { code: "CRYPTO", nameEn: "Crypto", nameKo: "가상자산" },
  { code: "OTHER", nameEn: "Other sectors", nameKo: "기타" },
] as const;

const same = <T extends object>(held: T | undefined, wanted: Partial<T>) => held !== undefined && (Object.keys(wanted) as (keyof T)[]).every((key) => held[key] === wanted[key]);

/** Sectors, companies with their listed shares, and the instruments that belong to no company. Writes only what differs. */
export async function seedCompanies(ctx: SeedCtx): Promise<void> {
  const { db } = ctx;
  const content = readFigureText("companies.jsonl");
  const listed = readFigureText("instruments.jsonl");
  const figures = parseFigures(content, companyFigure);
  const others = parseFigures(listed, instrumentFigure);

  await seedRun(ctx, { provider: "sec-filing", subject: "universe", scope: "seed: sectors, companies, instruments", content: content + listed }, async (runId) => {
    let changed = 0;
    const sectors = new Map((await db.sector.findMany()).map((row) => [row.code, row]));
    for (const sector of SECTORS) {
      if (same(sectors.get(sector.code), sector)) continue;
      sectors.set(sector.code, await db.sector.upsert({ where: { code: sector.code }, create: sector, update: sector }));
      changed += 1;
    }

    const heldCompanies = new Map((await db.company.findMany()).map((row) => [row.ticker, row]));
    const companies = figures.map(({ sector, ...figure }) => ({ ...figure, sectorId: sectors.get(sector)!.id, provider: "sec-filing" }));
    const missing = companies.filter(({ ticker }) => !heldCompanies.has(ticker));
    await db.company.createMany({ data: missing.map((company) => ({ ...company, runId })), skipDuplicates: true });
    changed += missing.length;
    for (const company of companies) {
      const held = heldCompanies.get(company.ticker);
      // A profile that an import has taken over stays as imported.
      if (!held || held.provider !== company.provider || same(held, company)) continue;
      await db.company.update({ where: { ticker: company.ticker }, data: { ...company, runId } });
      changed += 1;
    }

    const idOf = new Map((await db.company.findMany({ select: { id: true, ticker: true } })).map(({ ticker, id }) => [ticker, id]));
    const instruments = [
      ...figures.map(({ ticker, name }) => ({ symbol: ticker, name, kind: "EQUITY" as const, currency: "USD", calendar: NASDAQ_LISTED.has(ticker) ? "XNAS" : "XNYS", companyId: idOf.get(ticker) ?? null })),
      ...others.map((other) => ({ ...other, companyId: null })),
    ];
    const known = new Set((await db.instrument.findMany({ select: { symbol: true } })).map(({ symbol }) => symbol));
    const fresh = instruments.filter(({ symbol }) => !known.has(symbol)).map((instrument) => ({ ...instrument, provider: "nexus-seed" }));
    await db.instrument.createMany({ data: fresh, skipDuplicates: true });
    return { received: SECTORS.length + companies.length + instruments.length, changed: changed + fresh.length };
  });
}
