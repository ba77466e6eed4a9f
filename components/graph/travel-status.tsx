"use client";

import { StepBack, StepForward } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { numberText } from "@/components/format/number-text";
import { nextHopEnd, previousHopEnd, travelProgress, type TravelSchedule } from "./shock-travel";
import type { TravelClock } from "./travel-clock";

/** How far the shock has come, in real fractions, with a step to the hop before and after. */
export function TravelStatus({ schedule, clock, companies }: { schedule: TravelSchedule; clock: TravelClock; /** All companies of the graph. */ companies: number }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const playing = useSyncExternalStore(clock.subscribe, clock.playing, () => false);
  // Rendered when a figure changes, not with every frame; the bar below moves by itself.
  const shown = useSyncExternalStore(clock.subscribe, () => JSON.stringify({ ...travelProgress(schedule, clock.time.current), fraction: Math.round((clock.time.current / Math.max(1e-9, schedule.duration)) * 100) }), () => "");
  if (shown === "") return null;
  const { hop, hops, companiesReached, fraction, done } = JSON.parse(shown) as ReturnType<typeof travelProgress>;
  if (hops === 0) return <p className="text-muted">{t("travelNothing")}</p>;
  const step = "grid size-6 place-items-center rounded-sm text-muted hover:bg-surface-3 hover:text-text disabled:opacity-40 max-md:size-8";
  return (
    <>
      <span aria-hidden="true" className="size-2 flex-none rounded-full bg-node-driver shadow-[0_0_0_3px_color-mix(in_srgb,var(--node-driver)_25%,transparent)]" />
      <b className="font-semibold max-sm:sr-only">{done ? t("travelArrived") : playing ? t("travelling") : t("travelPaused")}</b>
      <span role="status" className="text-muted">
        {t("travelHop", { hop, hops })} · {t("travelCompanies", { reached: numberText(locale, companiesReached), companies: numberText(locale, companies) })}
      </span>
      <button type="button" aria-label={t("previousHop")} disabled={hop <= 1 && fraction === 0} onClick={() => clock.seek(previousHopEnd(schedule, clock.time.current))} className={`ml-1 ${step}`}><StepBack aria-hidden="true" className="size-3.5" /></button>
      <button type="button" aria-label={t("nextHop")} disabled={done} onClick={() => clock.seek(nextHopEnd(schedule, clock.time.current))} className={step}><StepForward aria-hidden="true" className="size-3.5" /></button>
      <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 bg-surface-3"><span className="block h-full bg-node-driver" style={{ width: `${fraction}%` }} /></span>
    </>
  );
}
