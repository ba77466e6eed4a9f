import { AppError } from "@/server/domain/app-error";
import { median } from "@/server/domain/shared/statistics";

/**
 * How much more of a share changes hands in a session than is usual for it.
 *
 *     x = T_n / median(T_1 .. T_{n-1})
 *
 * @param turnovers  T: volume x close per session, oldest first, the last the session asked about; >= 0, any one currency
 * @param sessionsAtLeast  earlier sessions below which nothing is usual yet, >= 1
 * @returns multiple, >= 0; 1 is a usual session. Null with fewer earlier sessions, or where the usual turnover is 0
 * @throws AppError INVALID_INPUT when a turnover is negative or not finite
 *
 * Convention: the median, so that one earlier rush does not hide the next; the session itself is not part of what is usual.
 * Source: relative volume as in Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 7, with the median in the place of the mean, which is ours.
 * Worked: T = (100, 300, 200, 500), 3 earlier -> 500 / 200 = 2.5
 */
export function relativeTurnover(turnovers: readonly number[], sessionsAtLeast: number): number | null {
  if (!turnovers.every((turnover) => Number.isFinite(turnover) && turnover >= 0)) throw new AppError("INVALID_INPUT", "Turnovers are finite and not negative", { field: "turnovers" });
  const earlier = turnovers.slice(0, -1);
  if (earlier.length < Math.max(1, sessionsAtLeast)) return null;
  const usual = median(earlier);
  return usual === null || usual === 0 ? null : turnovers.at(-1)! / usual;
}
