"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { asOfText } from "../format/date-text";
import { numberText, quantityText, valueText } from "../format/number-text";
import { useCssColours } from "../three/use-css-colours";
import { SkeletonBlock } from "../ui/skeleton";
import { ChartFrame, ChartLegend, type LegendItem } from "./chart-frame";
import { TONE_COLOUR, type ChartTone } from "./chart-theme";
import type { PriceCanvas, PriceColours } from "./price-canvas";

/** Columns of equal length, oldest first, as `market.listBars` gives them. */
export type PriceBars = { time: readonly string[]; open: readonly number[]; high: readonly number[]; low: readonly number[]; close: readonly number[]; volume: readonly number[] };

export type IndicatorLine = { id: string; label: string; /** One per bar; null where it is not defined yet. */ values: readonly (number | null)[]; tone?: ChartTone; dashed?: boolean };

export type IndicatorPane = {
  id: string;
  label: string;
  lines: readonly IndicatorLine[];
  histogram?: { values: readonly (number | null)[] };
  /** Levels with a meaning: 30 and 70 of an RSI. */
  guides?: readonly number[];
  format: (value: number) => string;
};

type Props = {
  label: string;
  bars: PriceBars;
  /** Drawn over the prices. */
  overlays?: readonly IndicatorLine[];
  /** Each below the volume, in a pane of its own. */
  panes?: readonly IndicatorPane[];
  style?: "candles" | "line";
  log?: boolean;
  /** Price of now, from the live feed. */
  last?: { price: number; timeMs: number } | null;
  /** How many of the newest bars are in sight at first; default all. */
  visibleBars?: number;
  height?: number;
  className?: string;
};

const TOKENS = ["--surface-1", "--line", "--line-strong", "--text", "--text-muted", "--text-faint", "--up", "--down", "--accent", "--node-driver", "--node-sector", "--estimated", "--assumed", "--simulated"] as const;
const TWIN_ROWS = 260;
const NONE: readonly never[] = [];

/** Two decimals, more for prices below one. */
const priceText = (locale: string) => (value: number) => numberText(locale, value, Math.abs(value) < 1 ? { minimumSignificantDigits: 3, maximumSignificantDigits: 4 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function usePriceColours(): PriceColours {
  const css = useCssColours(TOKENS);
  return useMemo(() => ({
    surface: css["--surface-1"],
    line: css["--line"],
    lineStrong: css["--line-strong"],
    text: css["--text"],
    muted: css["--text-muted"],
    up: css["--up"],
    down: css["--down"],
    tone: { accent: css["--accent"], driver: css["--node-driver"], sector: css["--node-sector"], muted: css["--text-faint"], up: css["--up"], down: css["--down"], estimated: css["--estimated"], assumed: css["--assumed"], simulated: css["--simulated"] },
  }), [css]);
}

type Formats = { price: (value: number) => string; volume: (value: number) => string; time: (time: string) => string };

function useFormats(): Formats {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return useMemo(() => ({
    price: priceText(locale),
    volume: (value) => quantityText(locale, value, { abbreviate: true, digits: 0 }),
    time: (time) => asOfText(locale, timeZone, time.replace(/T00:00:00(\.000)?Z$/, "")),
  }), [locale, timeZone]);
}


/** Prices with volume and indicators; the legend reads the bar under the pointer or the keyboard. */
export function PriceChart(props: Props) {
  const { label, bars, overlays = NONE, panes = NONE, height = 480, className } = props;
  const t = useTranslations("ui.chart");
  const formats = useFormats();
  const [hovered, setHovered] = useState<number | null>(null);
  const count = bars.time.length;
  const at = Math.min(hovered ?? count - 1, count - 1);
  const ohlc = [[t("open"), bars.open], [t("high"), bars.high], [t("low"), bars.low], [t("close"), bars.close]] as const;
  const legend: LegendItem[] = overlays.map(({ id, label: name, tone = "accent", dashed, values }) => ({ id, label: name, colour: TONE_COLOUR[tone], dashed, value: valueText(values[at], formats.price) }));
  const summary = count === 0 ? t("noValues") : t("priceSummary", {
    count,
    from: formats.time(bars.time[0] ?? ""),
    to: formats.time(bars.time[count - 1] ?? ""),
    last: valueText(bars.close[count - 1], formats.price),
    lowest: formats.price(bars.low.reduce((a, b) => Math.min(a, b))),
    highest: formats.price(bars.high.reduce((a, b) => Math.max(a, b))),
  });
  const indicators = [...overlays.map((line) => ({ line, format: formats.price })), ...panes.flatMap((pane) => pane.lines.map((line) => ({ line, format: pane.format })))];
  const table = () => ({
    head: [t("date"), ...ohlc.map(([name]) => name), t("volume"), ...indicators.map(({ line }) => line.label)],
    rows: bars.time.map((time, index) => [
      formats.time(time),
      ...ohlc.map(([, column]) => valueText(column[index], formats.price)),
      valueText(bars.volume[index], formats.volume),
      ...indicators.map(({ line, format }) => valueText(line.values[index], format)),
    ]).slice(-TWIN_ROWS).reverse(),
  });
  return (
    <ChartFrame
      label={label}
      summary={summary}
      height={height}
      className={className}
      table={table}
      legend={
        <>
          <p className="flex flex-wrap items-center gap-x-3">
            <span>{formats.time(bars.time[at] ?? "")}</span>
            {ohlc.map(([name, column]) => <span key={name}>{name} <b className="font-medium text-text">{valueText(column[at], formats.price)}</b></span>)}
          </p>
          {legend.length > 0 && <ChartLegend items={legend} />}
        </>
      }
    >
      {count === 0 ? <p className="grid h-full place-items-center text-sm text-muted">{t("noValues")}</p> : <PriceView {...props} formats={formats} summary={summary} at={at} onHover={setHovered} />}
    </ChartFrame>
  );
}

type ViewProps = Props & { formats: Formats; summary: string; at: number; onHover: (index: number | null) => void };

/** The drawing itself; gone while the table twin is shown. */
function PriceView({ label, bars, overlays = NONE, panes = NONE, style = "candles", log = false, last = null, visibleBars, formats, summary, at, onHover }: ViewProps) {
  const t = useTranslations("ui.chart");
  const locale = useLocale();
  const colours = usePriceColours();
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<PriceCanvas | null>(null);
  const seenRef = useRef<{ bars: PriceBars; range: { from: number; to: number } } | null>(null);
  const [spoken, setSpoken] = useState("");
  const [tops, setTops] = useState<readonly number[]>(NONE);
  const count = bars.time.length;

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let drawn: PriceCanvas | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => drawn && setTops(drawn.paneTops()));
    // The drawing library is fetched with the first chart and not with the page.
    void import("./price-canvas").then(({ drawPrices }) => {
      if (gone) return;
      drawn = drawPrices(element, { bars, overlays, panes, colours, style, log, locale, formatPrice: formats.price, formatVolume: formats.volume, formatTime: formats.time });
      canvas.current = drawn;
      drawn.onHover(onHover);
      // A change of indicator or theme keeps the span one was looking at.
      const before = seenRef.current?.bars === bars ? seenRef.current.range : null;
      if (before) drawn.restore(before);
      else drawn.show(Math.max(0, count - (visibleBars ?? count)), count - 1);
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer.disconnect();
      const range = drawn?.visible();
      seenRef.current = range ? { bars, range } : null;
      drawn?.remove();
      canvas.current = null;
    };
  }, [bars, overlays, panes, colours, style, log, locale, formats, count, visibleBars, onHover]);

  useEffect(() => {
    if (last) canvas.current?.tick(last.price, last.timeMs);
  }, [last]);

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 20, PageDown: at + 20, Home: 0, End: count - 1 };
    const goal = moves[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      const index = Math.max(0, Math.min(count - 1, goal));
      onHover(index);
      setSpoken(`${formats.time(bars.time[index] ?? "")}: ${t("open")} ${valueText(bars.open[index], formats.price)}, ${t("high")} ${valueText(bars.high[index], formats.price)}, ${t("low")} ${valueText(bars.low[index], formats.price)}, ${t("close")} ${valueText(bars.close[index], formats.price)}`);
      canvas.current?.point(index);
    } else if (event.key === "+" || event.key === "=") canvas.current?.zoom(0.7);
    else if (event.key === "-") canvas.current?.zoom(1.4);
    else if (event.key === "Escape") leave();
  };
  const leave = () => {
    onHover(null);
    canvas.current?.point(null);
  };

  const paneTexts = [`${t("volume")} ${valueText(bars.volume[at], formats.volume)}`, ...panes.map((pane) => `${pane.label} ${pane.lines.map(({ values }) => valueText(values[at], pane.format)).join(" · ")}`)];
  return (
    <>
      {tops.length === 0 && <SkeletonBlock className="absolute inset-0" />}
      <div ref={container} role="application" aria-label={`${label}. ${summary} ${t("keys")}`} tabIndex={0} onKeyDown={onKeyDown} onBlur={leave} className="focus-inset absolute inset-0" />
      {paneTexts.map((text, index) => {
        const top = tops[index + 1];
        return top === undefined ? null : <p key={index} aria-hidden="true" className="pointer-events-none absolute left-2 z-10 text-2xs text-muted" style={{ top: top + 4 }}>{text}</p>;
      })}
      <p aria-live="polite" className="sr-only">{spoken}</p>
    </>
  );
}
