"use client";

import { useState, type KeyboardEvent } from "react";

const PAGE = 10;

type Options = { count: number; onOpen?: (index: number) => void; /** Brings a row that is not drawn yet into being. */ scrollTo: (index: number) => void; container: { current: HTMLElement | null } };

/** One row is in the tab order; arrows, Page Up and Down, Home and End move it, Enter opens it. */
export function useRowFocus({ count, onOpen, scrollTo, container }: Options) {
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, Math.max(0, count - 1));

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    setWanted(next);
    scrollTo(next);
    // After the row is drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => container.current?.querySelector<HTMLElement>(`[data-row-index="${next}"]`)?.focus()));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys pressed on a link or button inside the row belong to it.
    const row = event.target as HTMLElement;
    if (row.dataset.rowIndex === undefined) return;
    const goals: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + PAGE, PageUp: active - PAGE, Home: 0, End: count - 1 };
    const goal = goals[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      moveTo(goal);
    } else if (event.key === "Enter" && onOpen) {
      event.preventDefault();
      onOpen(active);
    }
  };

  return { active, setActive: setWanted, onKeyDown };
}
