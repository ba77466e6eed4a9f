"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent as ReactKeyboardEvent } from "react";
import type { CircuitDto } from "@/server/contracts/circuit";
import { useErrorText } from "../app-shell/error-text";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError } from "../app-shell/wire-error";
import { quarterParts } from "../format/calendar-quarter";
import { Kbd } from "../ui/kbd";
import { Segmented } from "../ui/segmented";
import { readCircuitAddress, writeCircuitAddress, type CircuitAddress } from "./circuit-address";
import { CircuitDetail } from "./circuit-detail";
import { CircuitDiagram } from "./circuit-diagram";
import { CircuitGauges } from "./circuit-gauges";
import { CircuitHeader, ShareButton } from "./circuit-header";
import { NARROW_COLUMNS, circuitLayout, type ElementId } from "./circuit-layout";
import { stepFrom } from "./circuit-path";
import { circuitReading, OVERLAYS } from "./circuit-reading";
import { bandWidth, circuitScale, edgeWidth, type CircuitScale } from "./circuit-scale";
import { CircuitScenarioBar } from "./circuit-scenario-bar";
import { CircuitSkeleton } from "./circuit-skeleton";
import { CircuitTable } from "./circuit-table";
import { CircuitTrunk } from "./circuit-trunk";
import { CircuitVerdict } from "./circuit-verdict";
import { NoCircuit } from "./no-circuit";
import { circuitWords } from "./circuit-words";
import type { ElementHandlers } from "./circuit-wire";

const PLAY_MS = 600;

/** One company's circuit; scenario, quarter and overlay live in the address. */
export function CircuitScreen({ ticker }: { ticker: string }) {
  const params = useSearchParams();
  const address = useMemo(() => readCircuitAddress(params.toString()), [params]);
  return (
    <div className="flex flex-col gap-3 px-4 pt-4 pb-6 max-md:pt-3">
      <Circuit key={ticker} ticker={ticker} address={address} />
    </div>
  );
}

/** Banks have no circuit yet: that is an answer and not a failure, so it is shown in place. */
function Circuit({ ticker, address }: { ticker: string; address: CircuitAddress }) {
  const { circuit } = useTRPC();
  const [attempt, setAttempt] = useState(0);
  const { data, error, refetch } = useQuery(circuit.solve.queryOptions({ ticker, spec: address.spec }, { placeholderData: keepPreviousData }));
  if (data && !error) return <SolvedCircuit dto={data} address={address} />;
  if (!error) return <CircuitSkeleton />;
  const shown = shownError(error);
  if (shown.code === "RULE_VIOLATED") return <NoCircuit ticker={ticker} error={shown} address={address} />;
  return <QueryError error={error} attempt={attempt} onRetry={() => { setAttempt(attempt + 1); void refetch(); }} />;
}

/** Widest band and edge of each element over all quarters of both runs: what the layout keeps free. */
function extents(dto: CircuitDto, scale: CircuitScale) {
  return new Map(
    dto.elements.map(({ id, kind }, i) => {
      const factor = kind === "coil" ? scale.ladderFactor : 1;
      const half = Math.max(...[...dto.before, ...dto.after].map(({ currents }) => bandWidth(currents[i]!, scale.usdPerPx, factor))) / 2;
      const edge = Math.max(...dto.after.map(({ currents }, t) => edgeWidth(currents[i]! - dto.before[t]!.currents[i]!, scale)));
      return [id, { half, edge }] as const;
    }),
  );
}

function SolvedCircuit({ dto, address }: { dto: CircuitDto; address: CircuitAddress }) {
  const t = useTranslations("circuit");
  const errorText = useErrorText();
  const quarterWord = useTranslations("format");
  const locale = useLocale();
  const { spec, quarter, overlay, problem } = address;
  const [playing, setPlaying] = useState(false);
  const [active, setActive] = useState<ElementId | null>(null);
  const [roving, setRoving] = useState<ElementId>("revenue");
  const [opened, setOpened] = useState<ElementId | null>(null);
  const last = dto.after.length - 1;

  const scale = useMemo(() => circuitScale(dto), [dto]);
  const [layout, narrow] = useMemo(() => {
    const byId = extents(dto, scale);
    const extentOf = (id: ElementId) => byId.get(id) ?? { half: 0, edge: 0 };
    return [circuitLayout(dto.elements, extentOf), circuitLayout(dto.elements, extentOf, NARROW_COLUMNS)];
  }, [dto, scale]);
  const words = useMemo(() => circuitWords({ t, locale, dto, scale }), [t, locale, dto, scale]);
  const reading = useMemo(() => circuitReading(dto, quarter, overlay), [dto, quarter, overlay]);

  const show = useCallback(
    (next: Partial<Omit<CircuitAddress, "problem">>) => {
      // The address is ahead of what is drawn when keys come fast. Looking at another quarter is not a step one goes back from.
      const now = readCircuitAddress(window.location.search);
      window.history.replaceState(null, "", `${window.location.pathname}?${writeCircuitAddress({ spec, quarter: now.quarter, overlay: now.overlay, ...next })}`);
    },
    [spec],
  );
  const goTo = useCallback((to: number) => show({ quarter: Math.min(last, Math.max(0, to)) }), [show, last]);
  const toggle = useCallback(() => {
    if (!playing && quarter >= last) goTo(0);
    setPlaying(!playing);
  }, [playing, quarter, last, goTo]);

  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (quarter + 1 >= last) setPlaying(false);
      goTo(quarter + 1);
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, quarter, last, goTo]);

  const toTable = useCallback((id: ElementId) => {
    const row = document.getElementById(`wire-${id}`);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null;
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const does: Record<string, () => void> = {
        "[": () => goTo(readCircuitAddress(window.location.search).quarter - 1),
        "]": () => goTo(readCircuitAddress(window.location.search).quarter + 1),
        b: () => show({ overlay: OVERLAYS[(OVERLAYS.indexOf(overlay) + 1) % OVERLAYS.length]! }),
        t: () => toTable(active ?? roving),
      };
      // Space belongs to whatever button has the focus.
      const onControl = target.closest("button, a, [role=button], [role=radio]") !== null;
      if (event.key === " " && !onControl) does[" "] = toggle;
      const act = does[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [goTo, quarter, overlay, show, toggle, toTable, active, roving]);

  // Of the drawings for different widths only one is in sight.
  const focusWire = (within: Element | null, id: ElementId) => [...(within?.querySelectorAll<SVGGElement>(`[data-element="${id}"]`) ?? [])].find((wire) => wire.getClientRects().length > 0)?.focus();
  const handlers: ElementHandlers = {
    roving,
    active,
    onActive: setActive,
    onOpen: (id) => { setRoving(id); setOpened(id); },
    onKey: (event: ReactKeyboardEvent, id) => {
      const steps = { ArrowRight: "along", ArrowLeft: "back", ArrowDown: "next", ArrowUp: "previous" } as const;
      if (event.key in steps) {
        event.preventDefault();
        const next = stepFrom(id, steps[event.key as keyof typeof steps], dto.elements);
        setRoving(next);
        focusWire(event.currentTarget.closest("svg"), next);
      } else if (event.key === "Enter") {
        event.preventDefault();
        setOpened(id);
      } else if (event.key === " ") {
        event.preventDefault();
        toggle();
      } else if (event.key === "Escape") (event.currentTarget as SVGElement).blur();
    },
  };
  const quarterName = (index: number) => {
    const parts = quarterParts(dto.quarters[index] ?? "");
    return parts ? quarterWord("quarter", { year: String(parts.year), quarter: parts.quarter }) : "";
  };
  const openedRow = opened && reading.byId.get(opened);
  const quarterText = `Q${quarter}`;
  const drawing = { dto, reading, scale, words, overlay, handlers, quarterText };
  return (
    <>
      <CircuitHeader ticker={dto.ticker} name={dto.name}>
        <Segmented label={t("overlay.label")} value={overlay} onChange={(next) => show({ overlay: next })} options={OVERLAYS.map((value) => ({ value, label: t(`overlay.${value}`) }))} className="max-md:w-full max-md:[&>*]:flex-1 max-md:[&>*]:justify-center" />
        <ShareButton />
      </CircuitHeader>
      {problem && <p role="alert" className="rounded-lg border border-line bg-warn-soft px-4 py-2 text-sm text-warn">{t("scenario.unreadable", { reason: errorText(problem) })}</p>}
      <CircuitScenarioBar dto={dto} quarter={quarter} playing={playing} onQuarter={goTo} onPlay={toggle} onMode={(mode) => show({ spec: { ...spec, mode } })} quarterName={quarterName} />
      <CircuitVerdict dto={dto} reading={reading} words={words} quarterText={quarterText} />
      <section aria-label={t("diagram.title", { quarter: quarterText })} className="@container min-w-0 md:panel">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line py-2 md:border-b md:px-4 md:py-3">
          <h2 className="text-base font-semibold">{t("diagram.title", { quarter: quarterText })}</h2>
          <span className="text-xs text-muted">{t("diagram.unit", { currency: dto.currency })}</span>
          <span className="ml-auto flex flex-wrap gap-3 text-xs text-muted max-md:hidden">
            <span><Kbd>←</Kbd> <Kbd>→</Kbd> {t("diagram.hintMove")}</span>
            <span><Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("diagram.hintBranch")}</span>
            <span><Kbd>t</Kbd> {t("diagram.hintTable")}</span>
          </span>
        </div>
        {/* Each drawing stands only where its letters keep about their size. */}
        <div className="mx-auto hidden max-w-[1480px] p-4 @min-[1300px]:block"><CircuitDiagram {...drawing} layout={layout} /></div>
        <div className="mx-auto hidden max-w-[1300px] p-4 @min-[1120px]:block @min-[1300px]:hidden"><CircuitDiagram {...drawing} layout={narrow} /></div>
        <div className="mx-auto max-w-[440px] py-2 @min-[1120px]:hidden"><CircuitTrunk {...drawing} /></div>
      </section>
      <CircuitGauges dto={dto} reading={reading} words={words} quarter={quarter} onQuarter={goTo} />
      <CircuitTable dto={dto} reading={reading} words={words} quarterText={quarterText} active={active} onActive={setActive} onSelect={setOpened} />
      {openedRow && <CircuitDetail row={openedRow} reading={reading} words={words} onClose={() => { setOpened(null); focusWire(document.querySelector("main"), roving); }} onTable={() => { setOpened(null); toTable(openedRow.element.id); }} />}
    </>
  );
}
