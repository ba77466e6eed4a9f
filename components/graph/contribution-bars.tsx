"use client";

import { useTranslations } from "next-intl";
import { Change } from "@/components/format/change";
import type { ContributionStep } from "@/components/scenario/contribution-steps";
import { classNames } from "@/components/ui/class-names";

const WIDTH = 96;

/** What moved cover, channel by channel, as a waterfall that ends at the total. */
export function ContributionBars({ steps, total }: { steps: readonly ContributionStep[]; total: number }) {
  const t = useTranslations("scenario");
  const ends = steps.reduce<number[]>((sums, { amount }) => [...sums, (sums.at(-1) ?? 0) + amount], []);
  const [low, high] = [Math.min(0, total, ...ends), Math.max(0, total, ...ends)];
  const span = high - low || 1;
  const x = (value: number) => 1 + ((value - low) / span) * (WIDTH - 2);
  // Small changes need a third decimal, or their parts would all read as nothing.
  const digits = Math.abs(total) < 0.2 ? 3 : 2;
  const row = "grid h-[22px] grid-cols-[minmax(0,1fr)_96px_64px] items-center gap-1 text-xs max-md:h-8";
  return (
    <ul>
      {steps.map(({ channel, amount }, i) => {
        const [from, to] = [ends[i]! - amount, ends[i]!];
        return (
          <li key={channel} className={row}>
            <span className="truncate font-medium">{t(`channels.${channel}`)}</span>
            <svg width={WIDTH} height="16" viewBox={`0 0 ${WIDTH} 16`} aria-hidden="true">
              <path d={`M${x(0)} 0V16`} stroke="var(--line-strong)" />
              <rect x={Math.min(x(from), x(to))} y="4" width={Math.max(1.5, Math.abs(x(to) - x(from)))} height="8" rx="1.5" fill={amount < 0 ? "var(--down)" : "var(--up)"} />
            </svg>
            <span className="text-right"><Change value={amount} kind="number" digits={digits} quiet /></span>
          </li>
        );
      })}
      <li className={classNames(row, "mt-0.5 border-t border-line font-semibold")}>
        <span>{t("total")}</span>
        <span />
        <span className="text-right"><Change value={total} kind="number" digits={digits} quiet /></span>
      </li>
    </ul>
  );
}
