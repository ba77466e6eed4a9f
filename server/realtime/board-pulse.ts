import type { MarketPulse, Tick } from "@/server/contracts/realtime";
import { marketPulse } from "@/server/domain/realtime/market-pulse";
import type { BoardMembers } from "@/server/services/market/list-board-members";
import type { ChangeBoard } from "./change-board";
import type { Boards } from "./live-boards";

const EVERY_MS = 3_000;

/** Lays the prices of members on the boards of the S&P 500 and of funds, and says every few seconds how each board stands. */
export function createBoardPulse(boards: Boards) {
  const members = { sp500: new Set<string>(), etf: new Set<string>() };
  let hasList = false;
  let timer: NodeJS.Timeout | null = null;

  const lay = (tick: Tick) => {
    for (const name of ["sp500", "etf"] as const) if (members[name].has(tick.symbol)) boards[name].set(tick.symbol, tick);
  };

  const tell = () => {
    setPulse(boards.sp500_market, toPulse(boards.sp500, members.sp500.size, hasList ? "members" : "noList"));
    setPulse(boards.etf_market, toPulse(boards.etf, members.etf.size, "funds"));
  };

  return {
    setMembers(found: BoardMembers) {
      hasList = found.hasList;
      for (const name of ["sp500", "etf"] as const) {
        const before = members[name];
        members[name] = new Set(found[name]);
        boards[name].keepOnly((symbol) => members[name].has(symbol));
        for (const symbol of found[name]) {
          const tick = boards.prices.cell(symbol).value;
          if (tick && !before.has(symbol)) lay(tick);
        }
      }
    },
    take(ticks: readonly Tick[]) {
      for (const tick of ticks) lay(tick);
    },
    start() {
      timer ??= setInterval(tell, EVERY_MS);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

function toPulse(board: ChangeBoard<Tick>, members: number, membership: MarketPulse["membership"]): MarketPulse | null {
  // A price or close that is none would count as a fall; such a row is left out as if it had no price.
  const ticks = [...board.cells()].flatMap(({ value }) => (value && value.price > 0 && (value.previousClose === null || value.previousClose > 0) ? [value] : []));
  if (ticks.length === 0) return null;
  const counted = ticks.filter(({ previousClose }) => previousClose !== null);
  const bases: MarketPulse["bases"] = {};
  for (const { basis } of counted) bases[basis] = (bases[basis] ?? 0) + 1;
  return { members, ...marketPulse(ticks), time: counted.length === 0 ? null : Math.max(...counted.map(({ time }) => time)), bases, membership };
}

function setPulse(board: ChangeBoard<MarketPulse>, pulse: MarketPulse | null): void {
  if (pulse === null || JSON.stringify(pulse) === JSON.stringify(board.cell("pulse").value)) return;
  board.set("pulse", pulse);
}
