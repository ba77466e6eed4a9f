"use client";

import { ChevronDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { CompanyOutcome, DriverPath, StatementsUsed } from "@/server/contracts/scenario";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { dateText } from "@/components/format/date-text";
import { Popover } from "@/components/ui/popover";
import { useDriverLevelText, useDriverName } from "./driver-figure";
import { startSummary } from "./start-summary";

type Props = {
  startsAt: string;
  drivers: readonly DriverPath[];
  /** All companies of a scenario; a page of one company passes its `statements` in their place. */
  companies?: readonly CompanyOutcome[];
  statements?: StatementsUsed;
  className?: string;
};

/** The quarter a scenario starts from and how many levels are carried to it, opening to the date of each. */
export function StartNote({ startsAt, drivers, companies = [], statements, className }: Props) {
  const t = useTranslations("scenario.start");
  const summary = startSummary(drivers, companies);
  return (
    <Popover
      label={t("details")}
      className="max-h-[70dvh] w-[340px] overflow-y-auto"
      trigger={
        <button type="button" className={`inline-flex min-h-6 flex-wrap items-center gap-x-1.5 rounded-sm text-left text-xs text-muted hover:text-text ${className ?? ""}`}>
          <span className="underline decoration-line-strong underline-offset-3">{t.rich("from", { quarter: () => <CalendarQuarter value={startsAt} /> })}</span>
          <span className={summary.carried > 0 ? "text-warn" : ""}>· {t("carried", { count: summary.carried })}</span>
          <ChevronDown aria-hidden="true" className="size-3" />
        </button>
      }
    >
      <Levels drivers={drivers} />
      {companies.length > 0 && <p className="mt-2 text-muted">{t("statements", summary.statements)}</p>}
      {statements && <StatementsNote statements={statements} />}
      <p className="mt-2 border-t border-line pt-2 text-2xs text-muted">{t("rule")}</p>
    </Popover>
  );
}

function Levels({ drivers }: { drivers: readonly DriverPath[] }) {
  const t = useTranslations("scenario.start");
  const driverName = useDriverName();
  const levelText = useDriverLevelText();
  const scenario = useTranslations("scenario");
  return (
    <table className="w-full border-collapse">
      <caption className="pb-1 text-left font-semibold">{t("details")}</caption>
      <thead>
        <tr className="h-6 border-b border-line text-2xs text-muted">
          <th scope="col" className="text-left font-medium">{t("driver")}</th>
          <th scope="col" className="text-right font-medium">{scenario("value")}</th>
          <th scope="col" className="pl-3 text-right font-medium">{t("asOf")}</th>
        </tr>
      </thead>
      <tbody>
        {drivers.map(({ driver, baseline }) => (
          <tr key={driver} className="h-6">
            <th scope="row" className="text-left font-normal">{driverName(driver)}</th>
            {baseline === null ? (
              <td colSpan={2} className="text-right text-faint">{t("none")}</td>
            ) : (
              <>
                <td className="text-right font-medium">{levelText(driver, baseline.value)}</td>
                <td className={`pl-3 text-right whitespace-nowrap ${baseline.quartersFromStart < 0 ? "text-warn" : "text-muted"}`}>
                  <CalendarQuarter value={baseline.quarter} />{baseline.quartersFromStart < 0 && ` · ${t("age", { quarters: -baseline.quartersFromStart })}`}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which statements a company's figures come from, and how far they lie from the start. */
export function StatementsNote({ statements: { reference, periodEnd, window, quartersFromStart }, className }: { statements: StatementsUsed; className?: string }) {
  const t = useTranslations("scenario.start");
  const windowText = useTranslations("format.windows");
  const locale = useLocale();
  const far = quartersFromStart < 0 ? t("age", { quarters: -quartersFromStart }) : quartersFromStart > 0 ? t("later", { quarters: quartersFromStart }) : null;
  return (
    <p className={className ?? "mt-2 text-muted"}>
      {t("company", { reference, window: windowText(window, { date: dateText(locale, periodEnd, "medium") }) })}
      {far && <span className="text-warn"> · {far}</span>}
    </p>
  );
}
