import { useLocale, useTimeZone } from "next-intl";
import { instantText, type InstantStyle } from "./date-text";

/** A moment, in the reader's time zone; hovering says which zone. */
export function Instant({ value, style = "datetime", className }: { value: string | number; style?: InstantStyle; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const at = new Date(value);
  return (
    <time dateTime={Number.isNaN(at.getTime()) ? undefined : at.toISOString()} title={instantText(locale, timeZone, value, "full")} className={className}>
      {instantText(locale, timeZone, value, style)}
    </time>
  );
}
