import type { BarRow, BarSeries, Capabilities, CapabilityName, Providers, QuoteRow, SplitRow, VendorId } from "@/server/providers/capabilities";

const provenance = { provider: "yahoo" as VendorId, asOf: "2025-01-01", url: null, accession: null };

/** A vendor that has these capabilities and no others; each call is written down. */
export function aVendor(has: Partial<Capabilities>): Providers & { calls: { capability: string; query: unknown }[] } {
  const calls: { capability: string; query: unknown }[] = [];
  const source = (capability: CapabilityName) => {
    const own = has[capability] as Record<string, (query: unknown) => unknown> | undefined;
    if (!own) throw new Error(`This vendor has no ${capability}`);
    return Object.fromEntries(Object.entries(own).map(([name, call]) => [name, (query: unknown) => { calls.push({ capability, query }); return call(query); }]));
  };
  return {
    calls,
    source: source as unknown as Providers["source"],
    stream: () => null,
    of: ((_: VendorId, capability: CapabilityName) => (has[capability] ? source(capability) : null)) as unknown as Providers["of"],
    vendorsWith: (capability) => (has[capability] ? ["yahoo"] : []),
    status: () => [],
  };
}

/** A bar that opens at its close and reaches one per cent to both sides. */
export const aVendorBar = (time: string, close: number, volume = 1_000): BarRow => ({ provenance, time: time.length === 10 ? `${time}T00:00:00.000Z` : time, open: close, high: close * 1.01, low: close * 0.99, close, volume });

export const aBarSeries = (symbol: string, bars: readonly BarRow[], currency: string | null = "USD"): BarSeries => ({ symbol, currency, bars: [...bars] });

export const aSplit = (symbol: string, exDate: string, from: string, to: string): SplitRow => ({ provenance, symbol, exDate, from, to });

export const aQuote = (symbol: string, price: number, at: string, more: Partial<QuoteRow> = {}): QuoteRow => ({ provenance, symbol, currency: "USD", price, at, open: null, high: null, low: null, previousClose: null, volume: null, bid: null, ask: null, marketCap: null, name: null, ...more });
