import { useLocale } from "next-intl";
import { Absent, Figure } from "./figure";
import { quantityText, type Numeric } from "./number-text";

type Props = { value: Numeric | null; unit?: string; digits?: number; abbreviate?: boolean; signed?: boolean; className?: string; absentReason?: string };

/** A plain number with its unit after it; what is rounded away is on hover and said. */
export function Quantity({ value, unit, digits, abbreviate = false, signed, className, absentReason }: Props) {
  const locale = useLocale();
  if (value === null) return <Absent reason={absentReason} className={className} />;
  const withUnit = (text: string) => (unit ? `${text} ${unit}` : text);
  return <Figure shown={withUnit(quantityText(locale, value, { digits, abbreviate, signed }))} full={withUnit(quantityText(locale, value, { signed }))} className={className} />;
}
