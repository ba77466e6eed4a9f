"use client";

import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref, type RefObject } from "react";
import { classNames } from "@/components/ui/class-names";
import type { ProjectedPoints } from "@/components/three/projected-points";
import type { GraphLabel } from "./graph-labels";
import { placeLabels, type LabelBox, type LabelSide } from "./label-placement";

export type LabelLayerHandle = { project: (nodes: ProjectedPoints) => void };

type Props = {
  ref?: Ref<LabelLayerHandle>;
  labels: readonly GraphLabel[];
  /** Elements inside the same box that labels must not cover. */
  obstacles: RefObject<HTMLElement | null>;
  limit: number;
  /** Nodes stand in rows: names go below them and cover no node. */
  flat: boolean;
};

const TONE = { driver: "text-warn", up: "text-up", down: "text-down", wire: "text-muted" } as const;
/** Placing anew on every frame would make labels jump while the camera turns; between placements they only follow their node. */
const PLACE_EVERY_MS = 140;

const FLAT_SIDES: readonly LabelSide[] = ["bottom", "top", "right", "left"];

type Placed = { side: LabelSide; dx: number; dy: number };

/** Names beside the nodes, as HTML over the picture: sharp at every zoom, never over one another, calm while the camera moves. */
export function LabelLayer({ ref, labels, obstacles, limit, flat }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const sizes = useRef(new Map<string, { width: number; height: number }>());
  const placed = useRef(new Map<string, Placed>());
  const projected = useRef<ProjectedPoints | null>(null);
  const placedAt = useRef(0);
  const trailing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const current = useRef(labels);

  const elementOf = (key: string) => box.current?.querySelector<HTMLElement>(`[data-label="${CSS.escape(key)}"]`) ?? null;

  const follow = useCallback(() => {
    const points = projected.current;
    if (!points) return;
    for (const { key, node } of current.current) {
      const at = placed.current.get(key);
      const element = elementOf(key);
      if (!element) continue;
      if (!at) {
        element.style.opacity = "0";
        continue;
      }
      element.style.opacity = "1";
      element.style.transform = `translate3d(${(points.x[node]! + at.dx).toFixed(1)}px, ${(points.y[node]! + at.dy).toFixed(1)}px, 0)`;
    }
  }, []);

  const place = useCallback(() => {
    const points = projected.current;
    const own = box.current;
    if (!points || !own) return;
    placedAt.current = performance.now();
    const frame = own.getBoundingClientRect();
    const blocked: LabelBox[] = [...(obstacles.current?.querySelectorAll("[data-obstacle]") ?? [])].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left: left - frame.left - 4, top: top - frame.top - 4, right: right - frame.left + 4, bottom: bottom - frame.top + 4 };
    });
    // The discs of the nodes that matter stay readable.
    const block = (node: number, share: number) => {
      const [x, y, r] = [points.x[node]!, points.y[node]!, points.radius[node]! * share];
      if (r > 0) blocked.push({ left: x - r, top: y - r, right: x + r, bottom: y + r });
    };
    if (flat) for (let node = 0; node < points.count; node += 1) block(node, 1.2);
    else for (const { node, importance } of current.current) if (importance >= 60) block(node, 0.9);
    // Nothing turns in the flat picture: its labels need no memory of where they stood, and keep their full distance.
    const previous = flat ? undefined : new Map([...placed.current].map(([key, { side }]) => [key, side]));
    const result = placeLabels(
      current.current.flatMap(({ key, node, importance, always }) => {
        const size = sizes.current.get(key);
        return size && points.radius[node]! > 0 ? [{ id: key, x: points.x[node]!, y: points.y[node]!, radius: points.radius[node]! * 1.5, ...size, importance, always }] : [];
      }),
      { bounds: { left: 4, top: 4, right: frame.width - 4, bottom: frame.height - 4 }, blocked, previous, limit, sides: flat ? FLAT_SIDES : undefined },
    );
    placed.current = new Map(result.map(({ id, side, left, top }) => {
      const { node } = current.current.find((label) => label.key === id)!;
      return [id, { side, dx: left - points.x[node]!, dy: top - points.y[node]! }];
    }));
    follow();
  }, [follow, limit, obstacles, flat]);

  const project = useCallback((nodes: ProjectedPoints) => {
    projected.current = nodes;
    clearTimeout(trailing.current);
    if (performance.now() - placedAt.current > PLACE_EVERY_MS) place();
    else {
      follow();
      trailing.current = setTimeout(place, PLACE_EVERY_MS);
    }
  }, [follow, place]);

  useImperativeHandle(ref, () => ({ project }), [project]);
  useEffect(() => () => clearTimeout(trailing.current), []);

  useLayoutEffect(() => {
    current.current = labels;
    for (const { key } of labels) {
      const element = elementOf(key);
      if (element) sizes.current.set(key, { width: element.offsetWidth, height: element.offsetHeight });
    }
    place();
  }, [labels, place]);

  return (
    <div ref={box} aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      {labels.map(({ key, text, change, always, strong, dim }) => (
        <span
          key={key}
          data-label={key}
          className={classNames(
            "absolute top-0 left-0 flex items-center gap-1 text-2xs leading-4 whitespace-nowrap opacity-0 transition-opacity duration-150 will-change-transform",
            always ? "z-10 rounded-md border border-line-strong bg-surface-1 px-1.5 py-0.5 text-xs font-medium shadow-float" : "[text-shadow:0_0_3px_var(--surface-0),0_0_3px_var(--surface-0),0_0_2px_var(--surface-0)]",
            strong ? "font-semibold text-text" : dim ? "text-muted" : "font-medium text-text",
          )}
        >
          {text}
          {change && (
            <span className={classNames("flex items-center gap-0.5", TONE[change.tone])}>
              {change.arrow !== 0 && (
                <svg viewBox="0 0 8 8" className="size-[7px]" fill="currentColor"><path d={change.arrow > 0 ? "M4 1 8 7H0z" : "M4 7 0 1h8z"} /></svg>
              )}
              {change.text}
            </span>
          )}
        </span>
      ))}
    </div>
  );
}
