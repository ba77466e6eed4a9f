"use client";

import { useEffect, useState } from "react";

/** Rows drawn beyond what is in sight, so that a fast scroll meets no gap. */
const OVERSCAN = 16;

type Options = { count: number; rowHeight: number; enabled: boolean; container: { readonly current: HTMLElement | null } };

/** The rows of a fixed height that are in sight of a scrolled container; all of them when not enabled. */
export function useWindowedRows({ count, rowHeight, enabled, container }: Options) {
  const [seen, setSeen] = useState({ first: 0, last: OVERSCAN * 3 });

  useEffect(() => {
    const element = container.current;
    if (!enabled || !element) return;
    const measure = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN;
      // Moves in steps of half the overscan: scrolling by a line draws nothing new.
      setSeen((now) => (Math.abs(now.first - first) < OVERSCAN / 2 && Math.abs(now.last - last) < OVERSCAN / 2 ? now : { first, last }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [container, enabled, rowHeight]);

  const first = enabled ? Math.min(seen.first, Math.max(0, count - 1)) : 0;
  const last = enabled ? Math.min(seen.last, count - 1) : count - 1;
  return {
    indices: Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset),
    before: first * rowHeight,
    after: Math.max(0, count - 1 - last) * rowHeight,
    /** Scrolls just as far as needed to have the row in sight. */
    scrollTo(index: number) {
      const element = container.current;
      if (!enabled || !element) return;
      const top = index * rowHeight;
      const room = element.clientHeight - rowHeight * 2;
      if (top < element.scrollTop) element.scrollTo({ top });
      else if (top > element.scrollTop + room) element.scrollTo({ top: top - room });
    },
  };
}
