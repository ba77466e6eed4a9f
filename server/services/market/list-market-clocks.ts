import type { z } from "zod";
import type { MarketClock, marketClocks } from "@/server/contracts/market";
import { exchangeClock } from "@/server/domain/calendar/exchange-clock";
import { KNOWN_YEARS, type Calendar } from "@/server/domain/calendar/session-on";
import type { Ctx } from "@/server/services/ctx";

/** Nasdaq keeps the calendar of the New York Stock Exchange, and is named apart all the same. */
const SHOWN: readonly Calendar[] = ["XNYS", "XNAS", "XKRX", "FX", "24/7"];

/** What is open now, and when that changes. */
export function listMarketClocks(ctx: Pick<Ctx, "now">): z.infer<typeof marketClocks> {
  const now = ctx.now();
  const year = now.getUTCFullYear();
  const isKept = (calendar: Calendar) => year >= (KNOWN_YEARS[calendar]?.first ?? 0) && year <= (KNOWN_YEARS[calendar]?.last ?? Number.POSITIVE_INFINITY);
  return { items: SHOWN.filter(isKept).map((calendar) => toClock(calendar, now)) };
}

function toClock(calendar: Calendar, now: Date): MarketClock {
  const { openedAt, closesAt, opensAt, closedBecause, ...clock } = exchangeClock(calendar, now);
  const text = (instant: Date | null) => instant?.toISOString() ?? null;
  const because = closedBecause && { code: closedBecause.code, name: closedBecause.code === "holiday" ? closedBecause.name : null };
  return { ...clock, openedAt: text(openedAt), closesAt: text(closesAt), opensAt: text(opensAt), closedBecause: because };
}
