"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

export type ColumnChoice = Record<string, boolean>;

const CHANGED = "column-choice";
const NONE = "{}";

/** Whatever else may have written there, only switches are taken; a browser that keeps nothing keeps the columns of the page. */
export function readColumnChoice(text: string): ColumnChoice {
  try {
    const kept: unknown = JSON.parse(text);
    return kept !== null && typeof kept === "object" && !Array.isArray(kept) ? Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean")) : {};
  } catch {
    return {};
  }
}

function stored(key: string): string {
  try {
    return localStorage.getItem(key) ?? NONE;
  } catch {
    return NONE;
  }
}

function subscribe(notify: () => void) {
  window.addEventListener("storage", notify);
  window.addEventListener(CHANGED, notify);
  return () => {
    window.removeEventListener("storage", notify);
    window.removeEventListener(CHANGED, notify);
  };
}

/** Columns that a person switched on or off in a table, kept in this browser; a table that writes no file has no name and keeps its choice while it stands. */
export function useColumnChoice(table: string | undefined): [ColumnChoice, (next: ColumnChoice) => void] {
  const key = `columns.${table ?? ""}`;
  const text = useSyncExternalStore(subscribe, () => stored(key), () => NONE);
  const choice = useMemo(() => readColumnChoice(text), [text]);
  const choose = useCallback(
    (next: ColumnChoice) => {
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        return;
      }
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [choice, choose];
}
