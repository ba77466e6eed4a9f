/**
 * Symbols of shares listed in the United States, which some vendors serve without telling a currency. One letter after the point is a class of
 * share only for these: .L, .F, .T and .V are London, Frankfurt, Tokyo and Toronto.
 */
const US_SYMBOL = /^([A-Z]{1,5})(?:[.-]([ABCDEK]))?$/;

/** Our symbol as a vendor writes it that parts the class of a share by this sign; null for what is listed elsewhere. */
export function usSymbol(symbol: string, sign: "." | "-"): string | null {
  const match = US_SYMBOL.exec(symbol);
  if (!match) return null;
  return match[2] ? `${match[1]}${sign}${match[2]}` : match[1]!;
}

/** Ours by theirs, of those that are listed in the United States. */
export const usSymbols = (symbols: readonly string[], sign: "." | "-"): Map<string, string> =>
  new Map(symbols.flatMap((symbol) => (usSymbol(symbol, sign) === null ? [] : [[usSymbol(symbol, sign)!, symbol]])));
