import {
  AreaSeries,
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  HistogramSeries,
  LineSeries,
  LineStyle,
  PriceScaleMode,
  createChart,
  type IChartApi,
  type ISeriesApi,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import type { ChartTone } from "./chart-theme";
import type { IndicatorLine, IndicatorPane, PriceBars } from "./price-chart";

/** Present values of the tokens: the canvas knows no CSS variables. */
export type PriceColours = Record<"surface" | "line" | "lineStrong" | "text" | "muted" | "up" | "down", string> & { tone: Record<ChartTone, string> };

export type PriceCanvasInput = {
  bars: PriceBars;
  overlays: readonly IndicatorLine[];
  panes: readonly IndicatorPane[];
  colours: PriceColours;
  style: "candles" | "line";
  log: boolean;
  locale: string;
  formatPrice: (value: number) => string;
  formatVolume: (value: number) => string;
  formatTime: (time: string) => string;
};

export type PriceCanvas = {
  /** Index of the bar under the pointer, null when it leaves. */
  onHover: (listener: (index: number | null) => void) => void;
  /** Puts the crosshair on a bar, for the keyboard. */
  point: (index: number | null) => void;
  zoom: (factor: number) => void;
  show: (from: number, to: number) => void;
  visible: () => { from: number; to: number } | null;
  restore: (range: { from: number; to: number }) => void;
  /** A price of now, on the last bar or, on a later day, on a bar of its own. */
  tick: (price: number, timeMs: number) => void;
  /** Upper edge of each pane in pixels. */
  paneTops: () => number[];
  remove: () => void;
};

const DAILY = /T00:00:00(\.000)?Z$|^\d{4}-\d{2}-\d{2}$/;
const ALPHA = "59";

/** Sessions are named by their day, shorter bars by their second. */
const timeOf = (time: string, daily: boolean): Time => (daily ? time.slice(0, 10) : (Math.floor(Date.parse(time) / 1_000) as UTCTimestamp));

/** Draws bars, volume and indicators; what it returns steers the drawing. */
export function drawPrices(container: HTMLElement, input: PriceCanvasInput): PriceCanvas {
  const { bars, overlays, panes, colours } = input;
  const daily = bars.time.every((time) => DAILY.test(time));
  const times = bars.time.map((time) => timeOf(time, daily));
  const chart = createPriceFrame(container, input, (time) => input.formatTime(typeof time === "number" ? new Date(time * 1_000).toISOString() : String(time)));
  const main = addMain(chart, input, times);
  for (const line of overlays) addLine(chart, { line, times, colours, pane: 0 });
  addVolume(chart, input, times);
  panes.forEach((pane, index) => addPane(chart, { pane, times, colours, at: index + 2 }));
  chart.panes().forEach((pane, index) => pane.setStretchFactor(index === 0 ? 5 : index === 1 ? 1 : 1.2));

  const indexOf = new Map(times.map((time, index) => [String(time), index]));
  const closeAt = (index: number) => bars.close[index] ?? 0;
  let lastBar = barAt(bars, bars.time.length - 1);
  return {
    onHover: (listener) => chart.subscribeCrosshairMove(({ time, point }) => listener(time === undefined || !point ? null : (indexOf.get(String(time)) ?? null))),
    point(index) {
      const time = index === null ? undefined : times[index];
      if (index === null || time === undefined) return chart.clearCrosshairPosition();
      const range = chart.timeScale().getVisibleLogicalRange();
      if (range && (index < range.from || index > range.to)) {
        const width = range.to - range.from;
        chart.timeScale().setVisibleLogicalRange({ from: index - width / 2, to: index + width / 2 });
      }
      chart.setCrosshairPosition(closeAt(index), time, main);
    },
    zoom(factor) {
      const range = chart.timeScale().getVisibleLogicalRange();
      if (range) chart.timeScale().setVisibleLogicalRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
    },
    show: (from, to) => chart.timeScale().setVisibleLogicalRange({ from: from - 0.5, to: to + 1.5 }),
    visible: () => chart.timeScale().getVisibleLogicalRange(),
    restore: (range) => chart.timeScale().setVisibleLogicalRange(range),
    tick(price, timeMs) {
      if (!lastBar) return;
      const now = timeOf(new Date(timeMs).toISOString(), daily);
      const last = timeOf(lastBar.time, daily);
      if (now < last) return;
      const fresh = daily && now > last;
      lastBar = fresh
        ? { time: String(now), open: price, high: price, low: price, close: price }
        : { ...lastBar, high: Math.max(lastBar.high, price), low: Math.min(lastBar.low, price), close: price };
      const time = fresh ? now : last;
      main.applyOptions({ priceLineColor: lastColour(input, lastBar) });
      if (input.style === "line") (main as ISeriesApi<"Area">).update({ time, value: price });
      else (main as ISeriesApi<"Candlestick">).update({ ...lastBar, time });
    },
    paneTops() {
      let top = 0;
      return chart.panes().map((pane) => {
        const at = top;
        top += pane.getHeight() + 1;
        return at;
      });
    },
    remove: () => chart.remove(),
  };
}

function barAt({ time, open, high, low, close }: PriceBars, index: number) {
  const [at, o, h, l, c] = [time[index], open[index], high[index], low[index], close[index]];
  return at === undefined || o === undefined || h === undefined || l === undefined || c === undefined ? null : { time: at, open: o, high: h, low: l, close: c };
}

/** A hollow candle would give its label on the axis the colour of the ground. */
const lastColour = ({ colours, style }: PriceCanvasInput, bar: { open: number; close: number } | null): string => (style === "line" || !bar ? colours.tone.accent : bar.close >= bar.open ? colours.up : colours.down);

function createPriceFrame(container: HTMLElement, { colours, locale, log }: PriceCanvasInput, timeFormatter: (time: Time) => string): IChartApi {
  const { line, lineStrong, muted } = colours;
  return createChart(container, {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: colours.surface },
      textColor: muted,
      fontSize: 11,
      fontFamily: getComputedStyle(container).fontFamily,
      panes: { enableResize: true, separatorColor: line, separatorHoverColor: lineStrong },
    },
    localization: { locale, timeFormatter },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: { color: lineStrong, labelBackgroundColor: lineStrong }, horzLine: { color: lineStrong, labelBackgroundColor: lineStrong } },
    rightPriceScale: { borderVisible: false, mode: log ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal },
    timeScale: { borderColor: line, rightOffset: 2, minBarSpacing: 0.5 },
    // The page scrolls under a finger that moves up or down.
    handleScroll: { vertTouchDrag: false },
  });
}

function addMain(chart: IChartApi, input: PriceCanvasInput, times: readonly Time[]): ISeriesApi<"Candlestick"> | ISeriesApi<"Area"> {
  const { bars, style, colours, formatPrice } = input;
  const { up, down, surface, tone } = colours;
  const priceLineColor = lastColour(input, barAt(bars, bars.time.length - 1));
  // Not in the chart's own settings: there it would also rule volume and indicators.
  const priceFormat = { type: "custom", minMove: 0.0001, formatter: formatPrice } as const;
  if (style === "line") {
    const series = chart.addSeries(AreaSeries, { priceFormat, priceLineColor, lineColor: tone.accent, lineWidth: 2, topColor: `${tone.accent}33`, bottomColor: `${tone.accent}00` });
    series.setData(times.map((time, index) => ({ time, value: bars.close[index] ?? 0 })));
    return series;
  }
  // A rise is hollow, a fall is filled: the difference is there without colour.
  const series = chart.addSeries(CandlestickSeries, { priceFormat, priceLineColor, upColor: surface, borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down });
  series.setData(times.flatMap((time, index) => {
    const bar = barAt(bars, index);
    return bar ? [{ ...bar, time }] : [];
  }));
  return series;
}

function addVolume(chart: IChartApi, { bars, colours, formatVolume }: PriceCanvasInput, times: readonly Time[]): void {
  const { up, down, tone } = colours;
  const series = chart.addSeries(HistogramSeries, { priceFormat: { type: "custom", minMove: 1, formatter: formatVolume }, priceLineVisible: false, lastValueVisible: false, color: tone.muted }, 1);
  series.setData(times.map((time, index) => ({ time, value: bars.volume[index] ?? 0, color: `${(bars.close[index] ?? 0) >= (bars.open[index] ?? 0) ? up : down}${ALPHA}` })));
  series.priceScale().applyOptions({ scaleMargins: { top: 0.25, bottom: 0 } });
}

type LineInput = { line: IndicatorLine; times: readonly Time[]; colours: PriceColours; pane: number };

function addLine(chart: IChartApi, { line, times, colours, pane }: LineInput): ISeriesApi<"Line"> {
  const series = chart.addSeries(
    LineSeries,
    { color: colours.tone[line.tone ?? "accent"], lineWidth: 1, lineStyle: line.dashed ? LineStyle.Dashed : LineStyle.Solid, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false },
    pane,
  );
  // A bar without a value keeps its place in time.
  series.setData(times.map((time, index) => {
    const value = line.values[index];
    return value === null || value === undefined || !Number.isFinite(value) ? { time } : { time, value };
  }));
  return series;
}

function addPane(chart: IChartApi, { pane, times, colours, at }: { pane: IndicatorPane; times: readonly Time[]; colours: PriceColours; at: number }): void {
  // Levels with a meaning take the place of the axis's own ticks.
  const guided = (pane.guides ?? []).length > 0;
  const priceFormat = { type: "custom", minMove: 0.01, formatter: pane.format, ...(guided ? { tickmarksFormatter: (prices: readonly number[]) => prices.map(() => "") } : {}) } as const;
  if (pane.histogram) {
    const { values } = pane.histogram;
    const series = chart.addSeries(HistogramSeries, { priceFormat, priceLineVisible: false, lastValueVisible: false }, at);
    series.setData(times.map((time, index) => {
      const value = values[index];
      return value === null || value === undefined ? { time } : { time, value, color: `${value >= 0 ? colours.up : colours.down}${ALPHA}` };
    }));
  }
  const lines = pane.lines.map((line) => addLine(chart, { line, times, colours, pane: at }));
  const [first] = lines;
  first?.applyOptions({ priceFormat });
  for (const price of pane.guides ?? []) first?.createPriceLine({ price, color: colours.lineStrong, lineStyle: LineStyle.Dashed, lineWidth: 1, axisLabelVisible: true, title: "" });
}
