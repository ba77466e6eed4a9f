import { AppError } from "@/server/domain/app-error";
import { median } from "@/server/domain/shared/statistics";

/** What prices were adjusted for: a vendor's bars for splits alone, imported ones perhaps for dividends as well. */
export type Adjustment = "splits" | "unknown";
export type SharedClose = { date: string; stored: number; arriving: number };

export type JoinVerdict =
  /** Bars from this day on may be stored; those before stay as they are. */
  | { kind: "join"; from: string }
  /** All levels differ by one factor: what stored prices have to be multiplied by. A split that is not applied, as a rule. */
  | { kind: "scaled"; factor: number }
  | { kind: "refused"; reason: string };

/** Closes of one session that two sources tell, apart by rounding and late corrections; assumed. */
export const LEVEL_TOLERANCE = 0.005;
/** Shared sessions that have to agree; assumed. */
export const LEAST_SHARED = 3;

const agrees = (ratio: number) => Math.abs(ratio - 1) <= LEVEL_TOLERANCE;
const percent = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)} %`;

/**
 * Whether bars that arrive may be joined with those that are stored: the one rule by which bars of two sources ever come into one series.
 *
 *     q = arriving / stored, for each session that both have
 *
 * @param shared  closes of the sessions that both have, oldest first, prices > 0 in one currency
 * @param options.stored  what the stored bars are adjusted for; arriving ones always for splits alone
 * @returns join from the first day on which levels agree without a break to the newest; scaled when they agree but for one factor; else refused, with the reason
 * @throws AppError INVALID_INPUT for a price that is not above 0
 *
 * Convention: bars adjusted for dividends lie below those that are not, by every dividend since: q is 1 after the last ex date and above 1 before it. Such a series is
 * gone on with only where q is 1 over the newest sessions, and its older bars are never written over. Where both are adjusted for splits alone one level is certain:
 * the middle q decides, and single sessions that differ are corrections of the vendor. Tolerance 0.5 %, three shared sessions: assumed.
 * Worked: q = 1.02, 1.02, 1, 1, 1 and stored unknown -> join from the third day; q = 0.5, 0.5, 0.5 -> scaled by 0.5
 */
export function joinVerdict(shared: readonly SharedClose[], { stored }: { stored: Adjustment }): JoinVerdict {
  if (!shared.every((close) => close.stored > 0 && close.arriving > 0)) throw new AppError("INVALID_INPUT", "Levels are compared of prices above 0", { field: "close" });
  if (shared.length < LEAST_SHARED) return { kind: "refused", reason: `only ${shared.length} shared sessions, ${LEAST_SHARED} are needed to compare levels` };
  const ratios = shared.map((close) => close.arriving / close.stored);
  const middle = median(ratios)!;
  if (!agrees(middle) && ratios.every((ratio) => agrees(ratio / middle))) return { kind: "scaled", factor: middle };

  if (stored === "splits") {
    return agrees(middle) ? { kind: "join", from: shared[0]!.date } : { kind: "refused", reason: `levels of shared sessions differ by ${percent(middle)}` };
  }
  const lastApart = ratios.findLastIndex((ratio) => !agrees(ratio));
  const agreeing = shared.length - 1 - lastApart;
  if (agreeing >= LEAST_SHARED) return { kind: "join", from: shared[lastApart + 1]!.date };
  return { kind: "refused", reason: `levels of shared sessions differ by up to ${percent(ratios.reduce((worst, ratio) => (Math.abs(ratio - 1) > Math.abs(worst - 1) ? ratio : worst)))}: adjusted for dividends, or for a split that is not stored` };
}
