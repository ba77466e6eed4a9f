"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { StatementDto, StatementLine } from "@/server/contracts/market";
import { Sparkline } from "@/components/charts/sparkline";
import { Change } from "@/components/format/change";
import { Absent, Figure } from "@/components/format/figure";
import { numberText, percentText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { useStatementNoteText } from "./statement-note-text";
import { PER_SHARE, SHARE_COUNTS, shownPeriods, splitLines, yearOnYear, type StatementTab } from "./statement-periods";

const TABS = ["income", "balance", "cashFlow"] as const;
const STRONG: readonly StatementLine[] = ["revenue", "operatingIncome", "netIncome", "totalAssets", "equity", "operatingCashFlow"];
const CELL = "h-8 border-b border-line px-2 text-right whitespace-nowrap";

/** The last eight reported periods, oldest first; each column opens to its filing. */
export function StatementTable({ statements }: { statements: readonly StatementDto[] }) {
  const t = useTranslations("market");
  const noteText = useStatementNoteText();
  const hasQuarters = statements.some(({ periodKind }) => periodKind === "QUARTER");
  const [tab, setTab] = useState<StatementTab>("income");
  const [kind, setKind] = useState<StatementDto["periodKind"]>(hasQuarters ? "QUARTER" : "YEAR");
  const [common, setCommon] = useState(false);
  const periods = shownPeriods(statements, kind);
  const { shown, missing } = splitLines(periods, tab);
  const newest = periods.at(-1);
  const isCommon = common && tab === "income";
  return (
    <Panel
      title={t("detail.statements")}
      detail={newest && t("detail.units", { currency: newest.currency })}
      bodyClassName=""
      actions={
        <>
          <Segmented label={t("detail.statements")} value={tab} onChange={setTab} options={TABS.map((value) => ({ value, label: t(`detail.${value}`) }))} />
          <Segmented label={t("columns.periodEnd")} value={kind} onChange={setKind} options={[{ value: "QUARTER", label: t("detail.quarters") }, { value: "YEAR", label: t("detail.years") }]} />
          {tab === "income" && <Segmented label={t("detail.units", { currency: newest?.currency ?? "USD" })} value={common ? "common" : "amounts"} onChange={(value) => setCommon(value === "common")} options={[{ value: "amounts", label: t("detail.amounts") }, { value: "common", label: t("detail.commonSize") }]} />}
        </>
      }
    >
      {periods.length === 0 || shown.length === 0 ? (
        <EmptyState title={t("detail.noStatements")} />
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full border-separate border-spacing-0 text-xs">
            <thead>
              <tr className="text-2xs text-muted">
                <th scope="col" className="sticky left-0 z-10 h-9 border-b border-line bg-surface-1 px-4 text-left font-medium">{t("detail.line")}</th>
                {periods.map((period) => (
                  <th key={period.periodEnd} scope="col" className={classNames(CELL, "h-9 font-medium")}>
                    <span className="inline-flex items-center gap-1">
                      <ProvenanceBadge compact note={noteText(period.notes)} provenance={{ basis: "reported", provider: period.provider, asOf: period.periodEnd, reference: [period.reference, period.accession].filter(Boolean).join(" · "), formula: null, n: null, rSquared: null, stdError: null }} />
                      {period.fiscalPeriod} {String(period.fiscalYear).slice(2)}
                    </span>
                  </th>
                ))}
                <th scope="col" className={classNames(CELL, "h-9 font-medium")}>{t("detail.yoy")}</th>
                <th className={classNames(CELL, "h-9 pr-4")} aria-hidden="true" />
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={line} className={classNames("hover:bg-surface-2", line === "interestExpense" && "bg-down-soft/60")}>
                  <th scope="row" className={classNames("sticky left-0 z-10 h-8 border-b border-line px-4 text-left whitespace-nowrap", line === "interestExpense" ? "bg-down-soft" : "bg-surface-1", STRONG.includes(line) ? "font-semibold" : "font-normal")}>{t(`lines.${line}`)}</th>
                  {periods.map((period) => (
                    <td key={period.periodEnd} className={classNames(CELL, STRONG.includes(line) && "font-semibold")}><LineFigure period={period} line={line} common={isCommon} /></td>
                  ))}
                  <td className={CELL}><Change value={yearOnYear(periods, line)} digits={1} quiet good={line === "interestExpense" || line === "totalDebt" || line === "totalLiabilities" ? "down" : "up"} absentReason={t("notReported")} className="justify-end" /></td>
                  <td className={classNames(CELL, "pr-4")}><Sparkline points={periods.flatMap(({ lines }) => (lines[line] === null ? [] : [Number(lines[line])]))} width={48} className="ml-auto" /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {missing.length > 0 && <p className="px-4 py-2 text-2xs text-muted">{t("detail.notReportedLines", { lines: missing.map((line) => t(`lines.${line}`)).join(", ") })}</p>}
    </Panel>
  );
}

function LineFigure({ period, line, common }: { period: StatementDto; line: StatementLine; common: boolean }) {
  const t = useTranslations("market");
  const locale = useLocale();
  const value = period.lines[line];
  if (value === null) return <Absent reason={t("notReported")} />;
  if (PER_SHARE.includes(line)) return <Figure shown={numberText(locale, value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })} />;
  const revenue = Number(period.lines.revenue);
  if (common && !SHARE_COUNTS.includes(line)) return period.lines.revenue === null || revenue <= 0 ? <Absent reason={t("notReported")} /> : <Figure shown={percentText(locale, Number(value) / revenue)} />;
  return <Figure shown={numberText(locale, Number(value) / 1e6, { maximumFractionDigits: 0 })} full={numberText(locale, value)} />;
}
