import { parse } from "csv-parse/sync";
import type { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { parseVendorShape } from "./fetch-json";
import { fetchText, type FetchedText, type FetchOptions } from "./fetch-text";

const CSV_TYPES = /csv|text\/plain|octet-stream|ms-excel|comma-separated/i;

/** `openEnd`: this vendor's tables end without a line end. With any other's, that is a table that was cut off, perhaps within a number. */
export type CsvOptions = { openEnd?: boolean };

/**
 * Gets an address of a vendor as rows of CSV, each an object by the names in the first line, all of a schema.
 *
 * @throws AppError as `fetchText`, and UPSTREAM_INVALID when the table is cut off, a row has more or fewer fields than the first line, or another shape than the schema's
 */
export async function fetchCsv<S extends z.ZodType>(url: URL, row: S, options: FetchOptions & CsvOptions): Promise<z.infer<S>[]> {
  return parseFetchedCsv(await fetchText(url, withCsv(options)), row, options);
}

export const withCsv = (options: FetchOptions): FetchOptions => ({ contentTypes: CSV_TYPES, ...options, headers: { accept: "text/csv", ...options.headers } });

/** The rest of `fetchCsv` for what was fetched already. */
export function parseFetchedCsv<S extends z.ZodType>(fetched: FetchedText, row: S, { provider, secrets, openEnd = false }: Pick<FetchOptions, "provider" | "secrets"> & CsvOptions): z.infer<S>[] {
  const details = { provider, status: fetched.status, url: fetched.url };
  if (!openEnd && !fetched.text.endsWith("\n")) throw new AppError("UPSTREAM_INVALID", `${provider}: sent a table that is cut off`, { ...details, reason: "truncated" });
  let rows: unknown[];
  try {
    rows = parse(fetched.text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch {
    throw new AppError("UPSTREAM_INVALID", `${provider}: sent a table that is cut off or not regular`, { ...details, reason: "not-csv" });
  }
  return rows.map((value) => parseVendorShape(value, row, { provider, secrets, details }));
}
