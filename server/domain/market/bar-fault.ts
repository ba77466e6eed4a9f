export type BarFigures = { open: number; high: number; low: number; close: number; volume: number };

const PRICES = ["open", "high", "low", "close"] as const;

/** Why a bar cannot be one: its first fault in words, or null for a sound bar. Figures that are not finite count as non-numeric. */
export function barFault(bar: BarFigures): string | null {
  const { open, high, low, close, volume } = bar;
  if (high >= low && open >= low && close >= low && open <= high && close <= high && low > 0 && volume >= 0 && high < Infinity && volume < Infinity) return null;
  for (const name of [...PRICES, "volume"] as const) if (!Number.isFinite(bar[name])) return `non-numeric ${name}`;
  for (const name of PRICES) if (bar[name] < 0) return "negative price";
  for (const name of PRICES) if (bar[name] === 0) return "zero price";
  if (volume < 0) return "negative volume";
  if (high < low) return "high < low";
  return open > high || open < low ? "open outside low to high" : "close outside low to high";
}
