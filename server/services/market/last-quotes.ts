import type { Provenance } from "@/server/contracts/common";
import type { QuoteDto } from "@/server/contracts/market";
import { CALENDARS } from "@/server/domain/calendar/session-on";
import type { TradingDate } from "@/server/domain/calendar/trading-date";
import { isGapBetween } from "@/server/domain/market/previous-close";
import type { Ctx } from "@/server/services/ctx";

/** The newest two daily bars of an instrument, flattened. */
export type LastBars = {
  instrumentId: string;
  companyId: string | null;
  symbol: string;
  name: string;
  currency: string;
  calendar: string;
  origin: "SIMULATED" | "RECORDED";
  provider: string;
  date: string;
  close: number;
  volume: number;
  /** Of the bar before, whichever session that is. */
  earlierClose: number | null;
  earlierDate: string | null;
};

/** Last daily closes of one instrument, or of all of a kind; of shares those that stand for a stored company. Each lookup stops at the newest partition that has bars. */
export function loadLastBars(ctx: Ctx, { instrumentId = null, kind = "EQUITY" }: { instrumentId?: string | null; kind?: "EQUITY" | "ETF" } = {}): Promise<LastBars[]> {
  return ctx.db.$queryRaw<LastBars[]>`
    SELECT i.id::text AS "instrumentId", i.company_id::text AS "companyId", i.symbol, i.name, i.currency, i.calendar, newest.origin::text AS origin, newest.provider,
           to_char(newest.time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, newest.close, newest.volume, earlier.close AS "earlierClose",
           to_char(earlier.time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "earlierDate"
    FROM instrument i
    CROSS JOIN LATERAL (
      SELECT time, close, volume, origin, provider FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' ORDER BY time DESC LIMIT 1
    ) newest
    LEFT JOIN LATERAL (
      SELECT time, close FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' AND time < newest.time ORDER BY time DESC LIMIT 1
    ) earlier ON true
    WHERE i.id = ${instrumentId}::uuid OR (${instrumentId}::uuid IS NULL AND i.kind = ${kind}::instrument_kind AND (i.kind <> 'EQUITY' OR i.company_id IS NOT NULL))
    ORDER BY i.symbol`;
}

export const priceProvenance = ({ origin, provider, date }: Pick<LastBars, "origin" | "provider"> & { date: string | null }): Provenance => ({
  basis: origin === "RECORDED" ? "recorded" : "simulated",
  provider,
  asOf: date,
  reference: null,
  formula: null,
  n: null,
  rSquared: null,
  stdError: null,
});

/** Relative change from one level to the next; null without an earlier level to compare with. */
export const relativeChange = (now: number, before: number | null) => (before === null || before === 0 ? null : now / before - 1);

/** The close of the session before that of the newest bar; null where that session's bar is missing: a change over two sessions is none of a day. */
export function closeBefore({ calendar, date, earlierClose, earlierDate }: Pick<LastBars, "calendar" | "date" | "earlierClose" | "earlierDate">): number | null {
  const kept = CALENDARS.find((one) => one === calendar);
  const isGap = kept !== undefined && earlierDate !== null && isGapBetween(kept, earlierDate as TradingDate, date as TradingDate);
  return isGap ? null : earlierClose;
}

export function toQuote(last: LastBars): QuoteDto {
  const previousClose = closeBefore(last);
  return {
    symbol: last.symbol,
    price: last.close,
    previousClose,
    change: relativeChange(last.close, previousClose),
    time: `${last.date}T00:00:00.000Z`,
    currency: last.currency,
    provenance: priceProvenance(last),
  };
}
