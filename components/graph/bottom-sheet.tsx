"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type PointerEvent, type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export const SHEET_STOPS = ["peek", "half", "full"] as const;
export type SheetStop = (typeof SHEET_STOPS)[number];

const HEIGHT: Record<SheetStop, string> = { peek: "h-(--peek)", half: "h-[46dvh]", full: "h-[calc(100dvh-112px)]" };

/**
 * On phones the side panel: a sheet above the tab bar that is dragged, or stepped by its handle, between three heights. What the lowest one would
 * cut, every block after `peekBlocks`, is hidden there: no target may be half a target. The height of the peek is `--peek`, set around the sheet.
 */
export function BottomSheet({ stop, onStop, label, peekBlocks, children }: { stop: SheetStop; onStop: (stop: SheetStop) => void; label: string; peekBlocks: 1 | 3; children: ReactNode }) {
  const t = useTranslations("graph");
  const start = useRef<number | null>(null);
  const [drag, setDrag] = useState(0);
  const end = (event: PointerEvent) => {
    if (start.current === null) return;
    const moved = event.clientY - start.current;
    start.current = null;
    setDrag(0);
    const now = SHEET_STOPS.indexOf(stop);
    if (Math.abs(moved) < 6) onStop(stop === "full" ? "peek" : SHEET_STOPS[now + 1]!);
    else onStop(SHEET_STOPS[Math.min(2, Math.max(0, now + (moved < 0 ? 1 : -1) * (Math.abs(moved) > 260 ? 2 : 1)))]!);
  };
  return (
    <aside
      aria-label={label}
      className={classNames("fixed inset-x-0 bottom-[calc(56px+env(safe-area-inset-bottom))] z-30 flex flex-col rounded-t-2xl border-t border-line-strong bg-surface-1 shadow-[0_-4px_16px_#0006] light:shadow-[0_-4px_16px_#0f172a1f] transition-[height] duration-200 motion-reduce:transition-none md:hidden", HEIGHT[stop])}
      style={drag ? { transform: `translateY(${drag}px)` } : undefined}
    >
      <button
        type="button"
        aria-label={t("sheetHandle", { stop: t(`sheet.${stop}`) })}
        aria-expanded={stop !== "peek"}
        className="focus-inset grid h-6 flex-none touch-none place-items-center"
        onPointerDown={(event) => {
          start.current = event.clientY;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => start.current !== null && setDrag(Math.max(-40, event.clientY - start.current))}
        onPointerUp={end}
        onPointerCancel={() => {
          start.current = null;
          setDrag(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            onStop(SHEET_STOPS[(SHEET_STOPS.indexOf(stop) + 1) % 3]!);
          }
        }}
      >
        <span aria-hidden="true" className="h-1 w-9 rounded-full bg-line-strong" />
      </button>
      <div className={classNames("relative flex min-h-0 flex-1 flex-col gap-3 px-4 pb-6", stop !== "peek" ? "overflow-y-auto" : peekBlocks === 1 ? "overflow-hidden *:nth-[n+2]:invisible" : "overflow-hidden *:nth-[n+4]:invisible")}>{children}</div>
    </aside>
  );
}
