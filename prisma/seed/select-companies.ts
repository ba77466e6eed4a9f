import { ADDED_COMPANIES, COINS, FINANCIAL_OUTSIDE_BANKING, LISTED_INSTRUMENTS, OUTSIDE_COMPANIES, PROFILE_CORRECTIONS } from "./company-selection";
import type { CompanyFigure, InstrumentFigure } from "./figure-files";
import type { CsvRow } from "./select-figures";

const SECTORS = ["BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR", "CRYPTO"];

/** Marks that read as noise in a list: share classes in brackets and the legal form. */
const plainName = (name: string) => name.replace(/\s*\((?:The|Class [A-C])\)/gi, "").replace(/,? Inc\.?$/, "").trim();

export function selectCompanies({ universe, constituents }: { universe: CsvRow[]; constituents: CsvRow[] }): { companies: CompanyFigure[]; instruments: InstrumentFigure[] } {
  const outside = new Set<string>(OUTSIDE_COMPANIES);
  const profiles = new Map(constituents.map((row) => [row.symbol!, row]));
  const chosen = universe
    .filter((row) => row.kind === "stock" && (SECTORS.includes(row.sector5!) || outside.has(row.ticker!)))
    .map((row): CompanyFigure => {
      const profile = profiles.get(row.ticker!);
      const sector = row.sector5 || "OTHER";
      return {
        ticker: row.ticker!,
        name: PROFILE_CORRECTIONS[row.ticker!]?.name ?? plainName(row.name || profile?.security || row.ticker!),
        sector,
        industry: PROFILE_CORRECTIONS[row.ticker!]?.industry ?? (row.gics_sub_industry || null),
        cik: profile?.cik ? profile.cik.padStart(10, "0") : null,
        headquarters: !profile?.headquarters || profile.headquarters === "none" ? null : profile.headquarters,
        founded: profile?.founded || null,
        isFinancial: sector === "BANKING" || FINANCIAL_OUTSIDE_BANKING.has(row.ticker!),
      };
    });
  const companies = [...chosen, ...ADDED_COMPANIES].sort((a, b) => (a.ticker < b.ticker ? -1 : 1));
  const coins = COINS.map(([symbol, name]): InstrumentFigure => ({ symbol: `${symbol}-USD`, name, kind: "CRYPTO", currency: "USD", calendar: "24/7" }));
  return { companies, instruments: [...LISTED_INSTRUMENTS, ...coins] };
}
