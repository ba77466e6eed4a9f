"use client";

import { ChevronDown, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/app-shell/error-text";
import { shownError, toldError, type ToldError } from "@/components/app-shell/wire-error";
import { ScenarioBuilder } from "@/components/scenario/scenario-builder";
import { StartNote } from "@/components/scenario/start-note";
import { Sheet } from "@/components/ui/dialog";
import { Popover } from "@/components/ui/popover";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { DriverInfo, ScenarioResult, ScenarioSpec } from "@/server/contracts/scenario";
import { AppError } from "@/server/domain/app-error";
import { assertScenarioSpec } from "@/server/domain/scenario/shock";
import { useNodeText } from "./use-node-text";

type Props = {
  spec: ScenarioSpec;
  drivers: readonly DriverInfo[];
  presets: readonly { id: string; spec: ScenarioSpec }[];
  result: ScenarioResult | undefined;
  quarter: number;
  running: boolean;
  /** What the server said of the last run. */
  error: unknown;
  linkError: ToldError | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRun: (spec: ScenarioSpec) => void;
};

/** "Fed funds +100 bp" and how it is shaped, opening to the builder of the scenario. */
export function ShockMenu(props: Props) {
  const { spec, open, onOpenChange } = props;
  const t = useTranslations("graph");
  const tScenario = useTranslations("scenario");
  const phone = useMediaQuery("(width < 48rem)");
  const { driver } = useNodeText();
  const [first] = spec.shocks;
  const name = first ? `${driver(first.driver)} ${signed(first.size)}${first.unit === "percent" ? " %" : ` ${tScenario(`units.${first.unit}`)}`}` : t("chooseShock");
  const more = spec.shocks.length > 1 ? t("moreShocks", { count: spec.shocks.length - 1 }) : null;
  const trigger = (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={phone ? () => onOpenChange(true) : undefined}
      className="flex h-7 min-w-0 items-center gap-2 rounded-md border border-line-strong bg-surface-1 pr-2 pl-1 text-xs whitespace-nowrap hover:bg-surface-2 max-md:h-10 max-md:flex-1"
    >
      <span className="grid size-5 flex-none place-items-center rounded-sm bg-warn-soft text-warn"><Zap aria-hidden="true" strokeWidth={1.8} className="size-3.5" /></span>
      <span className="truncate font-semibold">{name}</span>
      {first && <span className="truncate text-muted max-lg:hidden">{more ?? `${tScenario(`shapes.${first.shape}`).toLowerCase()} · ${t(`mode.${spec.mode}`)}`}</span>}
      <ChevronDown aria-hidden="true" className="ml-auto size-3 flex-none text-muted" />
    </button>
  );
  if (phone) {
    return (
      <>
        {trigger}
        <Sheet open={open} onOpenChange={onOpenChange} title={t("shockTitle")} side="bottom"><div className="[&_form>.sticky]:bottom-0!"><Builder {...props} /></div></Sheet>
      </>
    );
  }
  return (
    <Popover trigger={trigger} label={t("shockTitle")} open={open} onOpenChange={onOpenChange} className="max-h-[calc(100dvh-120px)] w-[400px] overflow-y-auto p-0!">
      <Builder {...props} />
    </Popover>
  );
}

const signed = (size: number) => `${size > 0 ? "+" : size < 0 ? "−" : ""}${Math.abs(size)}`;

/** Mounted anew each time it opens, so that a draft that was not run is forgotten. */
function Builder({ spec, drivers, presets, result, quarter, running, error, linkError, onRun }: Props) {
  const [draft, setDraft] = useState(spec);
  const [local, setLocal] = useState<{ field: string | null; message: string } | null>(null);
  const errorText = useErrorText();
  const sent = error ? shownError(error) : null;
  const fault = sent && !sent.lost ? { field: sent.field, message: errorText(sent) } : linkError ? { field: null, message: errorText(linkError) } : null;
  const run = (next: ScenarioSpec) => {
    try {
      assertScenarioSpec(next);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      setLocal({ field: thrown.details.field ?? null, message: errorText(toldError(thrown)) });
      return;
    }
    setLocal(null);
    setDraft(next);
    onRun(next);
  };
  return (
    <>
      {result && <p className="border-b border-line px-4 py-2 md:px-5"><StartNote startsAt={result.startsAt} drivers={result.drivers} companies={result.companies} /></p>}
      <ScenarioBuilder
        draft={draft}
        shown={spec}
        drivers={drivers}
        presets={presets}
        result={result}
        at={quarter}
        problem={local ?? fault}
        running={running}
        onDraft={(next) => {
          setLocal(null);
          setDraft(next);
        }}
        onRun={run}
      />
    </>
  );
}
