import { useTranslations } from "next-intl";
import { Absent } from "./figure";

const PARTS = /^(\d{4})-?Q([1-4])$/;

/** "2026Q3", "2026-Q3" or a day within the quarter. */
export function quarterParts(value: string): { year: number; quarter: number } | null {
  const named = PARTS.exec(value);
  if (named) return { year: Number(named[1]), quarter: Number(named[2]) };
  const dated = /^(\d{4})-(\d{2})/.exec(value);
  return dated ? { year: Number(dated[1]), quarter: Math.ceil(Number(dated[2]) / 3) } : null;
}

/** A calendar quarter; the short form leaves out the year. */
export function CalendarQuarter({ value, short = false, className }: { value: string | null; short?: boolean; className?: string }) {
  const t = useTranslations("format");
  const parts = value === null ? null : quarterParts(value);
  if (!parts) return value === null ? <Absent className={className} /> : <span className={className}>{value}</span>;
  return (
    <span className={className}>
      <span className="whitespace-nowrap">{t(short ? "quarterShort" : "quarter", { year: String(parts.year), quarter: parts.quarter })}</span>
    </span>
  );
}
