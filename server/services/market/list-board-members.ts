import type { Ctx } from "@/server/services/ctx";

export type BoardMembers = { sp500: string[]; etf: string[]; /** Without a list every stored share stands on the S&P 500's board, which says so. */ hasList: boolean };

/** Symbols of the stored instruments that stand on the boards of the S&P 500 and of funds. */
export async function listBoardMembers(ctx: Pick<Ctx, "db">): Promise<BoardMembers> {
  const [members, instruments] = await Promise.all([
    ctx.db.indexMember.findMany({ where: { index: "SP500" }, select: { symbol: true } }),
    ctx.db.instrument.findMany({ where: { kind: { in: ["EQUITY", "ETF"] } }, select: { symbol: true, kind: true, company: { select: { ticker: true } } }, orderBy: { symbol: "asc" } }),
  ]);
  const listed = new Set(members.map(({ symbol }) => symbol));
  const isMember = ({ symbol, company }: (typeof instruments)[number]) => listed.size === 0 || listed.has(symbol) || (company !== null && listed.has(company.ticker));
  return {
    sp500: instruments.filter((instrument) => instrument.kind === "EQUITY" && isMember(instrument)).map(({ symbol }) => symbol),
    etf: instruments.filter(({ kind }) => kind === "ETF").map(({ symbol }) => symbol),
    hasList: listed.size > 0,
  };
}
