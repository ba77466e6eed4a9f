"use client";

import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { useId, type ReactNode } from "react";
import { classNames } from "./class-names";

type Props = { checked: boolean; onChange: (checked: boolean) => void; label: ReactNode; /** After the label, at the right edge: a count. */ detail?: ReactNode; disabled?: boolean; /** Names a height when it is given. */ className?: string };

export function Checkbox({ checked, onChange, label, detail, disabled, className = "h-7" }: Props) {
  const id = useId();
  return (
    <div className={classNames("flex items-center gap-2 text-xs max-md:h-10", className)}>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled}
        className="grid size-3.5 flex-none place-items-center rounded-[3px] border border-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-accent-ink disabled:opacity-50 max-md:size-5"
      >
        <Radix.Indicator><Check aria-hidden="true" strokeWidth={3} className="size-2.5 max-md:size-3.5" /></Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className="flex min-w-0 flex-1 items-center gap-2">{label}</label>
      {detail !== undefined && <span className="text-2xs text-muted">{detail}</span>}
    </div>
  );
}
