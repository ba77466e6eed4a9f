import { createLog } from "@/server/platform/log";
import { createLiveBoards } from "./live-boards";
import { startGateway } from "./gateway";

/**
 * The gateway alone, under a load that every run repeats: made-up symbols LOAD-0 … that each tick once a second. A price is the number of
 * the tick, so that a client can tell which ticks it missed. `server/cli/bench/socket-load.ts` starts it as a process of its own.
 */
const SYMBOLS = Array.from({ length: 200 }, (_, i) => `LOAD-${i}`);
const TURNS = 4;

const boards = createLiveBoards();
const known = new Set(SYMBOLS);
const gateway = await startGateway({
  port: 0,
  host: "127.0.0.1",
  boards,
  feed: { id: "load-drill", basis: "simulated", age: () => 0, knows: (symbol) => known.has(symbol), symbolCount: () => known.size },
  database: () => "up",
  log: createLog("load-drill", "warn"),
  allowedOrigins: [],
});

let turn = 0;
const timer = setInterval(() => {
  const part = turn % TURNS;
  const price = 1 + Math.floor(turn++ / TURNS);
  const time = Date.now();
  for (let i = part; i < SYMBOLS.length; i += TURNS) {
    const symbol = SYMBOLS[i]!;
    boards.prices.set(symbol, { symbol, price, previousClose: null, volume: price, time, basis: "simulated" });
  }
}, 1_000 / TURNS);

process.on("SIGTERM", () => {
  clearInterval(timer);
  void gateway.close().then(() => process.exit(0));
});
process.send?.({ port: gateway.port, symbols: SYMBOLS });
