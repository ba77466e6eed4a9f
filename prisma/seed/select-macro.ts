import type { MacroFigure } from "./figure-files";
import { MACRO_CHOICES, STRESS_TEST_COLUMNS } from "./macro-selection";
import type { CsvRow } from "./select-figures";

type MacroInput = { meta: CsvRow[]; observations: CsvRow[]; stressHistory: CsvRow[] };

const isoOf = (year: number, month: number) => `${year}-${String(month).padStart(2, "0")}-01`;

function nextPeriod(date: string, months: number): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return isoOf(Math.floor(index / 12), (index % 12) + 1);
}

/** Vintages as the source names them: the day from which we know the figures, by date of the observation. */
function vintageOf(source: string): { vintage: string; knownAt: [string, string][] } {
  const start = "1900-01-01";
  if (source.includes("before 2021-05-01")) return { vintage: "2025-12 before May 2021, 2026-08-21 from then on", knownAt: [[start, "2025-12-31"], ["2021-05-01", "2026-08-21"]] };
  if (source.startsWith("FRED-MD vintage 2025-12")) return { vintage: "2025-12", knownAt: [[start, "2025-12-31"]] };
  if (source.includes("2026-08")) return { vintage: "2026-08-21", knownAt: [[start, "2026-08-21"]] };
  if (source.includes("2026-07")) return { vintage: "2026-07", knownAt: [[start, "2026-07-31"]] };
  if (source.includes("2025-06")) return { vintage: "2025-06", knownAt: [[start, "2025-06-30"]] };
  throw new Error(`Vintage of ${source} is not known`);
}

/** Puts each period between the first and the last figure in its place; a period without a figure is null. */
function regular(points: ReadonlyMap<string, number>, months: number): { from: string; values: (number | null)[] } {
  const dates = [...points.keys()].sort();
  const [from, last] = [dates[0]!, dates.at(-1)!];
  const values: (number | null)[] = [];
  for (let date = from; date <= last; date = nextPeriod(date, months)) values.push(points.get(date) ?? null);
  if (values.filter((value) => value !== null).length !== points.size) throw new Error(`Dates off the grid from ${from}`);
  return { from, values };
}

export function selectMacro({ meta, observations, stressHistory }: MacroInput): MacroFigure[] {
  const points = new Map<string, Map<string, number>>();
  for (const { series_id, date, value } of observations) {
    if (!points.has(series_id!)) points.set(series_id!, new Map());
    points.get(series_id!)!.set(date!, Number(value));
  }
  const chosen = MACRO_CHOICES.map((choice): MacroFigure => {
    const described = meta.find((row) => row.series_id === choice.code);
    if (!described) throw new Error(`${choice.code} is not in the folder`);
    const quarterly = described.frequency === "quarterly";
    const kept = new Map([...points.get(choice.code)!].filter(([date]) => !choice.from || date >= choice.from));
    const { vintage, knownAt } = vintageOf(described.source!);
    return {
      code: choice.code,
      name: choice.name ?? described.name!,
      unit: choice.unit ?? described.unit!,
      frequency: quarterly ? "QUARTERLY" : "MONTHLY",
      agency: choice.agency,
      category: choice.category,
      vintage,
      knownAt,
      ...regular(kept, quarterly ? 3 : 1),
    };
  });
  return [...chosen, ...selectStressHistory(stressHistory)];
}

/** "1976 Q1" becomes the quarter's first day. */
function selectStressHistory(rows: CsvRow[]): MacroFigure[] {
  if (rows.length === 0) return [];
  return STRESS_TEST_COLUMNS.map(({ code, column, name, unit, category }) => {
    const points = new Map<string, number>();
    for (const row of rows) {
      const [, year, quarter] = /^(\d{4}) Q([1-4])$/.exec(row.Date ?? "") ?? [];
      if (!year || !quarter) throw new Error(`Not a quarter: ${row.Date}`);
      if (row[column] !== "") points.set(isoOf(Number(year), Number(quarter) * 3 - 2), Number(row[column]));
    }
    return { code, name, unit, frequency: "QUARTERLY", agency: "Federal Reserve", category, vintage: "2025 supervisory scenarios", knownAt: [["1900-01-01", "2025-02-05"]], ...regular(points, 3) };
  });
}
