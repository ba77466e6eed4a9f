import { CALENDARS, sessionOn } from "@/server/domain/calendar/session-on";
import { utcDate } from "@/server/domain/calendar/trading-date";
import type { FiguresCtx } from "@/server/services/ctx";

/** Which instruments to ask vendors for: all, those without recorded prices, recorded ones whose session is open now, or recorded shares and funds. */
export type PriceTargets = "all" | "simulated" | "open" | "shares";

/** Symbols in their order. */
export async function listPriceTargets(ctx: Pick<FiguresCtx, "db" | "now">, { of }: { of: PriceTargets }): Promise<string[]> {
  const where = { all: {}, simulated: { priceOrigin: "SIMULATED" }, open: { priceOrigin: "RECORDED" }, shares: { priceOrigin: "RECORDED", kind: { in: ["EQUITY", "ETF"] } } } as const;
  const { kind, ...rest } = where[of] as { kind?: { in: readonly ("EQUITY" | "ETF")[] }; priceOrigin?: "SIMULATED" | "RECORDED" };
  const rows = await ctx.db.instrument.findMany({ where: { ...rest, ...(kind && { kind: { in: [...kind.in] } }) }, select: { symbol: true, calendar: true }, orderBy: { symbol: "asc" } });
  if (of !== "open") return rows.map(({ symbol }) => symbol);
  const now = ctx.now();
  const isOpen = new Map(CALENDARS.map((calendar) => {
    const session = sessionOn(calendar, utcDate(now));
    return [calendar as string, session !== null && now >= session.opensAt && now < session.closesAt];
  }));
  return rows.filter(({ calendar }) => isOpen.get(calendar) ?? false).map(({ symbol }) => symbol);
}
