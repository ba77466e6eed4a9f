import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { decodeGraphView, encodeGraphView, type GraphView } from "./graph-link";

const WRITE_AFTER_MS = 180;

type ViewStore = { get: () => GraphView; set: (change: Partial<GraphView>) => void; readLink: (query: string) => void; subscribe: (listener: () => void) => () => void };

function createViewStore(query: string): ViewStore {
  let view = decodeGraphView(query);
  let link = query;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  return {
    get: () => view,
    set: (change) => {
      view = { ...view, ...change };
      tell();
      clearTimeout(timer);
      // A dragged slider would otherwise write the address more often than browsers allow.
      timer = setTimeout(() => {
        link = encodeGraphView(view);
        window.history.replaceState(null, "", link ? `${window.location.pathname}?${link}` : window.location.pathname);
      }, WRITE_AFTER_MS);
    },
    readLink: (next) => {
      if (next === link || encodeGraphView(decodeGraphView(next)) === encodeGraphView(view)) return;
      link = next;
      view = decodeGraphView(next);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What the dashboard shows, kept in the address: a change shows at once and the address follows; a link followed within the app is read back. */
export function useGraphView(): [GraphView, (change: Partial<GraphView>) => void] {
  const query = useSearchParams().toString();
  const [store] = useState(() => createViewStore(query));
  useEffect(() => store.readLink(query), [store, query]);
  const view = useSyncExternalStore(store.subscribe, store.get, store.get);
  return [view, useCallback((change: Partial<GraphView>) => store.set(change), [store])];
}
