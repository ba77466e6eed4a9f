import { useTranslations } from "next-intl";
import { classNames } from "../ui/class-names";

/** What stands where no figure is known; a screen reader hears the reason and not a dash. */
export function Absent({ reason, className }: { reason?: string; className?: string }) {
  const t = useTranslations("format");
  const said = reason ?? t("absent");
  return (
    <span className={classNames("relative text-faint", className)} title={said}>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}

/** A figure as shown, with its full value on hover and for screen readers where the two differ. */
export function Figure({ shown, full, className }: { shown: string; full?: string; className?: string }) {
  if (!full || full === shown) return <span className={classNames("whitespace-nowrap tabular-nums", className)}>{shown}</span>;
  return (
    <span className={classNames("relative whitespace-nowrap tabular-nums", className)} title={full}>
      <span aria-hidden="true">{shown}</span>
      <span className="sr-only">{full}</span>
    </span>
  );
}
