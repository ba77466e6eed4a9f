"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Box, Link2, SlidersHorizontal, Table2, Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState, useSyncExternalStore, type CSSProperties, type ReactNode } from "react";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { useErrorText } from "@/components/app-shell/error-text";
import { shownError, type ToldError } from "@/components/app-shell/wire-error";
import { numberText } from "@/components/format/number-text";
import { useLocale } from "next-intl";
import { webGlSupport } from "@/components/three/web-gl-support";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toast";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { SECTOR_CODES } from "@/server/contracts/market";
import type { ScenarioResult, ScenarioSpec } from "@/server/contracts/scenario";
import { BottomSheet, type SheetStop } from "./bottom-sheet";
import { FocusPanel } from "./focus-panel";
import { DEFAULT_FILTERS, filterGraph, isFiltered } from "./graph-filter";
import { GraphFilterPanel, type SectorLine } from "./graph-filter-panel";
import { indexGraph, nodeOf } from "./graph-index";
import type { GraphViewName } from "./graph-link";
import { graphPicture } from "./graph-picture";
import { GraphStage } from "./graph-stage";
import { deltaHistogram, deltasOf, fullRingDelta, outcomesAtQuarter } from "./outcome-at-quarter";
import { OverviewPanel } from "./overview-panel";
import { QuarterScrubber } from "./quarter-scrubber";
import { ShockMenu } from "./shock-menu";
import { travelSchedule } from "./shock-travel";
import { createTravelClock } from "./travel-clock";
import { useGraphView } from "./use-graph-view";

const EMPTY_DELTAS = new Map<string, number | null>();
const never = () => () => undefined;

/** What is drawn when the person has not chosen: the scene, or its flat twin on a phone without a graphics processor. A browser without WebGL falls back later, and the page says so. */
function useDeviceView(phone: boolean): GraphViewName | null {
  const support = useSyncExternalStore(never, webGlSupport, () => null);
  if (support === null) return null;
  return support === "software" && phone ? "2d" : "3d";
}

/** What a result says at one quarter, in the forms the parts of the page need. */
function useMoment(result: ScenarioResult | undefined, quarter: number) {
  const schedule = useMemo(() => (result ? travelSchedule(result.travel) : null), [result]);
  const fullRing = useMemo(() => (result ? fullRingDelta(result) : 1), [result]);
  return useMemo(() => {
    const outcomes = result ? outcomesAtQuarter(result, quarter) : null;
    const sectorDeltas = new Map((result?.sectors ?? []).map((line) => [`sector:${line.sector}`, line.medianIcrDelta[quarter] ?? null]));
    const drivers = new Map((result?.drivers ?? []).map(({ driver, deviation }) => [`driver:${driver}`, deviation[quarter] ?? 0]));
    return { schedule, fullRing, outcomes, sectorDeltas, drivers, deltas: outcomes ? deltasOf(outcomes) : EMPTY_DELTAS };
  }, [result, quarter, schedule, fullRing]);
}

export function GraphDashboard() {
  const t = useTranslations("graph");
  const trpc = useTRPC();
  const [view, setView] = useGraphView();
  const phone = useMediaQuery("(width < 48rem)");
  const still = useMediaQuery("(prefers-reduced-motion: reduce)");
  const { data: graph } = useSuspenseQuery(trpc.graph.getGraph.queryOptions());
  const drivers = useQuery(trpc.scenario.listDrivers.queryOptions()).data?.drivers ?? [];
  const presets = useQuery(trpc.scenario.listPresets.queryOptions()).data?.presets ?? [];
  const shocks = view.spec.shocks.length > 0;
  const run = useQuery({ ...trpc.scenario.run.queryOptions(view.spec), enabled: shocks });
  const result = shocks ? run.data : undefined;
  const solving = shocks && run.isPending;
  const last = result ? result.quarters.length - 1 : view.spec.quarters;
  const quarter = Math.min(view.quarter ?? Math.min(8, last), last);
  const [shockOpen, setShockOpen] = useState(false);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [sheet, setSheet] = useState<SheetStop>("peek");
  const [failure, setFailure] = useState<"lost" | "failed" | null>(null);
  const device = useDeviceView(phone);
  const wanted = view.view ?? device;
  const noScene = device !== null && (failure !== null || webGlSupport() === "none");
  const shown: GraphViewName | null = wanted === "3d" && noScene ? "2d" : wanted;

  const index = useMemo(() => indexGraph(graph), [graph]);
  const moment = useMoment(result, quarter);
  const visible = useMemo(() => filterGraph(graph, view.filters, moment.deltas), [graph, view.filters, moment.deltas]);
  const focused = nodeOf(index, view.node);
  const focus = focused?.key ?? null;
  const peekBlocks = focused?.kind === "company" && shocks ? 3 : 1;
  const picture = useMemo(() => {
    const { outcomes, schedule, sectorDeltas, fullRing } = moment;
    return graphPicture({ index, visible, focus, scenario: outcomes && schedule ? { outcomes, schedule, sectorDeltas, fullRing, drivers: moment.drivers } : null });
  }, [index, visible, focus, moment]);
  const shocked = useMemo(() => view.spec.shocks.map(({ driver }) => `driver:${driver}`), [view.spec]);
  const [clock] = useState(() => createTravelClock({ still: () => window.matchMedia("(prefers-reduced-motion: reduce)").matches }));

  // A new result starts its journey; looking at another quarter of it does not.
  const { schedule } = moment;
  useEffect(() => {
    clock.setDuration(schedule?.duration ?? 0);
    if (schedule) clock.play();
  }, [clock, schedule]);

  const runSpec = (spec: ScenarioSpec) => {
    setView({ spec, linkError: null, quarter: Math.min(view.quarter ?? 8, spec.quarters) });
    if (spec === view.spec) void run.refetch();
    setShockOpen(false);
  };
  const onFocus = (node: string | null) => {
    setView({ node });
    if (node && sheet === "peek") setSheet("half");
  };
  const sectors = sectorLines(index.graph.nodes, result, quarter, moment.sectorDeltas);
  const histogram = useMemo(() => (moment.outcomes ? deltaHistogram(moment.deltas.values()) : null), [moment]);

  const filters = (
    <GraphFilterPanel
      index={index}
      filters={view.filters}
      visible={visible}
      sectors={sectors}
      histogram={histogram}
      onChange={(next) => setView({ filters: next })}
      onFocus={(key) => {
        onFocus(key);
        setFiltersOpen(false);
      }}
    />
  );
  const side = focused ? (
    <FocusPanel index={index} visible={visible} node={focused} spec={view.spec} result={result} outcomes={moment.outcomes} drivers={drivers} quarter={quarter} onFocus={onFocus} onQuarter={(next) => setView({ quarter: next })} />
  ) : (
    <OverviewPanel index={index} solving={solving} result={result} outcomes={moment.outcomes} quarter={quarter} presets={presets} onFocus={onFocus} onRun={runSpec} onOpenShock={() => setShockOpen(true)} />
  );
  const notice = <StageNotice error={run.isError ? run.error : null} linkError={view.linkError} running={shocks && run.isFetching && !run.data} tries={run.failureCount} onRetry={() => void run.refetch()} onEdit={() => setShockOpen(true)} flat={wanted === "3d" && noScene ? (failure ?? "none") : null} />;

  return (
    <div
      // A peeking company shows its price and cover, other nodes their name.
      style={{ "--peek": peekBlocks === 3 ? "168px" : "68px" } as CSSProperties}
      className="flex flex-col max-md:min-h-[calc(100dvh-160px)] max-md:pb-(--peek) md:grid md:h-[calc(100dvh-80px)] md:min-h-[560px] md:grid-cols-[0_minmax(0,1fr)_320px] md:grid-rows-[44px_minmax(0,1fr)_auto] xl:grid-cols-[224px_minmax(0,1fr)_344px]"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented && focus !== null && !shockOpen && !filtersOpen) onFocus(null);
      }}
    >
      <header className="flex min-w-0 items-center gap-3 border-b border-line bg-surface-0 py-2 pr-2 pl-4 max-md:gap-2 max-md:pr-4 md:col-span-2 md:py-0">
        <h1 className="flex-none text-base font-semibold whitespace-nowrap max-md:sr-only">{t("title")}</h1>
        <span aria-hidden="true" className="h-5 w-px bg-line-strong max-md:hidden" />
        <ShockMenu spec={view.spec} drivers={drivers} presets={presets} result={result} quarter={quarter} running={shocks && run.isFetching} error={run.isError ? run.error : null} linkError={view.linkError} open={shockOpen} onOpenChange={setShockOpen} onRun={runSpec} />
        {result?.plausibility.pValue != null && <PlausibilityBadge pValue={result.plausibility.pValue} />}
        <span className="flex-1 max-md:hidden" />
        <Button variant="ghost" size="icon" aria-label={t("filters")} onClick={() => setFiltersOpen(true)} className={`xl:hidden ${isFiltered(view.filters) ? "text-accent" : ""}`}><SlidersHorizontal aria-hidden="true" className="size-4!" /></Button>
        <Segmented
          className="flex-none"
          label={t("view")}
          value={shown ?? "3d"}
          onChange={(next) => {
            setFailure(null);
            setView({ view: next });
          }}
          options={[
            { value: "3d", label: <><Box aria-hidden="true" className="max-md:hidden" />3D</>, disabled: noScene && failure === null },
            { value: "2d", label: <><Waypoints aria-hidden="true" className="max-md:hidden" />2D</> },
            { value: "table", label: <><Table2 aria-hidden="true" className="max-md:hidden" />{t("table")}</> },
          ]}
        />
        <CopyLink />
      </header>
      <aside aria-label={t("filters")} className="no-scrollbar relative overflow-auto border-r border-line bg-surface-1 px-4 py-3 max-xl:hidden">{filters}</aside>
      <div className="relative flex min-h-0 min-w-0 flex-col max-md:h-[max(320px,calc(100dvh-282px-var(--peek)))] max-xl:col-span-2 [&>section]:flex-1">
        {shown && <GraphStage index={index} visible={visible} picture={picture} result={result} outcomes={moment.outcomes} sectorDeltas={moment.sectorDeltas} schedule={schedule} clock={clock} view={shown} focus={focus} shocked={shocked} quarter={quarter} still={still} notice={notice} onFocus={onFocus} onResetFilters={() => setView({ filters: DEFAULT_FILTERS })} onSceneFailure={setFailure} />}
      </div>
      <div className="col-span-2">{!result && solving && <div aria-hidden="true" className="h-[74px] bg-surface-1 md:h-[97px] md:border-t md:border-line" />}{result && <QuarterScrubber result={result} drivers={drivers} quarter={quarter} clock={clock} onQuarter={(next) => setView({ quarter: next })} />}</div>
      {phone ? (
        <BottomSheet stop={sheet} onStop={setSheet} label={t("side")} peekBlocks={peekBlocks}>{side}</BottomSheet>
      ) : (
        <aside aria-label={t("side")} className="no-scrollbar relative col-start-3 row-span-3 row-start-1 flex flex-col gap-3 overflow-auto border-l border-line bg-surface-1 px-4 py-3">{side}</aside>
      )}
      <Sheet open={filtersOpen} onOpenChange={setFiltersOpen} title={t("filters")}><div className="p-4">{filters}</div></Sheet>
    </div>
  );
}

function sectorLines(nodes: readonly { kind: string; sector: string | null }[], result: ScenarioResult | undefined, quarter: number, deltas: ReadonlyMap<string, number | null>): SectorLine[] {
  return SECTOR_CODES.flatMap((code): SectorLine[] => {
    const companies = nodes.filter(({ kind, sector }) => kind === "company" && sector === code).length;
    if (companies === 0) return [];
    const delta = deltas.get(`sector:${code}`) ?? null;
    const members = result?.companies.filter((company) => company.sector === code && company.isFinancial && company.netIncomeDelta.length > quarter) ?? [];
    return [{ code, companies, delta, netIncomeDelta: delta !== null || members.length === 0 ? null : members.reduce((sum, company) => sum + (company.netIncomeDelta[quarter] ?? 0), 0) }];
  });
}

function PlausibilityBadge({ pValue }: { pValue: number }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const p = pValue < 0.001 ? `< ${numberText(locale, 0.001)}` : `= ${numberText(locale, pValue, { maximumFractionDigits: 3 })}`;
  return <Badge tone={pValue < 0.05 ? "warn" : "neutral"} className="max-lg:hidden"><span aria-hidden="true" className="size-1.5 rounded-full bg-current" />{t("plausibility", { p })}</Badge>;
}

function CopyLink() {
  const t = useTranslations("graph");
  const copy = () => {
    navigator.clipboard.writeText(window.location.href).then(
      () => toast.success(t("linkCopied")),
      () => toast.error(t("linkNotCopied")),
    );
  };
  return <Button variant="ghost" size="icon" aria-label={t("copyLink")} title={t("copyLink")} onClick={copy} className="max-md:hidden"><Link2 aria-hidden="true" className="size-4!" /></Button>;
}

/** What stands over the picture: a failed run, a link that cannot be read, work under way, or the reason for the flat twin. */
function StageNotice({ error, linkError, running, tries, flat, onRetry, onEdit }: { error: unknown; linkError: ToldError | null; running: boolean; /** Attempts that got no answer so far. */ tries: number; flat: "none" | "lost" | "failed" | null; onRetry: () => void; onEdit: () => void }): ReactNode {
  const t = useTranslations("graph");
  const errorText = useErrorText();
  const box = "panel flex items-center gap-3 px-3 py-2 text-xs shadow-float";
  if (error) {
    const shown = shownError(error);
    if (shown.lost || shown.code === "INTERNAL") return <div className="panel shadow-float"><QueryError compact error={error} onRetry={onRetry} /></div>;
    return <div role="alert" className={box}><span className="text-down">{errorText(shown)}</span><Button onClick={onEdit}>{t("editShock")}</Button></div>;
  }
  if (linkError) return <div role="alert" className={box}><span>{errorText(linkError)}</span><Button onClick={onEdit}>{t("editShock")}</Button></div>;
  if (running) return <div role="status" className={box}><span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-node-driver" />{tries > 0 ? t("tryingAgain", { tries }) : t("solving")}</div>;
  if (flat) return <div role="status" className={box}>{t(`flat.${flat}`)}</div>;
  return null;
}
