"use client";

import { useLocale, useTranslations } from "next-intl";
import { multipleText } from "@/components/format/number-text";
import { RATINGS, type Rating } from "@/server/contracts/scenario";
import { lowestCoverage, type RatingTable } from "@/server/domain/scenario/synthetic-rating";

const WIDTH = 312;
const EDGE = 16;
/** Lowest grade that investors call investment grade. */
const INVESTMENT_GRADE: Rating = "BBB";

/** The grades around two values of cover, each as wide as its range. */
function gradesAround(before: number, after: number, table: RatingTable): { grade: Rating; low: number; high: number }[] {
  const zones = RATINGS.map((grade, i) => ({ grade, low: lowestCoverage(grade, table), high: i === 0 ? Infinity : lowestCoverage(RATINGS[i - 1]!, table) }));
  const at = (value: number) => Math.max(0, zones.findIndex(({ low }) => value >= low));
  const [best, worst] = [Math.min(at(before), at(after)), Math.max(at(before), at(after))];
  const from = Math.max(0, Math.min(best - 2, zones.length - 6));
  return zones.slice(from, Math.max(worst + 2, from + 6) + 1).reverse();
}

/** Where cover lay and lies on the scale of synthetic ratings; every grade has the same width, so that narrow ones stay readable. */
export function RatingScale({ before, after, ratingBefore, ratingAfter, table }: { before: number; after: number; ratingBefore: Rating | null; ratingAfter: Rating | null; table: RatingTable }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const zones = gradesAround(before, after, table);
  const step = (WIDTH - 2 * EDGE) / zones.length;
  const x = (value: number): number => {
    const i = Math.max(0, zones.findIndex(({ high }) => value < high));
    const { low, high } = zones[i]!;
    // The first and last grade are open: a value far out stands in their middle third.
    const share = Number.isFinite(low) && Number.isFinite(high) ? (value - low) / (high - low) : Number.isFinite(low) ? 0.35 + 0.5 * (1 - 1 / (1 + value - low)) : 0.35;
    return EDGE + step * (i + Math.min(0.97, Math.max(0.03, share)));
  };
  const floor = zones.findIndex(({ grade }) => grade === INVESTMENT_GRADE);
  const [xb, xa] = [x(before), x(after)];
  const worse = after < before;
  const tone = Math.abs(xa - xb) < 0.5 ? "var(--text-muted)" : worse ? "var(--down)" : "var(--up)";
  const textAt = (at: number) => Math.min(WIDTH - 18, Math.max(18, at));
  // The two figures never stand on one another.
  const gap = Math.max(0, 34 - Math.abs(xa - xb)) / 2;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${floor > 0 ? 66 : 50}`} width={WIDTH} height={floor > 0 ? 66 : 50} role="img" className="h-auto w-full max-w-[400px] text-[10.5px]" aria-label={t("scaleText", { before: multipleText(locale, before), after: multipleText(locale, after), ratingBefore: ratingBefore ?? "–", ratingAfter: ratingAfter ?? "–" })}>
      {zones.map(({ grade }, i) => (
        <g key={grade}>
          <rect x={EDGE + i * step + 0.5} y="22" width={step - 1} height="10" fill={grade === ratingBefore || grade === ratingAfter ? "var(--line-strong)" : "var(--surface-3)"} />
          <text x={EDGE + (i + 0.5) * step} y="46" textAnchor="middle" fill={grade === ratingAfter && grade !== ratingBefore ? tone : grade === ratingBefore ? "var(--text)" : "var(--text-muted)"} fontWeight={grade === ratingBefore || grade === ratingAfter ? 600 : 400}>{grade.replace("-", "−")}</text>
        </g>
      ))}
      {floor > 0 && (
        <>
          <line x1={EDGE + floor * step} x2={EDGE + floor * step} y1="17" y2="52" stroke="var(--warn)" strokeDasharray="2 2" />
          <text x={Math.min(WIDTH - 62, Math.max(62, EDGE + floor * step))} y="62" textAnchor="middle" fill="var(--warn)">{t("investmentGrade", { cover: multipleText(locale, lowestCoverage(INVESTMENT_GRADE, table)) })}</text>
        </>
      )}
      <line x1={xb} x2={xa} y1="27" y2="27" stroke={tone} strokeWidth="4" strokeLinecap="round" opacity="0.5" />
      <circle cx={xb} cy="27" r="5" fill="var(--surface-1)" stroke="var(--text)" strokeWidth="1.75" />
      <circle cx={xa} cy="27" r="5.5" fill={tone} stroke="var(--surface-1)" strokeWidth="1.5" />
      <text x={textAt(xb + (worse ? gap : -gap))} y="14" textAnchor="middle" fill="var(--text)" fontWeight="600">{multipleText(locale, before).replace("×", "")}</text>
      <text x={textAt(xa + (worse ? -gap : gap))} y="14" textAnchor="middle" fill={tone} fontWeight="600">{multipleText(locale, after).replace("×", "")}</text>
    </svg>
  );
}
