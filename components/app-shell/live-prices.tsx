"use client";

import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import type { StripItem } from "@/server/contracts/market";
import type { Tick, Update } from "@/server/contracts/realtime";
import { openLiveSocket } from "./live-socket";
import { createLiveStore, type ConnectionState, type LiveStore } from "./live-store";

let tabStore: LiveStore | null = null;

/** One store, and so one socket, for the whole tab; it opens nothing before somebody watches. */
const storeOfTab = (): LiveStore => (tabStore ??= createLiveStore(openLiveSocket));

/** Another store for the components below, as in tests; without it they use the tab's own. */
export const LiveStoreContext = createContext<LiveStore | null>(null);

const NO_UPDATES: ReadonlyMap<string, Update> = new Map();
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

function useLiveUpdates(channel: "market-updates" | "macro"): ReadonlyMap<string, Update> {
  const store = useLiveStore();
  const watch = useCallback((notify: () => void) => store().watchUpdates(channel)(notify), [store, channel]);
  return useSyncExternalStore(watch, () => store().updates(channel), () => NO_UPDATES);
}

/** What has changed in the market strip since the page was made, by item id. */
export const useLiveStrip = (): ReadonlyMap<string, Update> => useLiveUpdates("market-updates");

/** Latest values of macro series by code. */
export const useLiveMacro = (): ReadonlyMap<string, Update> => useLiveUpdates("macro");

/** The strip's items with their newest levels; a level that came over the wire brings its own basis and time. */
export function useLiveStripItems(items: readonly StripItem[]): StripItem[] {
  const updates = useLiveStrip();
  return useMemo(
    () =>
      items.map((item) => {
        const update = updates.get(item.id);
        if (!update) return item;
        const isUnchanged = update.basis === item.provenance.basis && update.value === item.value;
        const asOf = update.time === null || isUnchanged ? item.provenance.asOf : new Date(update.time).toISOString();
        return { ...item, value: update.value, change: update.change, provenance: { ...item.provenance, basis: update.basis, asOf } };
      }),
    [items, updates],
  );
}

/** Whether what is shown is live, and if not, how old it is. */
export function useConnectionState(): ConnectionState {
  const store = useLiveStore();
  const watch = useCallback((notify: () => void) => store().watchState(notify), [store]);
  return useSyncExternalStore(watch, () => store().state(), () => UNHEARD);
}
