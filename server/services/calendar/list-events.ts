import type { z } from "zod";
import type { EarningsWhen, EventImportance, IpoStatus } from "@/prisma/generated/client";
import type { EarningsEventDto, earningsPage, EconomicEventDto, economicPage, IpoEventDto, ipoPage, ListEarningsInput, ListEconomicInput, ListIposInput } from "@/server/contracts/calendar";
import type { Provenance } from "@/server/contracts/common";
import { AppError } from "@/server/domain/app-error";
import { addDays, parseTradingDate, utcDate } from "@/server/domain/calendar/trading-date";
import { sqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import { calendarWindow } from "./calendar-window";

const provenanceOf = (provider: string, knownAt: Date, reference: string | null = null): Provenance => ({ basis: "reported", provider, asOf: knownAt.toISOString(), reference, formula: null, n: null, rSquared: null, stdError: null });
const text = (value: { toString(): string } | null) => (value === null ? null : value.toString());
const WHEN = { BEFORE_OPEN: "before-open", DURING: "during", AFTER_CLOSE: "after-close" } as const satisfies Record<EarningsWhen, EarningsEventDto["when"]>;
const STATUS = { EXPECTED: "expected", PRICED: "priced", FILED: "filed", WITHDRAWN: "withdrawn" } as const satisfies Record<IpoStatus, IpoEventDto["status"]>;
const IMPORTANCE = { LOW: "low", MEDIUM: "medium", HIGH: "high" } as const satisfies Record<EventImportance, EconomicEventDto["importance"]>;

/** Within a page of events on one day or more, the next page begins after this day and name. */
const afterDay = (cursor: string, list: string) => {
  const { key, id } = decodeCursor(cursor, list);
  if (typeof key !== "string" || parseTradingDate(key) === null) throw new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });
  return { date: key, id };
};

type EarningsRow = { symbol: string; company: string | null; date: Date; when: EarningsWhen | null; fiscal_year: number | null; fiscal_quarter: number | null; currency: string | null; eps_estimate: object | null; eps_actual: object | null; revenue_estimate: object | null; revenue_actual: object | null; accession: string | null; provider: string; known_at: Date };

/** Surprise of earnings per share, (actual - estimate) / |estimate|. */
function surpriseOf(actual: string | null, estimate: string | null): number | null {
  const [is, was] = [Number(actual ?? Number.NaN), Number(estimate ?? Number.NaN)];
  return Number.isFinite(is) && Number.isFinite(was) && was !== 0 ? (is - was) / Math.abs(was) : null;
}

function toEarnings(row: EarningsRow): EarningsEventDto {
  const [epsEstimate, epsActual] = [text(row.eps_estimate), text(row.eps_actual)];
  return {
    symbol: row.symbol, company: row.company, date: utcDate(row.date), when: row.when && WHEN[row.when], fiscalYear: row.fiscal_year, fiscalQuarter: row.fiscal_quarter, currency: row.currency, epsEstimate, epsActual, surprise: surpriseOf(epsActual, epsEstimate),
    revenueEstimate: text(row.revenue_estimate), revenueActual: text(row.revenue_actual), provenance: provenanceOf(row.provider, row.known_at, row.accession),
  };
}

/** Companies that report within the days, by day and ticker; with `membersOnly` the members of the S&P 500 alone. */
export async function listEarnings(ctx: Ctx, { limit, cursor, ticker, ...days }: ListEarningsInput, { membersOnly = false } = {}): Promise<z.infer<typeof earningsPage>> {
  const { from, to } = calendarWindow(ctx.now(), days);
  const list = `earnings ${membersOnly}`;
  const after = cursor ? afterDay(cursor, list) : null;
  const rows = await ctx.db.$queryRaw<EarningsRow[]>`
    SELECT e.symbol, c.name AS company, e.date, e."when", e.fiscal_year, e.fiscal_quarter, e.currency, e.eps_estimate, e.eps_actual, e.revenue_estimate, e.revenue_actual, e.accession, e.provider, e.known_at
    FROM earnings_event e LEFT JOIN company c ON c.ticker = e.symbol
    WHERE e.date BETWEEN ${from}::date AND ${to}::date AND ${ticker ? sqlPart`e.symbol = ${ticker}` : sqlPart`true`} AND ${membersOnly ? sqlPart`e.symbol IN (SELECT symbol FROM index_member WHERE index = 'SP500')` : sqlPart`true`}
      AND ${after ? sqlPart`(e.date, e.symbol) > (${after.date}::date, ${after.id})` : sqlPart`true`}
    ORDER BY e.date, e.symbol LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map(toEarnings);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? encodeCursor({ list, key: last.date, id: last.symbol }) : null };
}

/** Companies that go public within the days, by day and name. */
export async function listIpos(ctx: Ctx, { limit, cursor, status, ...days }: ListIposInput): Promise<z.infer<typeof ipoPage>> {
  const { from, to } = calendarWindow(ctx.now(), days);
  const after = cursor ? afterDay(cursor, "ipo") : null;
  const rows = await ctx.db.ipoEvent.findMany({
    where: {
      date: { gte: new Date(from), lte: new Date(to) },
      ...(status ? { status: status.toUpperCase() as IpoStatus } : {}),
      ...(after ? { OR: [{ date: { gt: new Date(after.date) } }, { date: new Date(after.date), key: { gt: after.id } }] } : {}),
    },
    orderBy: [{ date: "asc" }, { key: "asc" }],
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((row): IpoEventDto => ({
    symbol: row.symbol, name: row.name, date: utcDate(row.date), exchange: row.exchange, currency: row.currency, priceLow: text(row.priceLow), priceHigh: text(row.priceHigh), shares: text(row.shares), totalValue: text(row.totalValue),
    status: row.status && STATUS[row.status], provenance: provenanceOf(row.provider, row.knownAt),
  }));
  return { items, nextCursor: last && rows.length > limit ? encodeCursor({ list: "ipo", key: utcDate(last.date), id: last.key }) : null };
}

/** Figures that are published within the days, in the order of time. */
export async function listEconomicEvents(ctx: Ctx, { limit, cursor, country, importance, ...days }: ListEconomicInput): Promise<z.infer<typeof economicPage>> {
  const { from, to } = calendarWindow(ctx.now(), days);
  const after = cursor ? decodeTimeCursor(cursor, "economic") : null;
  const rows = await ctx.db.economicEvent.findMany({
    where: {
      at: { gte: new Date(from), lt: new Date(addDays(to, 1)) },
      ...(country ? { country } : {}),
      ...(importance ? { importance: importance.toUpperCase() as EventImportance } : {}),
      ...(after ? { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] } : {}),
    },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((row): EconomicEventDto => ({
    name: row.name, country: row.country, at: row.at.toISOString(), importance: row.importance && IMPORTANCE[row.importance], unit: row.unit, actual: text(row.actual), estimate: text(row.estimate), previous: text(row.previous), period: row.period,
    seriesCode: row.seriesCode, provenance: provenanceOf(row.provider, row.knownAt),
  }));
  return { items, nextCursor: last && rows.length > limit ? encodeCursor({ list: "economic", key: last.at.toISOString(), id: last.id }) : null };
}
