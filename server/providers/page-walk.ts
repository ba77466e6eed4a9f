import { AppError } from "@/server/domain/app-error";
import type { VendorId } from "./capabilities";

type Walk<Row, Cursor> = {
  provider: VendorId;
  first: Cursor;
  page(cursor: Cursor): Promise<{ rows: readonly Row[]; next: Cursor | null }>;
  /** What makes a row the same as another; the first of two is kept. */
  keyOf(row: Row): string;
  maxPages?: number;
  /** Stops once there are so many rows. */
  enough?: number;
};

/**
 * All rows of all pages, each once. Rows move from page to page while we read and so come twice, which is no fault; a page with nothing new
 * on it that names a next one is a vendor that goes in circles.
 *
 * @throws AppError UPSTREAM_INVALID for a vendor that goes in circles or has more pages than `maxPages`
 */
export async function walkPages<Row, Cursor>({ provider, first, page, keyOf, maxPages = 200, enough = Number.POSITIVE_INFINITY }: Walk<Row, Cursor>): Promise<Row[]> {
  const found = new Map<string, Row>();
  let cursor: Cursor | null = first;
  for (let pages = 0; cursor !== null; pages++) {
    if (pages >= maxPages) throw new AppError("UPSTREAM_INVALID", `${provider}: has more than ${maxPages} pages`, { provider, reason: "too-many-pages" });
    const { rows, next }: { rows: readonly Row[]; next: Cursor | null } = await page(cursor);
    const before = found.size;
    for (const row of rows) if (!found.has(keyOf(row))) found.set(keyOf(row), row);
    if (found.size >= enough) break;
    if (next !== null && found.size === before) throw new AppError("UPSTREAM_INVALID", `${provider}: sends the same page again`, { provider, reason: "duplicate-page" });
    cursor = next;
  }
  return [...found.values()].slice(0, enough);
}
