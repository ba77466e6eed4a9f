"use client";

import { Maximize, Minus, Plus, RotateCcw, Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { OrbitRigHandle } from "@/components/three/orbit-rig";
import type { ProjectedPoints } from "@/components/three/projected-points";
import { NODE_KINDS, type GraphNodeDto } from "@/server/contracts/graph";
import type { DriverId, ScenarioResult } from "@/server/contracts/scenario";
import type { VisibleGraph } from "./graph-filter";
import { GraphFlat } from "./graph-flat";
import { neighbourInDirection, neighboursOf, nodeOf, type Direction, type GraphIndex } from "./graph-index";
import { graphLabels, type GraphLabel } from "./graph-labels";
import type { GraphViewName } from "./graph-link";
import type { GraphPicture } from "./graph-picture";
import { GraphTables } from "./graph-tables";
import { LabelLayer, type LabelLayerHandle } from "./label-layer";
import { LayerNames, type LayerNamesHandle } from "./layer-names";
import { NodeMark } from "./node-mark";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";
import type { TravelSchedule } from "./shock-travel";
import { StageSkeleton } from "./stage-skeleton";
import type { TravelClock } from "./travel-clock";
import { TravelStatus } from "./travel-status";
import { idOf, useNodeText } from "./use-node-text";

// Three.js is a third of the page: it comes only when the scene is shown.
const GraphScene = dynamic(() => import("./graph-scene").then((module) => module.GraphScene), { ssr: false, loading: () => <StageSkeleton /> });

type Props = {
  index: GraphIndex;
  visible: VisibleGraph;
  picture: GraphPicture;
  result: ScenarioResult | undefined;
  outcomes: ReadonlyMap<string, OutcomeAtQuarter> | null;
  sectorDeltas: ReadonlyMap<string, number | null>;
  schedule: TravelSchedule | null;
  clock: TravelClock;
  view: GraphViewName;
  focus: string | null;
  shocked: readonly string[];
  quarter: number;
  still: boolean;
  /** Said over the picture: an error, or that the flat twin stands in for the scene. */
  notice: ReactNode;
  onFocus: (key: string | null) => void;
  onResetFilters: () => void;
  onSceneFailure: (failure: "lost" | "failed") => void;
};

/** Px that the status line, the camera buttons and the legend cover. */
const INSETS = { top: 62, right: 56, bottom: 44, left: 20 };
const PHONE_INSETS = { top: 54, right: 14, bottom: 40, left: 10 };
const ARROWS: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

export function GraphStage(props: Props) {
  const { index, visible, picture, outcomes, schedule, clock, view, focus, shocked, still, notice, onFocus, onResetFilters, onSceneFailure } = props;
  const t = useTranslations("graph");
  const { full } = useNodeText();
  const phone = useMediaQuery("(width < 48rem)");
  const [hover, setHover] = useState<string | null>(null);
  const [labelled, setLabelled] = useState(true);
  const stage = useRef<HTMLElement>(null);
  const rig = useRef<OrbitRigHandle>(null);
  const labelLayer = useRef<LabelLayerHandle>(null);
  const layerNames = useRef<LayerNamesHandle>(null);
  const labels = useLabels(props, { hover, labelled, phone });
  const companies = index.graph.counts.nodes.company ?? 0;
  const focused = nodeOf(index, focus);

  const onProject = useCallback((nodes: ProjectedPoints, names?: ProjectedPoints) => {
    labelLayer.current?.project(nodes);
    if (names) layerNames.current?.project(names);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const direction = ARROWS[event.key];
    if (direction) {
      event.preventDefault();
      const start = shocked[0] ?? index.graph.nodes[0]?.key ?? null;
      const next = focus === null ? start : neighbourInDirection(index, focus, { direction, visible });
      if (next) onFocus(next);
    }
    if (event.key === "Escape") {
      onFocus(null);
      rig.current?.reset();
    }
    if (event.key === "+" || event.key === "=") rig.current?.zoomBy(0.8);
    if (event.key === "-") rig.current?.zoomBy(1.25);
  };

  const drawn = { index, visible, picture, focus, hover, shocked };
  return (
    <section
      ref={stage}
      tabIndex={view === "table" ? undefined : 0}
      role={view === "table" ? undefined : "application"}
      aria-label={view === "table" ? t("stage") : t("stageKeys")}
      onKeyDown={onKeyDown}
      className="focus-inset relative min-h-0 min-w-0 overflow-hidden bg-[radial-gradient(70%_60%_at_52%_42%,var(--surface-2),var(--surface-0)_75%)] light:bg-[radial-gradient(70%_60%_at_52%_42%,#fff,var(--surface-0)_80%)]"
    >
      {view === "3d" && <GraphScene {...drawn} clock={clock} still={still} rig={rig} insets={phone ? PHONE_INSETS : INSETS} onProject={onProject} onHover={setHover} onFocus={onFocus} onFailure={onSceneFailure} />}
      {view === "2d" && <GraphFlat {...drawn} clock={clock} onProject={onProject} onHover={setHover} onFocus={onFocus} />}
      {view === "table" && <GraphTables index={index} visible={visible} outcomes={outcomes} focus={focus} onFocus={onFocus} />}
      {view !== "table" && (
        <>
          {view === "3d" && <LayerNames ref={layerNames} counts={index.graph.counts.nodes} />}
          <LabelLayer key={view} ref={labelLayer} labels={labels} obstacles={stage} limit={phone ? 16 : view === "2d" ? 64 : 54} flat={view === "2d"} />
          {schedule && (
            <div data-obstacle="" className="panel absolute top-4 left-4 flex h-8 items-center gap-2 overflow-hidden pr-1 pl-3 text-xs whitespace-nowrap max-md:top-2 max-md:left-2">
              <TravelStatus schedule={schedule} clock={clock} companies={companies} />
            </div>
          )}
          <div data-obstacle="" role="group" aria-label={t("camera")} className="panel absolute top-4 right-3 flex flex-col max-md:top-2 max-md:right-2">
            {view === "3d" && (
              <>
                <IconButton label={t("zoomIn")} onClick={() => rig.current?.zoomBy(0.75)} className="max-md:hidden"><Plus /></IconButton>
                <IconButton label={t("zoomOut")} onClick={() => rig.current?.zoomBy(1.33)} className="max-md:hidden"><Minus /></IconButton>
                <IconButton label={t("fit")} onClick={() => rig.current?.fit()}><Maximize /></IconButton>
                <IconButton label={t("resetCamera")} onClick={() => rig.current?.reset()}><RotateCcw /></IconButton>
              </>
            )}
            <IconButton label={t("labels")} pressed={labelled} onClick={() => setLabelled(!labelled)}><Tag /></IconButton>
          </div>
          <Legend shock={schedule !== null} />
          {visible.nodeCount === 0 && (
            <EmptyState title={t("nothing")} action={<Button onClick={onResetFilters}>{t("resetFilters")}</Button>} className="absolute inset-0 bg-surface-0/70">{t("nothingText")}</EmptyState>
          )}
        </>
      )}
      {notice && <div data-obstacle="" className="absolute inset-x-4 bottom-10 z-20 mx-auto flex max-w-xl justify-center">{notice}</div>}
      <p aria-live="polite" className="sr-only">{focused ? t("focused", { name: full(focused), count: neighboursOf(index, focused.key, visible).length }) : ""}</p>
    </section>
  );
}

function useLabels({ index, visible, picture, result, outcomes, sectorDeltas, focus, shocked, quarter }: Props, { hover, labelled, phone }: { hover: string | null; labelled: boolean; phone: boolean }): GraphLabel[] {
  const { short, driverChange, coverChange } = useNodeText();
  const near = useMemo(() => (focus === null ? [] : neighboursOf(index, focus, visible).map(({ node }) => node.key)), [index, focus, visible]);
  const arrow = (value: number) => (value > 0 ? 1 : value < 0 ? -1 : 0);
  const change = (node: GraphNodeDto): GraphLabel["change"] => {
    if (!result) return null;
    if (node.kind === "driver") {
      const deviation = result.drivers.find(({ driver }) => driver === idOf(node.key))?.deviation[quarter] ?? 0;
      return deviation === 0 ? null : { text: driverChange(idOf(node.key) as DriverId, deviation), tone: "driver", arrow: 0 };
    }
    const delta = node.kind === "sector" ? (sectorDeltas.get(node.key) ?? null) : (outcomes?.get(node.key)?.icrDelta ?? null);
    if (delta === null || Math.abs(delta) < 0.005) return null;
    return { text: coverChange(delta), tone: delta < 0 ? "down" : "up", arrow: arrow(delta) };
  };
  return graphLabels({ index, visible, picture, focus, hover, shocked, near, showAll: labelled, text: short, change, limit: phone ? 40 : 110 });
}

function IconButton({ label, pressed, onClick, className, children }: { label: string; pressed?: boolean; onClick: () => void; className?: string; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick} className={classNames("focus-inset grid size-8 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-text aria-pressed:text-accent max-md:size-10 [&_svg]:size-4", className)}>
      {children}
    </button>
  );
}

function Legend({ shock }: { shock: boolean }) {
  const t = useTranslations("graph");
  return (
    <div data-obstacle="" className="pointer-events-none absolute inset-x-4 bottom-3 flex flex-wrap justify-between gap-x-4 gap-y-1 text-2xs text-muted max-md:inset-x-3 max-md:bottom-2" aria-label={t("legend")} role="group">
      <ul className="flex flex-wrap items-center gap-x-3.5">
        {NODE_KINDS.map((kind) => <li key={kind} className="flex items-center gap-1.5"><NodeMark kind={kind} className="size-[11px]" />{t(`kind.${kind}`)}</li>)}
      </ul>
      {shock && (
        <ul className="flex flex-wrap items-center gap-x-3.5 max-lg:hidden">
          <li className="flex items-center gap-1.5"><span aria-hidden="true" className="h-[3px] w-6 rounded-full bg-[linear-gradient(90deg,var(--node-driver),var(--down))]" />▼ {t("weaker")}</li>
          <li className="flex items-center gap-1.5"><span aria-hidden="true" className="h-[3px] w-6 rounded-full bg-[linear-gradient(90deg,var(--node-driver),var(--up))]" />▲ {t("stronger")}</li>
          <li className="flex items-center gap-1.5"><svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="3" fill="var(--node-company)" /><circle cx="7" cy="7" r="6" fill="none" stroke="var(--line-strong)" strokeWidth="1.5" /><path d="M7 1A6 6 0 0 1 13 7" fill="none" stroke="var(--down)" strokeWidth="2" /></svg>{t("ringLegend")}</li>
          <li className="max-xl:hidden">{t("sizeLegend")}</li>
        </ul>
      )}
    </div>
  );
}
