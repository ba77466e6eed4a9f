import { useLocale } from "next-intl";
import { Absent, Figure } from "./figure";
import { multipleText } from "./number-text";

type Props = { value: number | null; digits?: number; signed?: boolean; className?: string; absentReason?: string };

/** A ratio of two amounts, such as interest cover: 2.61×. */
export function Multiple({ value, digits = 2, signed, className, absentReason }: Props) {
  const locale = useLocale();
  if (value === null) return <Absent reason={absentReason} className={className} />;
  return <Figure shown={multipleText(locale, value, { digits, signed })} className={className} />;
}
