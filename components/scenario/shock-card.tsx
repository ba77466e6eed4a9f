"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { SHOCK_SHAPES, type DriverId, type DriverInfo, type Shock } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { useDriverName } from "./driver-figure";
import { ShockPreview } from "./shock-preview";

const SHAPE_ICON: Record<Shock["shape"], string> = {
  step: "M1 9V9H6V2H15",
  ramp: "M1 9H4L10 2H15",
  pulse: "M1 9H5V2H10V9H15",
  halfLife: "M1 9H4V2C6 6 9 8 15 8.5",
};
const LENGTH_LABEL = { step: "lasts", ramp: "climbs", pulse: "holds", halfLife: "halves" } as const;

type Props = {
  shock: Shock;
  info: DriverInfo | undefined;
  /** Drivers this shock may change to: its own and those that are free. */
  drivers: readonly DriverId[];
  quarters: number;
  /** Quarter labels of the horizon, the first is the last actual one. */
  labels: readonly string[];
  /** What the server or the rules say of a field of this shock. */
  problem: { field: string; message: string } | null;
  onChange: (change: Partial<Shock>) => void;
  onRemove: () => void;
};

/** One shock: which driver, how much, in what shape, from when, for how long; with a picture of its path. */
export function ShockCard({ shock, info, drivers, quarters, labels, problem, onChange, onRemove }: Props) {
  const t = useTranslations("scenario");
  const driverName = useDriverName();
  const id = useId();
  const { units } = DRIVERS[shock.driver];
  const isHalfLife = shock.shape === "halfLife";
  const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
  const invalid = (field: string) => problem?.field === field || undefined;

  return (
    <section aria-label={driverName(shock.driver)} className="rounded-lg border border-line-strong bg-surface-0 px-3 pt-2 pb-3">
      <div className="mb-1 flex h-8 items-center gap-2">
        <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5 text-node-driver"><path d="M5 0 10 5 5 10 0 5z" fill="currentColor" /></svg>
        <Select label={t("driver")} value={shock.driver} onChange={(driver) => onChange({ driver })} options={drivers.map((driver) => ({ value: driver, label: driverName(driver) }))} className="min-w-0 flex-1" />
        <Button variant="ghost" size="icon" aria-label={t("removeShock", { driver: driverName(shock.driver) })} onClick={onRemove}><X aria-hidden="true" /></Button>
      </div>
      <Segmented
        label={t("shape")}
        value={shock.shape}
        onChange={(shape) => onChange({ shape })}
        className="w-full [&>*]:flex-1 [&>*]:justify-center [&>*]:px-1"
        options={SHOCK_SHAPES.map((shape) => ({
          value: shape,
          label: (
            <>
              <svg viewBox="0 0 16 11" aria-hidden="true" className="h-2.5 w-4"><path d={SHAPE_ICON[shape]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" /></svg>
              {t(`shapes.${shape}`)}
            </>
          ),
        }))}
      />
      <ShockPreview shock={shock} info={info} quarters={quarters} labels={labels} />
      <div className="mt-2 grid grid-cols-[1.2fr_1fr_1fr] gap-2">
        <Field label={t("size")} htmlFor={`${id}-size`}>
          <div className="flex">
            <Input id={`${id}-size`} inputMode="decimal" aria-invalid={invalid("size")} aria-describedby={problem ? `${id}-problem` : undefined} key={shock.driver + shock.unit} defaultValue={String(shock.size)} onChange={(event) => onChange({ size: number(event.target.value.replace("−", "-")) })} className="min-w-0 rounded-r-none" />
            {units.length > 1 ? (
              <Select label={t("unit")} value={shock.unit} onChange={(unit) => onChange({ unit })} options={units.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))} className="w-16 flex-none rounded-l-none border-l-0" />
            ) : (
              <span className="flex items-center rounded-r-md border border-l-0 border-line-strong px-2 text-xs text-muted">{t(`units.${shock.unit}`)}</span>
            )}
          </div>
        </Field>
        <Field label={`${t("from")}, Q+`} htmlFor={`${id}-from`}>
          <Input id={`${id}-from`} type="number" min={1} max={quarters} aria-invalid={invalid("startQuarter")} value={Number.isNaN(shock.startQuarter) ? "" : shock.startQuarter} onChange={(event) => onChange({ startQuarter: number(event.target.value) })} />
        </Field>
        <Field label={`${t(LENGTH_LABEL[shock.shape])}, ${t("quartersUnit")}`} htmlFor={`${id}-length`}>
          <Input
            id={`${id}-length`}
            type="number"
            min={isHalfLife ? 0.25 : 1}
            max={40}
            step={isHalfLife ? 0.25 : 1}
            aria-invalid={invalid(isHalfLife ? "halfLifeQuarters" : "durationQuarters")}
            value={Number.isNaN(isHalfLife ? shock.halfLifeQuarters : shock.durationQuarters) ? "" : isHalfLife ? shock.halfLifeQuarters : shock.durationQuarters}
            onChange={(event) => onChange(isHalfLife ? { halfLifeQuarters: number(event.target.value) } : { durationQuarters: number(event.target.value) })}
          />
        </Field>
      </div>
      {problem && <p id={`${id}-problem`} role="alert" className="mt-2 text-xs text-down">{problem.message}</p>}
    </section>
  );
}
