const DAY_MS = 86_400_000;

/** From and to as milliseconds; a day is whole: `to` 2026-11-20 ends where the 21st begins. */
export function newsSpan({ from, to }: { from?: string; to?: string }): { fromMs: number; toMs: number } {
  const isDay = (text: string) => text.length === 10;
  return {
    fromMs: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) + (isDay(to) ? DAY_MS - 1 : 0),
  };
}

/** Newest first, each article once, within the span, as many as were asked for: what every vendor of news has to give. */
export function newestNews<Row extends { externalId: string; publishedAt: string }>(rows: readonly Row[], { from, to, limit }: { from?: string; to?: string; limit: number }): Row[] {
  const { fromMs, toMs } = newsSpan({ from, to });
  const once = new Map<string, Row>();
  for (const row of rows) if (!once.has(row.externalId)) once.set(row.externalId, row);
  return [...once.values()]
    .filter(({ publishedAt }) => Date.parse(publishedAt) >= fromMs && Date.parse(publishedAt) <= toMs)
    .sort((a, b) => (a.publishedAt === b.publishedAt ? 0 : a.publishedAt < b.publishedAt ? 1 : -1))
    .slice(0, limit);
}
