import { useLocale } from "next-intl";
import { dateText, type DateStyle } from "./date-text";
import { Absent } from "./figure";

/** A calendar day such as a period end; no time zone moves it. */
export function DateOnly({ value, style = "medium", className }: { value: string | null; style?: DateStyle; className?: string }) {
  const locale = useLocale();
  if (value === null) return <Absent className={className} />;
  return (
    <time dateTime={value} className={className}>
      {dateText(locale, value, style)}
    </time>
  );
}
