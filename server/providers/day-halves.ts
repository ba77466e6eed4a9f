import { addDays, tradingDate, utcDate } from "@/server/domain/calendar/trading-date";

/** Rows of days of which a vendor gives no more than `most` at once: a full answer may be a cut one, so its days are asked for in halves. */
export async function inDayHalves<Row>({ from, to, most, read }: { from: string; to: string; most: number; read: (from: string, to: string) => Promise<Row[]> }): Promise<Row[]> {
  const rows = await read(from, to);
  if (rows.length < most || from >= to) return rows;
  const middle = utcDate(new Date((Date.parse(from) + Date.parse(to)) / 2));
  return [...(await inDayHalves({ from, to: middle, most, read })), ...(await inDayHalves({ from: addDays(tradingDate(middle), 1), to, most, read }))];
}
