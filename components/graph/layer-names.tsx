"use client";

import { useLocale, useTranslations } from "next-intl";
import { useImperativeHandle, useRef, type Ref } from "react";
import { numberText } from "@/components/format/number-text";
import type { ProjectedPoints } from "@/components/three/projected-points";
import { NODE_KINDS } from "@/server/contracts/graph";

export type LayerNamesHandle = { project: (points: ProjectedPoints) => void };

/** The name of each layer below the front edge of its plane, turned with it. */
export function LayerNames({ ref, counts }: { ref?: Ref<LayerNamesHandle>; counts: Record<string, number> }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    project: (points) => {
      [...(box.current?.children ?? [])].forEach((element, i) => {
        const [corner, along] = [i * 2, i * 2 + 1];
        const angle = Math.atan2(points.y[along]! - points.y[corner]!, points.x[along]! - points.x[corner]!);
        // Seen from behind or steeply the name would stand on its head.
        const readable = Math.abs(angle) < 1.2 && points.radius[corner]! > 0;
        const style = (element as HTMLElement).style;
        style.opacity = readable ? "1" : "0";
        style.transform = `translate3d(${points.x[corner]!.toFixed(1)}px, ${points.y[corner]!.toFixed(1)}px, 0) rotate(${angle.toFixed(4)}rad) translate(8px, 3px)`;
      });
    },
  }));
  return (
    <div ref={box} aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      {NODE_KINDS.map((kind) => (
        <span key={kind} className="absolute top-0 left-0 origin-top-left text-xs font-semibold whitespace-nowrap text-muted opacity-0">
          {t(`kinds.${kind}`)} <span className="font-normal text-faint">{numberText(locale, counts[kind] ?? 0)}</span>
        </span>
      ))}
    </div>
  );
}
