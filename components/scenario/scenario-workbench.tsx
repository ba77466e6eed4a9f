"use client";

import { keepPreviousData, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Link2, Waypoints } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { ScenarioSpec } from "@/server/contracts/scenario";
import { AppError } from "@/server/domain/app-error";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { assertScenarioSpec, engineUnits } from "@/server/domain/scenario/shock";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { useErrorText } from "@/components/app-shell/error-text";
import { shownError, toldError } from "@/components/app-shell/wire-error";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton, SkeletonBlock } from "@/components/ui/skeleton";
import { Slider } from "@/components/ui/slider";
import { Tabs } from "@/components/ui/tabs";
import { toast } from "@/components/ui/toast";
import { CompanyExplanation } from "./company-explanation";
import { CompanyOutcomeTable } from "./company-outcome-table";
import { DriverDeviation, useDriverName } from "./driver-figure";
import { ResultKpis } from "./result-kpis";
import { ScenarioBuilder } from "./scenario-builder";
import { sameSpec } from "./scenario-draft";
import { SectorOutcomeTable } from "./sector-outcome-table";
import { StartNote } from "./start-note";
import { useScenarioUrl } from "./use-scenario-url";

type Problem = { field: string | null; message: string };

/** The scenario page: builder at the left, what it does to every company at the right; on phones one after the other. */
export function ScenarioWorkbench() {
  const t = useTranslations("scenario");
  const errorText = useErrorText();
  const trpc = useTRPC();
  const { spec, problem: linkProblem, at, company, show } = useScenarioUrl();
  const drivers = useSuspenseQuery(trpc.scenario.listDrivers.queryOptions()).data.drivers;
  const presets = useSuspenseQuery(trpc.scenario.listPresets.queryOptions()).data.presets;
  const run = useQuery({ ...trpc.scenario.run.queryOptions(spec), placeholderData: keepPreviousData });
  const [draft, setDraft] = useState(spec);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pane, setPane] = useState<"build" | "results">("results");
  const [tab, setTab] = useState<"companies" | "sectors">("companies");
  const shownSpec = useRef(spec);

  // Going back in history, or a link from elsewhere, replaces the draft as well.
  useEffect(() => {
    if (!sameSpec(shownSpec.current, spec)) setDraft(spec);
    shownSpec.current = spec;
  }, [spec]);

  const start = (next: ScenarioSpec) => {
    try {
      assertScenarioSpec(next);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setProblem({ field: error.details.field ?? null, message: errorText(toldError(error)) });
      setPane("build");
      return;
    }
    setProblem(null);
    setDraft(next);
    setPane("results");
    if (sameSpec(next, spec)) void run.refetch();
    else show({ spec: next, at: Math.min(at, next.quarters) });
  };

  const share = async () => {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/scenarios?${scenarioToUrl(spec)}&at=${at}${company ? `&company=${company}` : ""}`);
      toast.success(t("copied"));
    } catch {
      toast.error(t("copyFailed"));
    }
  };

  const result = run.data;
  const failure = run.isError ? shownError(run.error) : null;
  const serverProblem = failure?.code === "INVALID_INPUT" ? { field: failure.field, message: errorText(failure) } : null;
  const quarter = result ? Math.min(at, result.quarters.length - 1) : at;

  return (
    <div className="md:grid md:h-[calc(100dvh-80px)] md:grid-cols-[340px_minmax(0,1fr)] md:grid-rows-[44px_minmax(0,1fr)] xl:grid-cols-[384px_minmax(0,1fr)]">
      <header className="flex min-h-11 items-center gap-3 border-b border-line px-4 md:col-span-2">
        <h1 className="text-base font-semibold">{t("title")}</h1>
        <ScenarioName spec={spec} />
        <div className="ml-auto flex items-center gap-1">
          <Button variant="ghost" onClick={() => void share()}><Link2 aria-hidden="true" /><span className="max-sm:sr-only">{t("share")}</span></Button>
          <Button asChild><Link href={`/dashboard?${scenarioToUrl(spec)}&at=${quarter}`}><Waypoints aria-hidden="true" /><span className="max-sm:sr-only">{t("seeOnGraph")}</span></Link></Button>
        </div>
      </header>
      <div className="p-4 pb-0 md:hidden">
        <Segmented label={t("title")} value={pane} onChange={setPane} options={[{ value: "build", label: t("build") }, { value: "results", label: t("results") }]} className="w-full [&>*]:flex-1 [&>*]:justify-center" />
      </div>
      <div className={classNames("border-line bg-surface-1 md:min-h-0 md:border-r", pane === "results" && "max-md:hidden")}>
        <ScenarioBuilder draft={draft} shown={spec} drivers={drivers} presets={presets} result={result} at={quarter} problem={problem ?? serverProblem} running={run.isFetching} onDraft={(next) => { setDraft(next); setProblem(null); }} onRun={start} />
      </div>
      <div className={classNames("flex min-w-0 flex-col gap-3 p-4 md:overflow-y-auto md:px-5", pane === "build" && "max-md:hidden")} aria-busy={run.isFetching}>
        {linkProblem && <p role="alert" className="rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">{t("error.link", { message: errorText(toldError(linkProblem)) })}</p>}
        {result ? (
          <>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <h2 className="text-lg font-semibold">{t.rich("resultsAt", { quarter: () => <CalendarQuarter value={result.quarters[quarter] ?? null} /> })}</h2>
              <span className="text-xs text-muted">{t("resultsNote", { offset: quarter })}</span>
              <StartNote startsAt={result.startsAt} drivers={result.drivers} companies={result.companies} />
              <div className="ml-auto flex w-64 items-center gap-1 max-md:ml-0 max-md:w-full">
                <Button variant="ghost" size="icon" aria-label={t("previousQuarter")} disabled={quarter <= 1} onClick={() => show({ at: quarter - 1 })}><ChevronLeft aria-hidden="true" /></Button>
                <Slider label={t("quarter")} min={1} max={result.quarters.length - 1} value={quarter} valueText={result.quarters[quarter]} onChange={(next) => show({ at: next })} />
                <Button variant="ghost" size="icon" aria-label={t("nextQuarter")} disabled={quarter >= result.quarters.length - 1} onClick={() => show({ at: quarter + 1 })}><ChevronRight aria-hidden="true" /></Button>
              </div>
            </div>
            <ResultKpis result={result} at={quarter} />
            <div className="panel relative min-w-0 flex-none overflow-hidden">
              <Tabs
                label={t("results")}
                value={tab}
                onChange={setTab}
                tabs={[
                  { value: "companies", label: `${t("companies")} ${result.companies.length}`, content: <CompanyOutcomeTable companies={result.companies} at={quarter} selected={company} onSelect={(ticker) => show({ company: ticker })} /> },
                  { value: "sectors", label: `${t("sectors")} ${result.sectors.length}`, content: <SectorOutcomeTable sectors={result.sectors} at={quarter} /> },
                ]}
              />
            </div>
            {company ? <CompanyExplanation ticker={company} spec={spec} at={quarter} /> : <p className="px-1 text-xs text-muted">{t("selectCompany")}</p>}
          </>
        ) : run.isError ? (
          serverProblem ? <EmptyState title={serverProblem.message} /> : <QueryError error={run.error} onRetry={() => void run.refetch()} />
        ) : (
          <ResultSkeleton />
        )}
      </div>
    </div>
  );
}

function ScenarioName({ spec }: { spec: ScenarioSpec }) {
  const t = useTranslations("scenario");
  const driverName = useDriverName();
  if (spec.shocks.length === 0) return <span className="text-xs text-muted">{t("untitled")}</span>;
  return (
    <span className="flex min-w-0 items-center gap-2 truncate text-xs text-muted">
      {spec.shocks.slice(0, 3).map((shock) => (
        <span key={shock.driver} className="flex items-center gap-1 whitespace-nowrap">
          {driverName(shock.driver)} <DriverDeviation driver={shock.driver} value={engineUnits(shock.size, shock.unit)} className="font-medium text-warn" />
        </span>
      ))}
      {spec.shocks.length > 3 && <span>+{spec.shocks.length - 3}</span>}
    </span>
  );
}

export function ResultSkeleton() {
  return (
    <>
      <SkeletonBlock className="h-8 w-64" />
      <SkeletonBlock className="h-24 w-full" />
      <div className="panel"><Skeleton rows={10} /></div>
    </>
  );
}
