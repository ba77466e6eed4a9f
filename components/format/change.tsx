import { useLocale, useTranslations } from "next-intl";
import { classNames } from "../ui/class-names";
import { DirectionMark } from "./direction-mark";
import { Absent } from "./figure";
import { basisPointsText, moneyText, multipleText, percentText, percentagePointsText, quantityText } from "./number-text";

export type ChangeKind = "percent" | "bp" | "pp" | "multiple" | "number" | "money";

type Props = {
  /** Fraction for percent, bp and pp; the amount itself for the rest. */
  value: number | null;
  kind?: ChangeKind;
  digits?: number;
  /** Needed by `money`. */
  currency?: string;
  /** Which direction is good news: debt and interest are better `down`; `none` keeps the text colour. */
  good?: "up" | "down" | "none";
  /** Only the arrow is coloured, as in tables. */
  quiet?: boolean;
  className?: string;
  absentReason?: string;
};

function changeText(locale: string, value: number, { kind = "percent", digits, currency = "USD" }: Pick<Props, "kind" | "digits" | "currency">): string {
  const options = { signed: true, ...(digits === undefined ? {} : { digits }) };
  switch (kind) {
    case "percent": return percentText(locale, value, { digits: 2, ...options });
    case "bp": return basisPointsText(locale, value, options);
    case "pp": return percentagePointsText(locale, value, options);
    case "multiple": return multipleText(locale, value, options);
    case "money": return moneyText(locale, value, { currency, abbreviate: true, ...options });
    case "number": return quantityText(locale, value, { digits: 2, ...options });
  }
}

/** A change with arrow and sign, so that the colour only repeats what is said. What rounds to nothing is said to be unchanged. */
export function Change({ value, kind, digits, currency, good = "up", quiet = false, className, absentReason }: Props) {
  const locale = useLocale();
  const t = useTranslations("format");
  if (value === null) return <Absent reason={absentReason} className={className} />;
  const text = changeText(locale, value, { kind, digits, currency });
  // The sign of what is shown decides, so that a rounded zero has no arrow.
  const direction = text.startsWith("+") ? 1 : text.includes("−") ? -1 : 0;
  const better = good === "none" ? 0 : good === "up" ? direction : -direction;
  const tone = better > 0 ? "text-up" : better < 0 ? "text-down" : direction === 0 ? "text-faint" : "";
  return (
    <span className={classNames("relative inline-flex items-center gap-1 whitespace-nowrap tabular-nums", !quiet && tone, className)}>
      <DirectionMark direction={direction} className={classNames("size-2", quiet && tone)} />
      <span className="sr-only">{direction > 0 ? t("rose") : direction < 0 ? t("fell") : t("unchanged")} </span>
      {/* The figure and not the arrow stands on the line that neighbours stand on. */}
      <span className="self-baseline">{text}</span>
    </span>
  );
}
