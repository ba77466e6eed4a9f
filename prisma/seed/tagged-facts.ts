import { z } from "zod";

const fact = z.object({ start: z.string().optional(), end: z.string(), val: z.number(), accn: z.string(), form: z.string(), filed: z.string() });
type Fact = z.infer<typeof fact>;
const document = z.object({ facts: z.record(z.string(), z.record(z.string(), z.object({ units: z.record(z.string(), z.array(fact)) }))) });

export type Span = "quarter" | "year";
export type TaggedFacts = {
  /** Amount over the period that ends on the day, as last filed; a quarter that was only filed year to date is the difference of two such sums. */
  flow(end: string, span: Span, tags: readonly string[]): number | null;
  stock(end: string, tags: readonly string[]): number | null;
  /** Accession of the filing in which the period's revenue was last reported as it stands. */
  filing(end: string, span: Span): string | null;
};

const REVENUE_TAGS = ["RevenueFromContractWithCustomerExcludingAssessedTax", "Revenues", "SalesRevenueNet"];
const DAY_MS = 86_400_000;
const daysOf = ({ start, end }: Fact) => (start ? Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1 : 0);
const SPAN_DAYS: Record<Span, readonly [number, number]> = { quarter: [80, 105], year: [350, 380] };
const spans = (value: Fact, span: Span) => daysOf(value) >= SPAN_DAYS[span][0] && daysOf(value) <= SPAN_DAYS[span][1];
const newest = (facts: Fact[]) => facts.toSorted((a, b) => (a.filed < b.filed ? -1 : 1)).at(-1) ?? null;

/** Reads a company's tagged facts as its filings give them; null for a company whose facts are not at hand. */
export function taggedFacts(payload: unknown): TaggedFacts | null {
  if (payload === null) return null;
  const byTag = new Map(Object.values(document.parse(payload).facts).flatMap((tags) => Object.entries(tags).map(([tag, { units }]) => [tag, Object.values(units).flat()] as const)));

  function flowOf(end: string, span: Span, tag: string): number | null {
    const facts = (byTag.get(tag) ?? []).filter((value) => value.start);
    const direct = newest(facts.filter((value) => value.end === end && spans(value, span)));
    if (direct || span === "year") return direct?.val ?? null;
    for (const whole of facts.filter((value) => value.end === end)) {
      const before = newest(facts.filter((value) => {
        const rest = daysOf(whole) - daysOf(value);
        return value.start === whole.start && rest >= SPAN_DAYS.quarter[0] && rest <= SPAN_DAYS.quarter[1];
      }));
      if (before) return whole.val - before.val;
    }
    return null;
  }

  return {
    flow: (end, span, tags) => tags.map((tag) => flowOf(end, span, tag)).find((value) => value !== null) ?? null,
    stock: (end, tags) => tags.map((tag) => newest((byTag.get(tag) ?? []).filter((value) => !value.start && value.end === end))?.val ?? null).find((value) => value !== null) ?? null,
    filing(end, span) {
      const revenues = REVENUE_TAGS.flatMap((tag) => byTag.get(tag) ?? []).filter((value) => value.end === end && spans(value, span));
      const last = newest(revenues);
      const first = revenues.filter((value) => value.val === last?.val).toSorted((a, b) => (a.filed < b.filed ? -1 : 1))[0];
      return first?.accn ?? null;
    },
  };
}
