import type { IndicatorLine, IndicatorPane } from "@/components/charts/price-chart";
import { bollingerBands } from "@/server/domain/market/indicators/bollinger-bands";
import { exponentialMovingAverage } from "@/server/domain/market/indicators/exponential-moving-average";
import { movingAverageConvergence } from "@/server/domain/market/indicators/moving-average-convergence";
import { relativeStrengthIndex } from "@/server/domain/market/indicators/relative-strength-index";
import { simpleMovingAverage } from "@/server/domain/market/indicators/simple-moving-average";

export const INDICATORS = ["sma", "sma50", "ema", "bollinger", "rsi", "macd"] as const;
export type Indicator = (typeof INDICATORS)[number];

type Words = (key: Indicator | "signal" | "histogram") => string;

/** Lines over the prices for the chosen indicators; `closes` oldest first. */
export function overlayLines(closes: readonly number[], chosen: readonly Indicator[], words: Words): IndicatorLine[] {
  const lines: IndicatorLine[] = [];
  if (chosen.includes("sma")) lines.push({ id: "sma", label: words("sma"), values: simpleMovingAverage(closes, 20), tone: "driver" });
  if (chosen.includes("sma50")) lines.push({ id: "sma50", label: words("sma50"), values: simpleMovingAverage(closes, 50), tone: "sector" });
  if (chosen.includes("ema")) lines.push({ id: "ema", label: words("ema"), values: exponentialMovingAverage(closes, 20), tone: "accent" });
  if (chosen.includes("bollinger")) {
    const { upper, lower } = bollingerBands(closes);
    lines.push({ id: "bollinger-upper", label: `${words("bollinger")} ↑`, values: upper, tone: "estimated", dashed: true }, { id: "bollinger-lower", label: `${words("bollinger")} ↓`, values: lower, tone: "estimated", dashed: true });
  }
  return lines;
}

/** Panes of their own for the chosen oscillators. */
export function oscillatorPanes(closes: readonly number[], chosen: readonly Indicator[], words: Words, format: (value: number) => string): IndicatorPane[] {
  const panes: IndicatorPane[] = [];
  if (chosen.includes("rsi")) panes.push({ id: "rsi", label: words("rsi"), lines: [{ id: "rsi", label: words("rsi"), values: relativeStrengthIndex(closes), tone: "estimated" }], guides: [30, 70], format });
  if (chosen.includes("macd")) {
    const { line, signal, histogram } = movingAverageConvergence(closes);
    panes.push({ id: "macd", label: words("macd"), lines: [{ id: "macd", label: words("macd"), values: line, tone: "accent" }, { id: "signal", label: words("signal"), values: signal, tone: "driver" }], histogram: { values: histogram }, guides: [0], format });
  }
  return panes;
}
