"use client";

import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import type { Provenance } from "@/server/contracts/common";
import type { QuoteDto, StripItem } from "@/server/contracts/market";
import type { InboxState } from "@/server/contracts/notification";
import type { CoinTick, MarketPulse, Tick, Update } from "@/server/contracts/realtime";
import type { InfluencerAlert } from "@/server/contracts/social";
import { openLiveSocket } from "./live-socket";
import { createLiveStore, type ConnectionState, type LiveStore, type TopicChannel, type TopicValues } from "./live-store";

let tabStore: LiveStore | null = null;

/** One store, and so one socket, for the whole tab; it opens nothing before somebody watches. */
const storeOfTab = (): LiveStore => (tabStore ??= createLiveStore(openLiveSocket));

/** Another store for the components below, as in tests; without it they use the tab's own. */
export const LiveStoreContext = createContext<LiveStore | null>(null);

const NO_UPDATES: ReadonlyMap<string, never> = new Map<string, never>();
const UNHEARD: ConnectionState = { status: "connecting", ageMs: null };
const nothingToWatch = () => () => undefined;

function useLiveStore(): () => LiveStore {
  const given = useContext(LiveStoreContext);
  return useCallback(() => given ?? storeOfTab(), [given]);
}

/** The newest tick of a symbol, followed while the component is mounted; null before the first one, or when no feed carries it. */
export function useLivePrice(symbol: string | null): Tick | null {
  const store = useLiveStore();
  const watch = useMemo(() => (symbol === null ? nothingToWatch : (notify: () => void) => store().watchPrice(symbol)(notify)), [store, symbol]);
  return useSyncExternalStore(watch, () => (symbol === null ? null : store().price(symbol)), () => null);
}

function useLiveUpdates<C extends TopicChannel>(channel: C): ReadonlyMap<string, TopicValues[C]> {
  const store = useLiveStore();
  const watch = useCallback((notify: () => void) => store().watchUpdates(channel)(notify), [store, channel]);
  return useSyncExternalStore(watch, () => store().updates(channel), () => NO_UPDATES);
}

/** What has changed in the market strip since the page was made, by item id. */
export const useLiveStrip = (): ReadonlyMap<string, Update> => useLiveUpdates("market-updates");

/** Latest values of macro series by code. */
export const useLiveMacro = (): ReadonlyMap<string, Update> => useLiveUpdates("macro");

/** Newest prices of all of a board by symbol. */
export const useLiveBoard = (board: "sp500" | "etf"): ReadonlyMap<string, Tick> => useLiveUpdates(board);

/** How a board stands as a whole; null before the first word of it. */
export const useLivePulse = (board: "sp500" | "etf"): MarketPulse | null => useLiveUpdates(`${board}_market`).get("pulse") ?? null;

/** Newest won prices by exchange and market, as upbit:KRW-BTC. */
export const useLiveCoins = (): ReadonlyMap<string, CoinTick> => useLiveUpdates("crypto");

/** Where a live figure comes from: what moves is made by the feed, so a recorded figure's vendor is not named for a simulated one. */
function liveProvenance(stored: Provenance, { basis, time, provider }: { basis: Provenance["basis"]; time: number | null; provider?: string }): Provenance {
  const asOf = time === null ? stored.asOf : new Date(time).toISOString();
  return { ...stored, basis, asOf, provider: provider ?? (basis === "simulated" && basis !== stored.basis ? "simulator" : stored.provider) };
}

/** The strip's items with their newest levels; a level that came over the wire brings its own basis and time. */
export function useLiveStripItems(items: readonly StripItem[]): StripItem[] {
  const updates = useLiveStrip();
  return useMemo(
    () =>
      items.map((item) => {
        const update = updates.get(item.id);
        const isNews = update && (update.value !== item.value || update.basis !== item.provenance.basis);
        return isNews ? { ...item, value: update.value, change: update.change, provenance: liveProvenance(item.provenance, update) } : item;
      }),
    [items, updates],
  );
}

/** A stored quote with the newest tick laid over it. */
export function useLiveQuote(quote: QuoteDto | null): QuoteDto | null {
  const tick = useLivePrice(quote?.symbol ?? null);
  return useMemo(() => {
    if (!quote || !tick || (tick.price === quote.price && tick.basis === quote.provenance.basis)) return quote;
    const change = tick.previousClose ? tick.price / tick.previousClose - 1 : null;
    return { ...quote, price: tick.price, previousClose: tick.previousClose, change, time: new Date(tick.time).toISOString(), provenance: liveProvenance(quote.provenance, tick) };
  }, [quote, tick]);
}

/** The inbox as the socket tells it, while the component is mounted; null while it does not, and for those without a way to a ticket. */
export function useLiveInbox(getTicket: (() => Promise<string>) | null): InboxState | null {
  const store = useLiveStore();
  const watch = useMemo(() => (getTicket === null ? nothingToWatch : (notify: () => void) => store().watchInbox(getTicket)(notify)), [store, getTicket]);
  return useSyncExternalStore(watch, () => (getTicket === null ? null : store().inbox()), () => null);
}

/** Alerts of watched accounts as the socket tells them, while the component is mounted; null while it does not, and for those without a way to a ticket. */
export function useLiveAlerts(getTicket: (() => Promise<string>) | null): InfluencerAlert[] | null {
  const store = useLiveStore();
  const watch = useMemo(() => (getTicket === null ? nothingToWatch : (notify: () => void) => store().watchAlerts(getTicket)(notify)), [store, getTicket]);
  return useSyncExternalStore(watch, () => (getTicket === null ? null : store().alerts()), () => null);
}

/** Whether what is shown is live, and if not, how old it is. */
export function useConnectionState(): ConnectionState {
  const store = useLiveStore();
  const watch = useCallback((notify: () => void) => store().watchState(notify), [store]);
  return useSyncExternalStore(watch, () => store().state(), () => UNHEARD);
}
