import { useLocale } from "next-intl";
import { Absent, Figure } from "./figure";
import { percentText } from "./number-text";

type Props = { /** Fraction: 0.05 is shown as 5%. */ value: number | null; digits?: number; signed?: boolean; className?: string; absentReason?: string };

/** A fraction as a percentage: the one place where it is multiplied by a hundred. */
export function Percent({ value, digits = 1, signed, className, absentReason }: Props) {
  const locale = useLocale();
  if (value === null) return <Absent reason={absentReason} className={className} />;
  return <Figure shown={percentText(locale, value, { digits, signed })} className={className} />;
}
