"use client";

import { Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import { Change } from "@/components/format/change";
import { RatingPair } from "@/components/format/rating-chip";
import { DriverDeviation } from "@/components/scenario/driver-figure";
import { PlausibilityNote } from "@/components/scenario/plausibility-note";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { RATINGS, type ScenarioResult, type ScenarioSpec } from "@/server/contracts/scenario";
import { FocusSection } from "./focus-section";
import type { GraphIndex } from "./graph-index";
import { NodeMark } from "./node-mark";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";
import { idOf, useNodeText } from "./use-node-text";

const MOVERS = 14;
const notches = ({ ratingBefore, ratingAfter }: OutcomeAtQuarter): number => (ratingBefore && ratingAfter ? Math.abs(RATINGS.indexOf(ratingAfter) - RATINGS.indexOf(ratingBefore)) : 0);

type Props = {
  index: GraphIndex;
  /** A shock is on its way to its result. */
  solving: boolean;
  result: ScenarioResult | undefined;
  outcomes: ReadonlyMap<string, OutcomeAtQuarter> | null;
  quarter: number;
  presets: readonly { id: string; spec: ScenarioSpec }[];
  onFocus: (key: string) => void;
  onRun: (spec: ScenarioSpec) => void;
  onOpenShock: () => void;
};

/** What the side panel shows while no node is chosen: how to begin, or what the shock moved most. */
export function OverviewPanel({ index, solving, result, outcomes, quarter, presets, onFocus, onRun, onOpenShock }: Props) {
  const t = useTranslations("graph");
  const tScenario = useTranslations("scenario");
  const { driver } = useNodeText();
  if (solving) return <Skeleton rows={MOVERS} className="p-0" />;
  if (!result || !outcomes) {
    return (
      <>
        <header><h2 className="text-base font-semibold">{t("startTitle")}</h2><p className="mt-1 text-xs text-muted">{t("startText")}</p></header>
        <div className="flex flex-wrap gap-1.5">
          {presets.map(({ id, spec }) => <Button key={id} onClick={() => onRun(spec)}><Zap aria-hidden="true" className="text-warn" />{tScenario.has(`presets.${id}`) ? tScenario(`presets.${id}`) : id}</Button>)}
          <Button variant="ghost" onClick={onOpenShock}>{t("ownShock")}</Button>
        </div>
        <FocusSection title={t("kinds.driver")}>
          <ul>
            {index.graph.nodes.filter(({ kind }) => kind === "driver").map(({ key }) => (
              <li key={key}>
                <button type="button" onClick={() => onFocus(key)} className="focus-inset -mx-2 flex h-7 w-[calc(100%+16px)] items-center gap-2 rounded-sm px-2 text-xs hover:bg-surface-2 max-md:h-11">
                  <NodeMark kind="driver" />{driver(idOf(key) as Parameters<typeof driver>[0])}
                </button>
              </li>
            ))}
          </ul>
        </FocusSection>
      </>
    );
  }
  const movers = [...outcomes]
    .flatMap(([key, at]) => (at.icrDelta === null ? [] : [{ key, at, delta: at.icrDelta }]))
    // A changed grade says more than a large change of a cover that is ample anyway.
    .sort((a, b) => notches(b.at) - notches(a.at) || Math.abs(b.delta) - Math.abs(a.delta))
    .slice(0, MOVERS);
  const responses = result.drivers.filter(({ deviation }) => (deviation[quarter] ?? 0) !== 0);
  const direction = result.drivers.find(({ role }) => role === "shocked")?.deviation.find((value) => value !== 0) ?? 0;
  return (
    <>
      <header><h2 className="text-base font-semibold">{t("mostMoved")}</h2><p className="mt-0.5 text-2xs text-muted">{t("mostMovedText")}</p></header>
      <ul>
        {movers.map(({ key, at, delta }) => (
          <li key={key}>
            <button type="button" onClick={() => onFocus(key)} className="focus-inset -mx-2 flex h-7 w-[calc(100%+16px)] items-center gap-2 rounded-sm px-2 text-xs hover:bg-surface-2 max-md:h-11">
              <span className="w-11 text-left font-mono text-2xs font-semibold">{idOf(key)}</span>
              <span className="min-w-0 flex-1 truncate text-left text-muted">{at.outcome.name}</span>
              <RatingPair before={at.ratingBefore} after={at.ratingAfter} />
              <span className="w-16 flex-none text-right"><Change value={delta} kind="multiple" quiet /></span>
            </button>
          </li>
        ))}
      </ul>
      {responses.length > 0 && (
        <FocusSection title={t("driversNow")} detail={t(`mode.${result.spec.mode}`)}>
          <ul>
            {responses.map(({ driver: id, role, deviation }) => (
              <li key={id}>
                <button type="button" onClick={() => onFocus(`driver:${id}`)} className="focus-inset -mx-2 flex h-6 w-[calc(100%+16px)] items-center gap-2 rounded-sm px-2 text-xs hover:bg-surface-2 max-md:h-11">
                  <NodeMark kind="driver" />
                  <span className="min-w-0 flex-1 truncate text-left">{driver(id)}</span>
                  {role === "shocked" && <span className="text-2xs text-warn">{t("role.shocked")}</span>}
                  <span className="font-medium"><DriverDeviation driver={id} value={deviation[quarter] ?? 0} /></span>
                </button>
              </li>
            ))}
          </ul>
        </FocusSection>
      )}
      <FocusSection title={tScenario("plausibility")}><PlausibilityNote plausibility={result.plausibility} direction={Math.sign(direction)} /></FocusSection>
    </>
  );
}
