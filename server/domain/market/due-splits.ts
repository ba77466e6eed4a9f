import { median } from "@/server/domain/shared/statistics";
import type { SharedClose } from "./join-levels";
import { isSplitOf } from "./split-factor";

export type KnownSplit = { exDate: string; factor: number };

/**
 * Which known splits stored bars are not adjusted for, told by a vendor whose bars are: before the ex date its closes lie apart from the stored ones by the factor.
 *
 * @param shared  closes of the sessions that both have
 * @param splits  not applied yet, as factors of prices before the ex date
 * @returns those to apply, newest first; a split without a shared session between it and the one before is left alone, as nothing shows its bars' level
 */
export function dueSplits(shared: readonly SharedClose[], splits: readonly KnownSplit[]): KnownSplit[] {
  const newestFirst = [...splits].sort((a, b) => (a.exDate < b.exDate ? 1 : -1));
  let applied = 1;
  return newestFirst.filter(({ exDate, factor }, at) => {
    const since = newestFirst[at + 1]?.exDate ?? "";
    const level = median(shared.filter(({ date }) => date < exDate && date >= since).map(({ stored, arriving }) => arriving / stored));
    const isDue = level !== null && isSplitOf(level / applied, factor);
    if (isDue) applied *= factor;
    return isDue;
  });
}
