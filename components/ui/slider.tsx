"use client";

import { Slider as Radix } from "radix-ui";
import { classNames } from "./class-names";

type Props = {
  value: number;
  onChange: (value: number) => void;
  /** When the person lets go: the moment to write the address or to compute. */
  onCommit?: (value: number) => void;
  min: number;
  max: number;
  step?: number;
  label: string;
  /** The value in words: "2028 Q3", "+100 bp". */
  valueText?: string;
  disabled?: boolean;
  className?: string;
};

export function Slider({ value, onChange, onCommit, min, max, step = 1, label, valueText, disabled, className }: Props) {
  return (
    <Radix.Root
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      className={classNames("relative flex h-5 w-full touch-none items-center select-none data-[disabled]:opacity-50 max-md:h-10", className)}
    >
      <Radix.Track className="relative h-0.5 flex-1 rounded-full bg-line-strong">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-3.5 cursor-grab rounded-full bg-accent shadow-[0_0_0_3px_var(--surface-1),0_0_0_4px_var(--accent)] active:cursor-grabbing max-md:size-5"
      />
    </Radix.Root>
  );
}
