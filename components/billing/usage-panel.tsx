"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { USAGE_SURFACES, USAGE_WINDOWS, type UsageDto, type UsageSurface, type UsageWindow } from "@/server/contracts/billing";
import { REQUESTS_PER_HOUR, type LimitGroup } from "@/server/domain/account/rate-limits";
import { useTRPC } from "../app-shell/trpc-client";
import { BarChart } from "../charts/bar-chart";
import type { ChartTone } from "../charts/chart-theme";
import { percentText, quantityText } from "../format/number-text";
import { Panel } from "../ui/panel";
import { Segmented } from "../ui/segmented";

const TONE: Record<LimitGroup, ChartTone> = { market: "accent", ai: "driver", "chart-analysis": "sector", hypothesis: "estimated", "sign-in": "assumed", other: "muted" };
/** A limit far above every bar would flatten them; then the sentence beside tells it. */
const LINE_FROM_SHARE = 0.2;

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Requests by hour or day and group, against the limit of the plan. */
export function UsagePanel() {
  const t = useTranslations("billing.usage");
  const { billing } = useTRPC();
  const [chosen, setChosen] = useState<{ window: UsageWindow; surface: UsageSurface }>({ window: "day", surface: "api" });
  // What is shown stays until the other window has come.
  const asked = useDeferredValue(chosen);
  const { data } = useSuspenseQuery(billing.getUsage.queryOptions(asked));
  return (
    <Panel
      title={t("title")}
      actions={
        <>
          <Segmented label={t("surface")} value={chosen.surface} onChange={(surface) => setChosen({ ...chosen, surface })} options={USAGE_SURFACES.map((value) => ({ value, label: t(`surfaces.${value}`) }))} />
          <Segmented label={t("window")} value={chosen.window} onChange={(window) => setChosen({ ...chosen, window })} options={USAGE_WINDOWS.map((value) => ({ value, label: t(`windows.${value}`) }))} />
        </>
      }
    >
      <UsageReading usage={data} surface={asked.surface} />
    </Panel>
  );
}

function UsageReading({ usage, surface }: { usage: UsageDto; surface: UsageSurface }) {
  const t = useTranslations("billing.usage");
  const tiers = useTranslations("billing.tiers");
  const groupName = useTranslations("billing.groups");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const { step, starts, groups, limitPerHour, tier, nextTier } = usage;
  const totals = starts.map((_, index) => sum(groups.map(({ requests }) => requests[index] ?? 0)));
  const refused = starts.map((_, index) => sum(groups.map((group) => group.refused[index] ?? 0)));
  const most = Math.max(...totals);
  const count = (value: number) => quantityText(locale, value, { digits: 0 });
  const clock = new Intl.DateTimeFormat(locale, step === "hour" ? { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } : { month: "short", day: "numeric", timeZone });
  const measured = surface === "api" && step === "hour" ? limitPerHour : null;
  const figures = [
    { id: "total", text: count(sum(totals)) },
    { id: "totalRefused", text: count(sum(refused)) },
    { id: step === "hour" ? "busiest" : "busiestDay", text: count(most), detail: measured !== null && most > 0 ? t("ofLimit", { share: percentText(locale, most / measured, { digits: 0 }) }) : null },
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {figures.map((figure) => (
          <div key={figure.id}>
            <dt className="text-2xs text-muted">{t(figure.id)}</dt>
            <dd className="text-lg font-semibold tabular-nums">{figure.text} {"detail" in figure && figure.detail && <span className="text-xs font-normal text-muted">{figure.detail}</span>}</dd>
          </div>
        ))}
      </dl>
      {groups.length === 0 ? <p className="py-10 text-center text-sm text-muted">{t("none")}</p> : (
        <BarChart
          label={t(`chart.${step}`)}
          x={starts}
          xLabel={t("time")}
          xFormat={(start) => clock.format(new Date(start))}
          series={groups.map(({ group, requests }) => ({ id: group, label: groupName(group), values: requests, tone: TONE[group] }))}
          tableSeries={sum(refused) > 0 ? [{ label: t("refused"), values: refused }] : undefined}
          guides={measured !== null && most >= measured * LINE_FROM_SHARE ? [{ value: measured, label: t("limitLine", { count: measured }) }] : undefined}
          format={count}
          stacked
          height={260}
        />
      )}
      <div className="flex flex-col gap-1 text-xs text-muted">
        <p>
          {surface === "app" ? t("ofPages") : limitPerHour === null ? t("noLimit", { tier: tiers(tier) }) : t("limit", { tier: tiers(tier), count: limitPerHour })}{" "}
          {surface === "api" && nextTier && <Link href="/pricing" prefetch={false} className="text-accent underline underline-offset-2">{moreOf(nextTier)}</Link>}
        </p>
        <p>{t("delay")}</p>
      </div>
    </div>
  );

  function moreOf(next: NonNullable<UsageDto["nextTier"]>): string {
    const most = REQUESTS_PER_HOUR[next];
    return most === null ? t("moreUnlimited", { tier: tiers(next) }) : t("more", { tier: tiers(next), count: most });
  }
}
