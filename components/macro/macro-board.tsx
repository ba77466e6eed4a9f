"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { MACRO_CATEGORIES, type MacroHeatDto, type YieldCurveDto } from "@/server/contracts/macro";
import { recessionSpans } from "@/server/domain/macro/recessions";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { LineChart } from "@/components/charts/line-chart";
import { BasisPoints } from "@/components/format/basis-points";
import { dateText } from "@/components/format/date-text";
import { percentText, quantityText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { READING_MONTHS } from "./reading-months";

const CURVE_TONES = { newest: "accent", monthAgo: "muted", yearAgo: "estimated" } as const;
const MONTHS_PER_YEAR = 12;

/** Yields by maturity, inflation, the policy rate, and how unusual each series is. */
export function MacroBoard() {
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <CurvePanel />
      <ReadingPanel kind="inflation" />
      <ReadingPanel kind="funds" />
      <HeatPanel />
    </div>
  );
}

function CurvePanel() {
  const t = useTranslations("macro.board");
  const locale = useLocale();
  const curve: YieldCurveDto = useSuspenseQuery(useTRPC().macro.getYieldCurve.queryOptions()).data;
  const maturities = [...new Set(curve.curves.flatMap(({ points }) => points.map(({ months }) => months)))].sort((a, b) => a - b);
  const maturityText = (months: number) => (months < MONTHS_PER_YEAR ? t("months", { months }) : t("years", { years: months / MONTHS_PER_YEAR }));
  const percent = (value: number) => percentText(locale, value, { digits: 2 });
  return (
    <Panel
      title={t("curve")}
      detail={curve.slope !== null && <>{t("slope")}: <BasisPoints value={curve.slope} /></>}
      actions={<>{curve.slope !== null && curve.slope < 0 && <Badge tone="warn">{t("inverted")}</Badge>}{curve.curves.length > 0 && <ProvenanceBadge provenance={curve.provenance} compact />}</>}
    >
      {curve.curves.length === 0 ? (
        <EmptyState title={t("curveNone")} />
      ) : (
        <LineChart
          label={t("curve")}
          x={maturities.map(String)}
          xLabel={t("maturity")}
          xFormat={(months) => maturityText(Number(months))}
          series={curve.curves.map(({ day, date, points }) => ({
            id: day,
            label: `${t(`curveDays.${day}`)} · ${dateText(locale, date, "medium")}`,
            values: maturities.map((months) => points.find((point) => point.months === months)?.yieldPerYear ?? null),
            tone: CURVE_TONES[day],
            dashed: day !== "newest",
          }))}
          format={percent}
          height={220}
        />
      )}
    </Panel>
  );
}

function ReadingPanel({ kind }: { kind: "inflation" | "funds" }) {
  const t = useTranslations("macro.board");
  const tMacro = useTranslations("macro");
  const macro = useTRPC().macro;
  const locale = useLocale();
  const options = kind === "inflation" ? macro.getInflation.queryOptions({ limit: READING_MONTHS }) : macro.getFederalFundsRate.queryOptions({ limit: READING_MONTHS });
  const reading = useSuspenseQuery(options).data;
  const dates = reading.points.map(({ date }) => date);
  return (
    <Panel title={t(kind)} detail={t(`${kind}Note`)} actions={<ProvenanceBadge provenance={reading.provenance} compact />}>
      <p className="mb-1 text-xl font-semibold tracking-tight">
        {reading.value === null ? "–" : percentText(locale, reading.value, { digits: 2 })}
        {reading.date && <span className="ml-2 text-xs font-normal text-muted">{dateText(locale, reading.date, "month")}</span>}
      </p>
      <LineChart
        label={t(kind)}
        x={dates}
        xLabel={tMacro("columns.date")}
        xFormat={(date) => dateText(locale, date, "month")}
        xAxisFormat={(date) => date.slice(0, 4)}
        series={[{ id: kind, label: t(kind), values: reading.points.map(({ value }) => value), step: kind === "funds" }]}
        spans={recessionSpans(dates).map((span) => ({ ...span, label: t("recession") }))}
        format={(value) => percentText(locale, value, { digits: 2 })}
        axisFormat={(value) => percentText(locale, value, { digits: 0 })}
        height={180}
        zero
      />
    </Panel>
  );
}

/** Steps of the scale in standard deviations; beyond the last the colour stays. */
const STEPS = [0.5, 1, 1.5, 2, 3] as const;
const strength = (z: number) => STEPS.filter((step) => Math.abs(z) >= step).length / STEPS.length;

function HeatPanel() {
  const t = useTranslations("macro.board");
  const tCategory = useTranslations("macro.categories");
  const { items, withoutScore }: MacroHeatDto = useSuspenseQuery(useTRPC().macro.getHeat.queryOptions()).data;
  const groups = MACRO_CATEGORIES.map((category) => ({ category, rows: items.filter((item) => item.category === category) })).filter(({ rows }) => rows.length > 0);
  return (
    <Panel title={t("heat")} detail={t("heatNote")} className="lg:col-span-3">
      {items.length === 0 ? (
        <EmptyState title={t("heatNone")} />
      ) : (
        <div className="flex flex-col gap-3">
          {groups.map(({ category, rows }) => (
            <section key={category} aria-label={tCategory(category)} className="grid gap-x-3 gap-y-1 md:grid-cols-[7rem_1fr]">
              <h3 className="pt-1 text-xs text-muted">{tCategory(category)}</h3>
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-1">
                {rows.map((item) => <HeatCell key={item.code} item={item} />)}
              </ul>
            </section>
          ))}
          <p className="text-2xs text-muted">− {t("heatLow")} · + {t("heatHigh")} · {t("withoutScore", { count: withoutScore })}</p>
        </div>
      )}
    </Panel>
  );
}

function HeatCell({ item }: { item: MacroHeatDto["items"][number] }) {
  const t = useTranslations("macro.board");
  const locale = useLocale();
  const z = `${item.z > 0 ? "+" : "−"}${quantityText(locale, Math.abs(item.z), { digits: 1 })}`;
  const value = item.basis === "level" ? quantityText(locale, item.value, { digits: 2 }) : percentText(locale, item.value, { digits: 1 });
  return (
    <li>
      <Link
        href={`/macro/${encodeURIComponent(item.code)}`}
        title={t("heatCell", { name: item.name, z, basis: item.basis, value, date: dateText(locale, item.date, "month") })}
        className="flex min-h-9 flex-col justify-center rounded-md border border-line px-1.5 py-1 leading-tight hover:border-accent"
        style={{ backgroundColor: `color-mix(in oklab, var(${item.z > 0 ? "--warn" : "--accent"}) ${Math.round(strength(item.z) * 42)}%, transparent)` }}
      >
        <span className="truncate font-mono text-2xs">{item.code}</span>
        <span className="text-xs font-medium tabular-nums">{z}</span>
      </Link>
    </li>
  );
}
