import type { CompanyRow, ListCompaniesInput } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { loadCompanyRows } from "./company-rows";
import { decodeCursor, encodeCursor } from "./list-cursor";
import { searchCompanies } from "./search-companies";

type SortKey = string | number | null;
type Keyed = { row: CompanyRow; key: SortKey };

/** Null, where a figure is undefined, comes last in both directions; the ticker makes the order total. */
function compare(a: { key: SortKey; ticker: string }, b: { key: SortKey; ticker: string }, direction: 1 | -1): number {
  if (a.key !== b.key) {
    if (a.key === null) return 1;
    if (b.key === null) return -1;
    return a.key < b.key ? -direction : direction;
  }
  if (a.ticker === b.ticker) return 0;
  return a.ticker < b.ticker ? -direction : direction;
}

function sortKey(row: CompanyRow, sort: NonNullable<ListCompaniesInput["sort"]>): SortKey {
  switch (sort) {
    case "ticker":
      return row.ticker;
    case "name":
      return row.name.toLowerCase();
    case "revenue":
      return row.revenue === null ? null : Number(row.revenue);
    default:
      return row.ratios[sort];
  }
}

/** One page of companies. Searching without a sort puts the best match first. */
export async function listCompanies(ctx: Ctx, input: ListCompaniesInput): Promise<{ items: CompanyRow[]; nextCursor: string | null; total: number }> {
  const { search, sector, sort, order, limit } = input;
  const [rows, matches] = await Promise.all([loadCompanyRows(ctx), search ? searchCompanies(ctx, search) : null]);
  const byRelevance = matches !== null && !sort;
  // The best rank is 1, so relevance ascends.
  const direction = order === "asc" || byRelevance ? 1 : -1;
  const list = JSON.stringify([byRelevance ? "relevance" : (sort ?? "ticker"), direction, sector ?? null, search]);

  const found: Keyed[] = rows
    .filter((row) => (!sector || row.sector === sector) && (!matches || matches.has(row.ticker)))
    .map((row) => ({ row, key: byRelevance ? (matches.get(row.ticker) ?? null) : sortKey(row, sort ?? "ticker") }))
    .sort((a, b) => compare({ key: a.key, ticker: a.row.ticker }, { key: b.key, ticker: b.row.ticker }, direction));

  const after = input.cursor ? decodeCursor(input.cursor, list) : null;
  const rest = after ? found.filter(({ row, key }) => compare({ key, ticker: row.ticker }, { key: after.key, ticker: after.id }, direction) > 0) : found;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ row }) => row),
    nextCursor: last && rest.length > limit ? encodeCursor({ list, key: last.key, id: last.row.ticker }) : null,
    total: found.length,
  };
}
