/** Funds and indices that stand for one of the sectors, by what they hold. */
export const SECTOR_OF_FUND: Readonly<Record<string, string>> = {
  XLF: "BANKING",
  XLRE: "REALESTATE",
  XLI: "MANUFACTURING",
  SMH: "SEMICONDUCTOR",
};

type Member = { from: string; to: string };

/** Who belongs to what, true by definition: a company to its sector, a share to its company, a coin to the crypto sector, a sector fund to its sector. */
export function memberships({ companies, instruments }: {
  companies: readonly { ticker: string; sector: string }[];
  instruments: readonly { symbol: string; kind: string; ticker: string | null }[];
}): Member[] {
  return [
    ...companies.map(({ ticker, sector }) => ({ from: `company:${ticker}`, to: `sector:${sector}` })),
    ...instruments.flatMap(({ symbol, kind, ticker }) => {
      const sector = kind === "CRYPTO" ? "CRYPTO" : SECTOR_OF_FUND[symbol];
      const to = ticker ? `company:${ticker}` : sector ? `sector:${sector}` : null;
      return to ? [{ from: `asset:${symbol}`, to }] : [];
    }),
  ];
}
