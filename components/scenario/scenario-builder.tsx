"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { RESPONSE_MODES, type DriverId, type DriverInfo, type ScenarioResult, type ScenarioSpec, type Shock } from "@/server/contracts/scenario";
import { Button } from "@/components/ui/button";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { useDriverName } from "./driver-figure";
import { DriverResponseTable } from "./driver-response-table";
import { PlausibilityNote } from "./plausibility-note";
import { firstShock, freeDrivers, sameSpec, withoutShock, withShock, withShockChanged } from "./scenario-draft";
import { ShockCard } from "./shock-card";

const HORIZONS = ["4", "8", "12", "20", "40"] as const;

type Props = {
  draft: ScenarioSpec;
  /** The scenario whose result is on screen. */
  shown: ScenarioSpec;
  drivers: readonly DriverInfo[];
  presets: readonly { id: string; spec: ScenarioSpec }[];
  result: ScenarioResult | undefined;
  at: number;
  problem: { field: string | null; message: string } | null;
  running: boolean;
  onDraft: (draft: ScenarioSpec) => void;
  onRun: (spec: ScenarioSpec) => void;
};

/** The left column: where to start from, the shocks, what the other drivers do, how unusual it is, and the button that solves it. */
export function ScenarioBuilder({ draft, shown, drivers, presets, result, at, problem, running, onDraft, onRun }: Props) {
  const t = useTranslations("scenario");
  const driverName = useDriverName();
  const free = freeDrivers(draft);
  const preset = presets.find(({ spec }) => sameSpec({ ...spec, mode: draft.mode, quarters: draft.quarters }, draft));
  const changed = !sameSpec(draft, shown);
  const labels = result?.quarters ?? [];
  const add = (driver: DriverId) => onDraft(withShock(draft, firstShock(driver)));
  const infoOf = (driver: DriverId) => drivers.find((info) => info.driver === driver);
  const direction = result?.drivers.find(({ role }) => role === "shocked")?.deviation.find((value) => value !== 0) ?? 0;

  return (
    <form
      className="flex flex-col md:h-full"
      aria-label={t("build")}
      onSubmit={(event) => {
        event.preventDefault();
        onRun(draft);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onRun(draft);
      }}
    >
      <div className="flex flex-col gap-5 p-4 md:min-h-0 md:flex-1 md:overflow-y-auto md:px-5">
      <div>
        <h2 className="mb-2 text-sm font-semibold">{t("startFrom")}</h2>
        <div className="flex flex-wrap gap-1">
          {presets.map(({ id, spec }) => (
            <Button key={id} aria-pressed={preset?.id === id} onClick={() => onRun({ ...spec, mode: draft.mode, quarters: draft.quarters })} className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent">
              {t.has(`presets.${id}`) ? t(`presets.${id}`) : id}
            </Button>
          ))}
          <Button aria-pressed={!preset} onClick={() => onDraft({ ...draft, shocks: [] })} className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent">{t("custom")}</Button>
        </div>
      </div>

      <div>
        <div className="mb-2 flex items-center justify-between">
          <h2 className="text-sm font-semibold">
            {t("shocks")} <span className="ml-1 text-xs font-normal text-muted">{t("shockCount", { count: draft.shocks.length, total: drivers.length })}</span>
          </h2>
          {free.length > 0 && (
            <DropdownMenu.Root>
              <DropdownMenu.Trigger asChild>
                <Button variant="ghost" className="text-accent"><Plus aria-hidden="true" />{t("addShock")}</Button>
              </DropdownMenu.Trigger>
              <DropdownMenu.Content align="end">
                {free.map((driver) => <DropdownMenu.Item key={driver} onSelect={() => add(driver)}>{driverName(driver)}</DropdownMenu.Item>)}
              </DropdownMenu.Content>
            </DropdownMenu.Root>
          )}
        </div>
        <div className="flex flex-col gap-3">
          {draft.shocks.length === 0 && <p className="rounded-lg border border-dashed border-line-strong p-4 text-xs text-muted">{t("noShocks")}</p>}
          {draft.shocks.map((shock, index) => (
            <ShockCard
              key={shock.driver}
              shock={shock}
              info={infoOf(shock.driver)}
              drivers={[shock.driver, ...free]}
              quarters={draft.quarters}
              labels={labels}
              problem={problemOf(problem, index)}
              onChange={(change: Partial<Shock>) => onDraft(withShockChanged(draft, index, change))}
              onRemove={() => onDraft(withoutShock(draft, shock.driver))}
            />
          ))}
        </div>
        {problem && !problem.field?.startsWith("shocks.") && <p role="alert" className="mt-2 text-xs text-down">{problem.message}</p>}
      </div>

      <div>
        <div className="mb-2 flex items-center justify-between">
          <h2 className="text-sm font-semibold">{t("otherDrivers")}</h2>
          <Select label={t("horizon")} prefixed value={String(draft.quarters)} onChange={(quarters) => onDraft({ ...draft, quarters: Number(quarters) })} options={[...new Set([...HORIZONS, String(draft.quarters)])].sort((a, b) => Number(a) - Number(b)).map((value) => ({ value, label: `${value} ${t("quartersUnit")}` }))} />
        </div>
        <Segmented label={t("otherDrivers")} value={draft.mode} onChange={(mode) => onDraft({ ...draft, mode })} options={RESPONSE_MODES.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))} className="w-full [&>*]:flex-1 [&>*]:justify-center" />
        <p className="mt-2 text-2xs text-muted">{t(`modeNote.${draft.mode}`)}</p>
        {result && <DriverResponseTable drivers={result.drivers.filter(({ driver }) => !draft.shocks.some((shock) => shock.driver === driver))} at={Math.min(at, result.quarters.length - 1)} onShock={add} />}
      </div>

      {result && (
        <div>
          <h2 className="mb-1 text-sm font-semibold">{t("plausibility")}</h2>
          <PlausibilityNote plausibility={result.plausibility} direction={Math.sign(direction)} />
        </div>
      )}

      </div>
      <div className="flex items-center justify-between gap-3 border-t border-line bg-surface-1 px-4 py-3 max-md:sticky max-md:bottom-14 max-md:z-10 md:px-5">
        <p role="status" className="min-w-0 text-2xs text-muted">
          {running ? t("running") : changed ? <span className="text-warn">{t("unsaved")}</span> : result ? t("solved", { companies: result.companies.length, quarters: result.spec.quarters }) : null}
        </p>
        <Button type="submit" variant="primary" size="lg" aria-disabled={running} aria-keyshortcuts="Control+Enter">
          {changed || !result ? t("run") : t("runAgain")}
        </Button>
      </div>
    </form>
  );
}

/** `shocks.2.size` belongs to the third card, as `size`. */
function problemOf(problem: Props["problem"], index: number): { field: string; message: string } | null {
  const match = /^shocks\.(\d+)\.?(.*)$/.exec(problem?.field ?? "");
  return match && Number(match[1]) === index && problem ? { field: match[2] ?? "", message: problem.message } : null;
}
