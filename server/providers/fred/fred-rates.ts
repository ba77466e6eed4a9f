import { AppError } from "@/server/domain/app-error";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { FxRow, MacroRow } from "../capabilities";

/**
 * Daily noon rates in New York for transfers by cable, as banks report them to the Federal Reserve (release H.10), against the dollar.
 * `dollarIsBase` where the series counts units for a dollar; of the others it counts dollars.
 */
const SERIES: Readonly<Record<string, { id: string; dollarIsBase: boolean }>> = {
  KRW: { id: "DEXKOUS", dollarIsBase: true }, JPY: { id: "DEXJPUS", dollarIsBase: true }, CNY: { id: "DEXCHUS", dollarIsBase: true }, HKD: { id: "DEXHKUS", dollarIsBase: true }, TWD: { id: "DEXTAUS", dollarIsBase: true },
  SGD: { id: "DEXSIUS", dollarIsBase: true }, THB: { id: "DEXTHUS", dollarIsBase: true }, INR: { id: "DEXINUS", dollarIsBase: true }, CAD: { id: "DEXCAUS", dollarIsBase: true }, CHF: { id: "DEXSZUS", dollarIsBase: true },
  BRL: { id: "DEXBZUS", dollarIsBase: true }, MXN: { id: "DEXMXUS", dollarIsBase: true }, EUR: { id: "DEXUSEU", dollarIsBase: false }, GBP: { id: "DEXUSUK", dollarIsBase: false }, AUD: { id: "DEXUSAL", dollarIsBase: false },
};

/** The series of a pair of which one side is the dollar, and whether its value has to be turned over; null for other pairs. */
export function dollarSeriesOf(base: string, quote: string): { id: string; inverted: boolean } | null {
  const other = base === "USD" ? quote : quote === "USD" ? base : null;
  const series = other !== null && Object.hasOwn(SERIES, other) ? SERIES[other]! : null;
  return series && { id: series.id, inverted: (base === "USD") !== series.dollarIsBase };
}

/** The rate of a day, without an hour: New York's noon is not the time at which it was to be had elsewhere. */
export function toFxRow({ date, value, provenance }: MacroRow, { base, quote, inverted, now }: { base: string; quote: string; inverted: boolean; now: Date }): FxRow {
  notAhead(`${date}T00:00:00Z`, { now, provider: provenance.provider });
  if (!(value > 0)) throw new AppError("UPSTREAM_INVALID", `${provenance.provider}: a rate of ${value} for ${base} in ${quote}`, { provider: provenance.provider, reason: "rate" });
  return { base, quote, rate: inverted ? 1 / value : value, at: date, provenance: { ...provenance, asOf: date } };
}
