"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, SlidersHorizontal } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useErrorText } from "@/components/app-shell/error-text";
import { useLivePrice } from "@/components/app-shell/live-prices";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { shownError } from "@/components/app-shell/wire-error";
import { PriceChart } from "@/components/charts/price-chart";
import { dateText } from "@/components/format/date-text";
import { numberText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download-text";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonBlock } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { INDICATORS, overlayLines, oscillatorPanes, type Indicator } from "./price-indicators";

const INTERVALS = ["5m", "1h", "1d", "1w", "1mo"] as const;
const SESSION_BARS = { "5m": 78, "1h": 7 } as const;
/** Bars in sight of each range, by interval. */
const RANGES = { "3m": { "1d": 63, "1w": 13, "1mo": 3 }, "6m": { "1d": 126, "1w": 26, "1mo": 6 }, "1y": { "1d": 252, "1w": 52, "1mo": 12 }, "3y": { "1d": 756, "1w": 156, "1mo": 36 }, max: { "1d": 5_000, "1w": 5_000, "1mo": 5_000 } } as const;
type Range = keyof typeof RANGES;
const PANE_HEIGHT = 90;

/** The range's sessions in bars of an interval; minutes are kept for a month and drawn as far as they go. */
const visibleBars = (range: Range, interval: (typeof INTERVALS)[number]) => (interval === "5m" || interval === "1h" ? Math.min(5_000, RANGES[range]["1d"] * SESSION_BARS[interval]) : RANGES[range][interval]);

/** All stored bars of the interval as a file with their origin. */
function ExportMenu({ symbol, interval }: { symbol: string; interval: (typeof INTERVALS)[number] }) {
  const t = useTranslations("market.chart");
  const client = useQueryClient();
  const { quality } = useTRPC();
  const errorText = useErrorText();
  const download = async (format: "csv" | "json") => {
    try {
      const file = await client.fetchQuery(quality.exportBars.queryOptions({ symbol, interval, format }));
      downloadText({ name: file.name, text: file.content, type: file.mediaType });
      toast.success(t(file.isCut ? "exportedCut" : "exported", { count: file.bars }));
    } catch (error) {
      toast.error(errorText(shownError(error)));
    }
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild><Button variant="ghost"><Download aria-hidden="true" />{t("export")}</Button></DropdownMenu.Trigger>
      <DropdownMenu.Content align="end">
        <DropdownMenu.Item onSelect={() => void download("csv")}>CSV</DropdownMenu.Item>
        <DropdownMenu.Item onSelect={() => void download("json")}>JSON</DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** Candles with volume and the chosen indicators; the last bar follows live prices of its own kind. */
export function PricePanel({ symbol, name }: { symbol: string; name: string }) {
  const t = useTranslations("market.chart");
  const locale = useLocale();
  const [interval, setBarInterval] = useState<(typeof INTERVALS)[number]>("1d");
  const [range, setRange] = useState<Range>("6m");
  const [chosen, setChosen] = useState<readonly Indicator[]>(["sma", "sma50", "rsi"]);
  const [log, setLog] = useState(false);
  const query = useQuery({ ...useTRPC().market.listBars.queryOptions({ symbol, interval, limit: 5_000 }), placeholderData: keepPreviousData });
  const tick = useLivePrice(symbol);
  const bars = query.data;
  const overlays = useMemo(() => (bars ? overlayLines(bars.close, chosen, t) : []), [bars, chosen, t]);
  const panes = useMemo(() => (bars ? oscillatorPanes(bars.close, chosen, t, (value) => numberText(locale, value, { minimumFractionDigits: 1, maximumFractionDigits: 2 })) : []), [bars, chosen, t, locale]);
  const missing = bars?.gaps.reduce((sum, { sessions }) => sum + sessions, 0) ?? 0;
  const basis = bars?.provenance.basis;
  // A simulated tick never moves a recorded bar: the header shows it, with its own badge.
  const last = useMemo(() => (tick && tick.basis === basis ? { price: tick.price, timeMs: tick.time } : null), [tick, basis]);
  const height = 400 + panes.length * PANE_HEIGHT;

  return (
    <Panel
      title={t("title")}
      actions={
        <>
          {bars && <ProvenanceBadge provenance={bars.provenance} />}
          <Segmented label={t("range")} value={range} onChange={setRange} options={(Object.keys(RANGES) as Range[]).map((value) => ({ value, label: t(`ranges.${value}`) }))} />
          <Segmented label={t("interval")} value={interval} onChange={setBarInterval} options={INTERVALS.map((value) => ({ value, label: t(`intervals.${value}`) }))} />
          <DropdownMenu.Root>
            <DropdownMenu.Trigger asChild><Button variant="ghost"><SlidersHorizontal aria-hidden="true" />{t("indicators")}</Button></DropdownMenu.Trigger>
            <DropdownMenu.Content align="end">
              {INDICATORS.map((indicator) => (
                <DropdownMenu.CheckboxItem key={indicator} checked={chosen.includes(indicator)} onSelect={(event) => event.preventDefault()} onCheckedChange={(on) => setChosen(on === true ? [...chosen, indicator] : chosen.filter((one) => one !== indicator))}>
                  {t(indicator)}
                </DropdownMenu.CheckboxItem>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Root>
          <ExportMenu symbol={symbol} interval={interval} />
          <Button variant="ghost" aria-pressed={log} onClick={() => setLog(!log)} className="aria-pressed:text-accent">{t("log")}</Button>
        </>
      }
      bodyClassName="p-3"
    >
      {query.isError ? (
        <QueryError error={query.error} onRetry={() => void query.refetch()} />
      ) : !bars ? (
        <SkeletonBlock className="h-[490px] w-full" />
      ) : bars.time.length === 0 ? (
        <EmptyState title={t("noBars")} />
      ) : (
        <>
          {/* Another range starts the view anew; the bars behind it are the same. */}
          <PriceChart key={`${range}${interval}`} label={`${name}, ${t("title")}`} bars={bars} overlays={overlays} panes={panes} log={log} last={last} visibleBars={visibleBars(range, interval)} height={height} />
          {missing > 0 && <p className="pt-2 text-2xs text-muted">{t("gaps", { count: missing, from: dateText(locale, bars.gaps.at(-1)!.from) })}</p>}
        </>
      )}
    </Panel>
  );
}
