import { useLocale } from "next-intl";
import { Absent, Figure } from "./figure";
import { moneyText, type Numeric } from "./number-text";

type Props = {
  amount: Numeric | null;
  currency: string;
  /** 1.24B with the full figure on hover; on by default, prices switch it off. */
  abbreviate?: boolean;
  digits?: number;
  signed?: boolean;
  className?: string;
  absentReason?: string;
};

/** An amount of money in the reader's own notation. */
export function Money({ amount, currency, abbreviate = true, digits, signed, className, absentReason }: Props) {
  const locale = useLocale();
  if (amount === null) return <Absent reason={absentReason} className={className} />;
  const shown = moneyText(locale, amount, { currency, abbreviate, digits, signed });
  return <Figure shown={shown} full={moneyText(locale, amount, { currency, digits, signed })} className={className} />;
}
