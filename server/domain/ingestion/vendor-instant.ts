import { AppError } from "@/server/domain/app-error";

/** Clocks differ by seconds, and time stamps of a bar may name its end; more than this is a wrong clock or a wrong unit. */
const AHEAD_MS = 5 * 60_000;

/**
 * The instant that a vendor wrote, as ISO 8601 in UTC, from ISO text with a zone, or seconds or milliseconds since 1970. Null for what is
 * none: text without a zone says no instant.
 */
export function vendorInstant(told: string | number | null | undefined): string | null {
  if (typeof told === "string") {
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(told)) return null;
    const at = Date.parse(told);
    return Number.isNaN(at) ? null : new Date(at).toISOString();
  }
  if (typeof told !== "number" || !Number.isFinite(told) || told <= 0) return null;
  // Seconds pass 1e11 in the year 5138; milliseconds did in 1973.
  const ms = told < 1e11 ? told * 1_000 : told;
  return ms > 8.64e15 ? null : new Date(ms).toISOString();
}

/** Throws UPSTREAM_INVALID for figures that are dated later than now: a vendor whose clock is wrong, or another unit of time. */
export function notAhead(instant: string, { now, provider }: { now: Date; provider: string }): string {
  if (Date.parse(instant) <= now.getTime() + AHEAD_MS) return instant;
  throw new AppError("UPSTREAM_INVALID", `${provider}: dates a figure later than now (${instant})`, { provider, reason: "clock" });
}
