import type { MacroFigure } from "./figure-files";

/** First days of the periods that follow `from`, one for each value. */
export function periodStarts(from: string, frequency: MacroFigure["frequency"], count: number): string[] {
  const step = frequency === "QUARTERLY" ? 3 : 1;
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, i) => {
    const month = first + i * step;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  });
}
