import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { RATINGS, type Rating } from "@/server/contracts/scenario";
import { classNames } from "../ui/class-names";
import { DirectionMark } from "./direction-mark";
import { Absent } from "./figure";

const CHIP = "inline-flex h-5 min-w-9 items-center justify-center gap-1 rounded-sm border px-1.5 font-mono text-2xs font-medium whitespace-nowrap";
const TONE = {
  plain: "border-line-strong bg-surface-2 text-text",
  fell: "border-transparent bg-down-soft text-down",
  rose: "border-transparent bg-up-soft text-up",
} as const;

/** A synthetic rating grade; `moved` colours it, with an arrow, only where the grade really changed. */
export function RatingChip({ grade, moved = "plain", className }: { grade: Rating | null; moved?: keyof typeof TONE; className?: string }) {
  const t = useTranslations("format");
  if (grade === null) return <Absent className={className} />;
  return (
    <span className={classNames(CHIP, TONE[moved], className)} title={t("syntheticRating")}>
      {moved !== "plain" && <DirectionMark direction={moved === "rose" ? 1 : -1} className="size-[7px]" />}
      {grade}
    </span>
  );
}

/** Before and after; equal grades are shown once. */
export function RatingPair({ before, after, className }: { before: Rating | null; after: Rating | null; className?: string }) {
  const t = useTranslations("format");
  if (before === null || after === null || before === after) return <RatingChip grade={after ?? before} className={className} />;
  const worse = RATINGS.indexOf(after) > RATINGS.indexOf(before);
  return (
    <span className={classNames("inline-flex items-center gap-1", className)}>
      <RatingChip grade={before} />
      <ArrowRight role="img" aria-label={t("becomes")} className="size-3 text-faint" />
      <RatingChip grade={after} moved={worse ? "fell" : "rose"} />
    </span>
  );
}
