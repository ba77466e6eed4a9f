import type { CoinTick, MarketPulse, Tick, Update } from "@/server/contracts/realtime";
import { createChangeBoard, type ChangeBoard } from "./change-board";

/** What everybody may see: one board for each channel that is not a person's own. */
export type Boards = {
  prices: ChangeBoard<Tick>;
  "market-updates": ChangeBoard<Update>;
  macro: ChangeBoard<Update>;
  crypto: ChangeBoard<CoinTick>;
  sp500: ChangeBoard<Tick>;
  sp500_market: ChangeBoard<MarketPulse>;
  etf: ChangeBoard<Tick>;
  etf_market: ChangeBoard<MarketPulse>;
};

export const createLiveBoards = (): Boards => ({
  prices: createChangeBoard(),
  "market-updates": createChangeBoard(),
  macro: createChangeBoard(),
  crypto: createChangeBoard(),
  sp500: createChangeBoard(),
  sp500_market: createChangeBoard(),
  etf: createChangeBoard(),
  etf_market: createChangeBoard(),
});

/** Symbols whose prices somebody follows: those asked for by name before those of a board that is followed whole. */
export function watchedSymbols({ prices, sp500, etf }: Pick<Boards, "prices" | "sp500" | "etf">): string[] {
  const whole = [sp500, etf].flatMap((board) => (board.watched().whole === 0 ? [] : [...board.cells()].flatMap(({ value }) => (value ? [value.symbol] : []))));
  return [...new Set([...prices.watched().keys, ...whole])];
}
