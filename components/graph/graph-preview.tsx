"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { numberText } from "@/components/format/number-text";
import type { ProjectedPoints } from "@/components/three/projected-points";
import { webGlSupport } from "@/components/three/web-gl-support";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { GraphDto } from "@/server/contracts/graph";
import { DEFAULT_FILTERS, filterGraph } from "./graph-filter";
import { indexGraph } from "./graph-index";
import { graphLabels } from "./graph-labels";
import { graphPicture } from "./graph-picture";
import { LabelLayer, type LabelLayerHandle } from "./label-layer";
import { StageSkeleton } from "./stage-skeleton";
import { createTravelClock } from "./travel-clock";
import { useNodeText } from "./use-node-text";

const GraphScene = dynamic(() => import("./graph-scene").then((module) => module.GraphScene), { ssr: false, loading: () => <StageSkeleton /> });

/** One turn in a bit less than two minutes: seen to move, never in the way. */
const TURN_PER_SECOND = 0.06;
const LABELS = 14;
/** Px left free at the edges for names. */
const INSETS = { top: 28, right: 12, bottom: 12, left: 12 };
const never = () => () => undefined;
const ignore = () => undefined;

/**
 * The real graph, small, for the first page. The still picture below it is what everybody sees first; where graphics hardware draws, a scene
 * takes its place that turns slowly while it is in sight, and stands still for people who asked for that.
 */
export function GraphPreview({ children }: { children: ReactNode }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const seen = useInSight(box);
  const support = useSyncExternalStore(never, webGlSupport, () => null);
  const [failed, setFailed] = useState(false);
  const drawn = support === "hardware" && !failed;
  const graph = useQuery({ ...useTRPC().graph.getGraph.queryOptions(), enabled: drawn && seen.ever });
  return (
    <div ref={box}>
      {drawn && graph.data ? (
        <div role="img" aria-label={t("preview", { nodes: numberText(locale, graph.data.nodes.length), connections: numberText(locale, graph.data.connections.length) })} className="relative aspect-[860/552] max-h-[66vh] w-full overflow-hidden">
          <PreviewScene graph={graph.data} moving={seen.now} onFailure={() => setFailed(true)} />
        </div>
      ) : (
        children
      )}
    </div>
  );
}

function PreviewScene({ graph, moving, onFailure }: { graph: GraphDto; moving: boolean; onFailure: () => void }) {
  const reduced = useMediaQuery("(prefers-reduced-motion: reduce)");
  const { short } = useNodeText();
  const layer = useRef<LabelLayerHandle>(null);
  const index = useMemo(() => indexGraph(graph), [graph]);
  const visible = useMemo(() => filterGraph(graph, DEFAULT_FILTERS, new Map()), [graph]);
  const picture = useMemo(() => graphPicture({ index, visible, focus: SHOWN_DRIVER, scenario: null }), [index, visible]);
  const [clock] = useState(() => createTravelClock({ still: () => true }));
  const onProject = useCallback((nodes: ProjectedPoints) => layer.current?.project(nodes), []);
  const drawn = { index, visible, picture, focus: null, hover: null, shocked: SHOCKED };
  const labels = graphLabels({ ...drawn, near: NOBODY, showAll: true, text: short, change: () => null, limit: 40 });
  const turns = moving && !reduced;
  return (
    <>
      <GraphScene {...drawn} clock={clock} still={!turns} rig={null} onProject={onProject} onHover={ignore} onFocus={ignore} onFailure={onFailure} insets={INSETS} idleTurnPerSecond={turns ? TURN_PER_SECOND : 0} fixed />
      <LabelLayer ref={layer} labels={labels} obstacles={NO_OBSTACLES} limit={LABELS} flat={false} />
    </>
  );
}

/** The driver people ask about first: its connections stand out, as in the still picture. */
const SHOWN_DRIVER = "driver:fedFunds";
const SHOCKED: readonly string[] = [SHOWN_DRIVER];
const NOBODY: readonly string[] = [];
const NO_OBSTACLES = { current: null };

/** Whether an element is in sight now, and whether it ever was: nothing is fetched for a picture nobody scrolls to. */
function useInSight(box: { current: HTMLElement | null }): { now: boolean; ever: boolean } {
  const [seen, setSeen] = useState({ now: false, ever: false });
  useEffect(() => {
    if (!box.current) return;
    const observer = new IntersectionObserver(([entry]) => setSeen((before) => ({ now: entry!.isIntersecting, ever: before.ever || entry!.isIntersecting })), { rootMargin: "80px" });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return seen;
}
