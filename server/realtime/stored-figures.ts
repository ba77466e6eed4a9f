import type { z } from "zod";
import type { CoinMarketDto } from "@/server/contracts/coin";
import type { seriesList } from "@/server/contracts/macro";
import type { marketStrip, StripItem } from "@/server/contracts/market";
import type { CoinTick, Update } from "@/server/contracts/realtime";
import { loadCoinMarkets } from "@/server/services/crypto/coin-rows";
import { findLatestRun } from "@/server/services/ingestion/find-latest-run";
import { listSeries } from "@/server/services/macro/list-series";
import { listBoardMembers } from "@/server/services/market/list-board-members";
import { getMarketStrip } from "@/server/services/market/get-market-strip";
import { listFeedInstruments } from "@/server/services/market/list-feed-instruments";
import type { Ctx } from "@/server/services/ctx";
import type { ChangeBoard } from "./change-board";
import { createBoardPulse } from "./board-pulse";
import type { Feed } from "./feed";
import type { Boards } from "./live-boards";

const POLL_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;
const LOAD_WITHIN_MS = 30_000;
const PARTS = ["members", "prices", "strip", "macro", "coins"] as const;
type Part = (typeof PARTS)[number];

export type StoredFigures = { start: () => Promise<void>; stop: () => void; database: () => "up" | "down" };

/**
 * Keeps feed and boards in step with the database: loads what is stored, looks every few seconds whether a run has brought new figures, and
 * loads again then. While the database is away everything goes on with what was loaded before.
 */
export function watchStoredFigures(ctx: Ctx, { feed, boards }: { feed: Feed; boards: Boards }): StoredFigures {
  let database: "up" | "down" = "down";
  let seen: string | null = null;
  const due = new Set<Part>();
  const faults = new Map<Part, string>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let strip: readonly StripItem[] = [];
  const pulse = createBoardPulse(boards);

  const loads: Record<Part, () => Promise<void>> = {
    async members() {
      pulse.setMembers(await listBoardMembers(ctx));
    },
    async prices() {
      feed.load(await listFeedInstruments(ctx, { sessions: feed.sessions }));
    },
    async strip() {
      const { items }: z.infer<typeof marketStrip> = await getMarketStrip(ctx);
      strip = items;
      showStrip();
    },
    async macro() {
      const { items }: z.infer<typeof seriesList> = await listSeries(ctx, { search: "" });
      for (const { code, last, changeYear, lastDate, provenance } of items) {
        if (last !== null) setChanged(boards.macro, { id: code, value: last, change: changeYear, time: instantOf(lastDate), basis: provenance.basis });
      }
    },
    async coins() {
      const ticks = (await loadCoinMarkets(ctx)).flatMap(toCoinTick);
      const shown = new Set(ticks.map(({ id }) => id));
      boards.crypto.keepOnly((id) => shown.has(id));
      for (const tick of ticks) setCoin(boards.crypto, tick);
    },
  };

  const showStrip = () => {
    for (const item of strip) {
      const tick = item.symbol === null ? null : boards.prices.cell(item.symbol).value;
      const update = tick
        ? { id: item.id, value: tick.price, change: tick.previousClose ? tick.price / tick.previousClose - 1 : null, time: tick.time, basis: tick.basis }
        : { id: item.id, value: item.value, change: item.change, time: instantOf(item.provenance.asOf), basis: item.provenance.basis };
      setChanged(boards["market-updates"], update);
    }
  };

  feed.onTick((ticks) => {
    for (const tick of ticks) boards.prices.set(tick.symbol, tick);
    pulse.take(ticks);
    showStrip();
  });

  const look = async () => {
    try {
      const run = await inTime(findLatestRun(ctx), ANSWER_WITHIN_MS);
      if (database === "down") ctx.log.info({ event: "database reached" });
      database = "up";
      const newest = run ? `${run.id} ${run.finishedAt.toISOString()}` : "none";
      if (newest === seen && due.size === 0) return;
      // Another process wrote the figures, so this one's memory of them is old.
      if (newest !== seen) ctx.cache.drop("");
      if (newest !== seen) for (const part of PARTS) due.add(part);
      seen = newest;
      await loadDue();
    } catch (error) {
      if (database === "up") ctx.log.warn({ event: "database away", fault: faultOf(error) });
      database = "down";
    }
  };

  const loadDue = async () => {
    for (const part of due) {
      try {
        await inTime(loads[part](), LOAD_WITHIN_MS);
        due.delete(part);
        faults.delete(part);
        ctx.log.info({ event: "figures loaded", part, symbols: feed.symbolCount() });
      } catch (error) {
        const fault = faultOf(error);
        if (faults.get(part) !== fault) ctx.log.warn({ event: "figures not loaded", part, fault });
        faults.set(part, fault);
      }
    }
  };

  const lookAgain = () => {
    if (stopped) return;
    timer = setTimeout(() => void look().finally(lookAgain), POLL_MS);
  };

  return {
    async start() {
      pulse.start();
      await look();
      lookAgain();
    },
    stop() {
      stopped = true;
      pulse.stop();
      if (timer) clearTimeout(timer);
    },
    database: () => database,
  };
}

/** The last line of a message: Prisma quotes the calling code above it. */
const faultOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1)!.slice(0, 300);

/** A database that hangs is as good as gone, and must not hold up the next look. */
function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Sets a value only when it says something new, so that readers are not sent what they have. */
function setChanged(board: ChangeBoard<Update>, update: Update): void {
  const shown = board.cell(update.id).value;
  if (shown && shown.value === update.value && shown.change === update.change && shown.basis === update.basis) return;
  board.set(update.id, update);
}

function toCoinTick({ exchange, market, coin, price, change24h, value24h, premium, at }: CoinMarketDto): CoinTick[] {
  const time = instantOf(at);
  if (price === null || time === null) return [];
  // As on the board: a match that is likely another coin has no premium to show.
  const isSuspicious = premium !== null && (premium.match === "other-coin" || premium.match === "far-from-board");
  const shown = isSuspicious ? null : (premium?.bank ?? null);
  return [{ id: `${exchange}:${market}`, exchange, market, coin, price, change24h, value24h, premium: shown, premiumAt: shown === null ? null : instantOf(premium!.at), time }];
}

/** What a stream has told since is newer than what is stored, except its premium, which is made when prices are stored. */
function setCoin(board: ChangeBoard<CoinTick>, stored: CoinTick): void {
  const shown = board.cell(stored.id).value;
  const { premium, premiumAt } = stored;
  const next = shown && shown.time > stored.time ? { ...shown, premium, premiumAt } : stored;
  if (JSON.stringify(next) !== JSON.stringify(shown)) board.set(stored.id, next);
}

/** Epoch milliseconds of a date or instant; a date speaks of its whole day, so it stands for the day's start. */
function instantOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
