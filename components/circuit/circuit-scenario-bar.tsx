"use client";

import { ChevronRight, Pause, Play, Zap } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PointerEvent } from "react";
import type { CircuitDto } from "@/server/contracts/circuit";
import { RESPONSE_MODES, type ScenarioSpec, type Shock } from "@/server/contracts/scenario";
import { useDeviationText, useDriverName } from "../scenario/driver-figure";
import { StartNote } from "../scenario/start-note";
import { Badge } from "../ui/badge";
import { classNames } from "../ui/class-names";
import { Segmented } from "../ui/segmented";
import { circuitEvents } from "./circuit-reading";
import { scenarioQuery } from "./circuit-address";

type Props = {
  dto: CircuitDto;
  quarter: number;
  playing: boolean;
  onQuarter: (quarter: number) => void;
  onPlay: () => void;
  onMode: (mode: ScenarioSpec["mode"]) => void;
  quarterName: (index: number) => string;
};

const SHOWN_RESPONSES = 4;

/** A shock as people say it: "Fed funds +100 bp". */
function useShockText(): (shock: Shock) => string {
  const driverName = useDriverName();
  const unitText = useTranslations("scenario.units");
  return ({ driver, size, unit }) => `${driverName(driver)} ${size < 0 ? "−" : "+"}${Math.abs(size)} ${unitText(unit)}`;
}

/** What is shocked, how the rest responds, and the quarter that is looked at. */
export function CircuitScenarioBar({ dto, quarter, playing, onQuarter, onPlay, onMode, quarterName }: Props) {
  const t = useTranslations("circuit");
  const driverName = useDriverName();
  const deviationText = useDeviationText();
  const shockText = useShockText();
  const { spec, drivers } = dto;
  const at = Math.max(1, quarter);
  const responses = drivers
    .filter(({ role, deviation }) => role === "responded" && deviation.some((value) => value !== 0))
    .map(({ driver, deviation }) => ({ driver, value: deviation[at] ?? 0 }));
  const first = spec.shocks[0];
  return (
    <section aria-label={t("scenario.section")} className="panel grid gap-2 px-4 pt-2.5 pb-2 max-md:p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link
          href={`/scenarios?${scenarioQuery({ spec, quarter })}&company=${dto.ticker}`}
          aria-label={t("scenario.edit")}
          className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-simulated/45 bg-simulated-soft px-2.5 py-1 text-sm text-simulated max-md:min-h-10 max-md:w-full"
        >
          <Zap aria-hidden="true" strokeWidth={1.6} className="size-4" />
          <span className="text-text max-md:flex-1">
            <b className="font-semibold">{first ? spec.shocks.map(shockText).join(" · ") : t("scenario.none")}</b>
            {first && <small className="ml-2 text-xs text-muted">{t("scenario.from", { quarter: first.startQuarter })}</small>}
          </span>
          <ChevronRight aria-hidden="true" className="size-3.5" />
        </Link>
        <Segmented
          label={t("scenario.mode")}
          value={spec.mode}
          onChange={onMode}
          options={RESPONSE_MODES.map((mode) => ({ value: mode, label: t(`scenario.${mode}`) }))}
          className="max-md:w-full max-md:[&>*]:flex-1 max-md:[&>*]:justify-center"
        />
        {spec.mode === "respond" && responses.length > 0 && (
          <ul className="flex min-w-0 flex-1 flex-wrap text-xs text-muted max-md:basis-full max-md:gap-x-4">
            {responses.slice(0, SHOWN_RESPONSES).map(({ driver, value }, i) => (
              <li key={driver} className={classNames("py-0.5 md:px-2", i > 0 && "border-line-strong md:border-l")}>{driverName(driver)} <b className="font-medium whitespace-nowrap text-text">{deviationText(driver, value)}</b></li>
            ))}
            {responses.length > SHOWN_RESPONSES && (
              <li className="border-line-strong py-0.5 md:border-l md:px-2"><Link className="text-accent hover:underline" href={`/scenarios?${scenarioQuery({ spec, quarter })}&company=${dto.ticker}`}>{t("scenario.more", { count: responses.length - SHOWN_RESPONSES })}</Link></li>
            )}
          </ul>
        )}
        <Badge tone="simulated" className="ml-auto"><svg viewBox="0 0 8 8" aria-hidden="true" className="size-[7px]" fill="currentColor"><path d="M4 0 8 4 4 8 0 4z" /></svg>{t("scenario.simulated")}</Badge>
      </div>
      <div className="flex items-center gap-3">
        <button type="button" onClick={onPlay} aria-label={t(playing ? "quarter.pause" : "quarter.play")} aria-keyshortcuts="Space" className="grid size-9 flex-none place-items-center rounded-full bg-accent text-accent-ink hover:brightness-110 max-md:size-11">
          {playing ? <Pause aria-hidden="true" className="size-4 fill-current" /> : <Play aria-hidden="true" className="ml-0.5 size-4 fill-current" />}
        </button>
        <Scrubber dto={dto} quarter={quarter} onQuarter={onQuarter} quarterName={quarterName} />
      </div>
      <StartNote startsAt={dto.startsAt} drivers={dto.drivers} statements={dto.statements} />
    </section>
  );
}

type ScrubberProps = Pick<Props, "dto" | "quarter" | "onQuarter" | "quarterName">;

/** Quarters on a line; red stops are below investment grade, words above mark the shock, rating moves and the fuse. */
function Scrubber({ dto, quarter, onQuarter, quarterName }: ScrubberProps) {
  const t = useTranslations("circuit.quarter");
  const events = circuitEvents(dto);
  const last = dto.after.length - 1;
  const words = events.map(({ shock, ratingFrom, ratingTo, fuseOpens }, i) => {
    if (i === quarter) return quarterName(i);
    const said = [...(shock ? [t("shock")] : []), ...(fuseOpens ? [t("fuse")] : []), ...(ratingFrom && ratingTo ? [t("rating", { from: ratingFrom, to: ratingTo })] : [])];
    return said.join(", ");
  });
  // A word takes the room of about three stops on a wide page; what would touch a more important one stays unsaid.
  const room = Math.max(1, Math.ceil(last / 8));
  const spoken = words.map((word, i) => (word === "" || (i !== quarter && (Math.abs(i - quarter) <= room || words.slice(Math.max(0, i - room), i).some(Boolean))) ? "" : word));
  const every = last > 16 ? 4 : 1;
  const keys: Record<string, number> = { ArrowRight: quarter + 1, ArrowUp: quarter + 1, ArrowLeft: quarter - 1, ArrowDown: quarter - 1, Home: 0, End: last, PageUp: quarter + 4, PageDown: quarter - 4 };
  const pointTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onQuarter(Math.round(Math.min(1, Math.max(0, (event.clientX - left) / width)) * last));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("label")}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={quarter}
      aria-valuetext={t("text", { index: quarter, quarter: quarterName(quarter) })}
      className="relative mr-6 ml-3 h-15 min-w-0 flex-1 cursor-pointer touch-none max-md:mr-3"
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); pointTo(event); }}
      onPointerMove={(event) => { if (event.buttons === 1) pointTo(event); }}
      onKeyDown={(event) => {
        const goal = keys[event.key];
        if (goal === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onQuarter(Math.min(last, Math.max(0, goal)));
      }}
    >
      <i aria-hidden="true" className="absolute inset-x-0 top-7 h-1 rounded-full bg-line-strong" />
      <i aria-hidden="true" className="absolute top-7 left-0 h-1 rounded-full bg-accent" style={{ width: `${(quarter / last) * 100}%` }} />
      {events.map(({ belowInvestmentGrade }, i) => {
        const reached = i <= quarter;
        const current = i === quarter;
        const hot = belowInvestmentGrade;
        return (
          <span key={i} aria-hidden="true" className="absolute top-[30px] size-0" style={{ left: `${(i / last) * 100}%` }}>
            <i
              className={classNames(
                "absolute rounded-full",
                current
                  ? classNames("-m-2.5 size-5 border-4 bg-text", hot ? "border-wire-interest" : "border-accent")
                  : classNames("-m-[5px] size-2.5 border-2", hot ? "border-wire-interest" : reached ? "border-accent" : "border-line-strong", hot && reached ? "bg-wire-interest" : "bg-surface-1", !hot && "max-md:invisible"),
              )}
            />
            {spoken[i] && <em className={classNames("absolute -top-[30px] text-2xs leading-3 whitespace-nowrap not-italic max-md:hidden", i === 0 ? "left-0 -translate-x-2" : i === last ? "right-0 translate-x-2" : "-translate-x-1/2", current ? "font-semibold text-text" : "text-muted")}>{spoken[i]}</em>}
            <b className={classNames("absolute top-3.5 -translate-x-1/2 text-2xs leading-3 whitespace-nowrap", current ? "font-semibold text-text" : "font-medium text-muted", !current && i % every !== 0 && "hidden", !current && i % 4 !== 0 && "max-md:hidden", !current && Math.abs(i - quarter) < 2 && "max-md:hidden")}>{`Q${i}`}</b>
          </span>
        );
      })}
    </div>
  );
}
