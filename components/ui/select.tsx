"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  /** A value may not be empty: give "no choice" a word of its own, such as `all`. */
  options: readonly { value: Value; label: ReactNode; /** What typing finds, when the label is no text. */ text?: string }[];
  label: string;
  id?: string;
  /** Shows the label before the value, inside the field. */
  prefixed?: boolean;
  disabled?: boolean;
  className?: string;
};

/** One of many. */
export function Select<Value extends string>({ value, onChange, options, label, id, prefixed = false, disabled, className }: Props<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        id={id}
        aria-label={id ? undefined : label}
        className={classNames(
          "inline-flex h-8 min-w-0 items-center gap-2 rounded-md border border-line-strong bg-surface-0 px-2.5 text-xs font-medium transition-colors hover:border-faint disabled:opacity-50 light:bg-surface-1 max-md:h-10",
          className,
        )}
      >
        {prefixed && <span className="font-normal text-muted">{label}</span>}
        <span className="min-w-0 flex-1 truncate text-left"><Radix.Value>{options.find((option) => option.value === value)?.label}</Radix.Value></span>
        <Radix.Icon asChild><ChevronDown aria-hidden="true" className="size-3.5 text-muted" /></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} collisionPadding={8} className="panel z-50 max-h-[var(--radix-select-content-available-height)] min-w-[var(--radix-select-trigger-width)] animate-rise overflow-hidden shadow-float">
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                textValue={option.text}
                className="relative flex h-8 cursor-pointer items-center rounded-md pr-3 pl-7 text-xs outline-none select-none data-[highlighted]:bg-surface-3 max-md:h-10"
              >
                <Radix.ItemIndicator className="absolute left-2"><Check aria-hidden="true" className="size-3.5 text-accent" /></Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
