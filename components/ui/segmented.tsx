"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; /** Needed when the label is an icon. */ ariaLabel?: string; disabled?: boolean }[];
  label: string;
  className?: string;
};

/** One of a few, all in sight. Arrow keys move, like radio buttons. */
export function Segmented<Value extends string>({ value, onChange, options, label, className }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      // Pressing the chosen one would empty the group; one is always chosen here.
      onValueChange={(next) => next && onChange(next as Value)}
      aria-label={label}
      className={classNames("inline-flex max-w-full gap-0.5 overflow-x-auto rounded-lg border border-line bg-surface-2 p-0.5 no-scrollbar", className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.ariaLabel}
          disabled={option.disabled}
          className="focus-inset inline-flex h-6 flex-none items-center gap-1.5 rounded-md px-2.5 text-xs font-medium whitespace-nowrap text-muted transition-colors hover:text-text disabled:opacity-50 data-[state=on]:bg-surface-0 data-[state=on]:text-text data-[state=on]:shadow-[0_0_0_1px_var(--line-strong)] light:data-[state=on]:bg-surface-1 max-md:h-9 [&_svg]:size-3.5"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
