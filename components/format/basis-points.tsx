import { useLocale } from "next-intl";
import { Absent, Figure } from "./figure";
import { basisPointsText } from "./number-text";

type Props = { /** Fraction: 0.01 is shown as 100 bp. */ value: number | null; digits?: number; signed?: boolean; className?: string; absentReason?: string };

export function BasisPoints({ value, digits = 0, signed, className, absentReason }: Props) {
  const locale = useLocale();
  if (value === null) return <Absent reason={absentReason} className={className} />;
  return <Figure shown={basisPointsText(locale, value, { digits, signed })} className={className} />;
}
