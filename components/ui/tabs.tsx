"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Tab<Value extends string> = { value: Value; label: ReactNode; content: ReactNode };
type Props<Value extends string> = { value: Value; onChange: (value: Value) => void; tabs: readonly Tab<Value>[]; label: string; className?: string };

/** Parts of one page behind an underlined row; keep `value` in the address. */
export function Tabs<Value extends string>({ value, onChange, tabs, label, className }: Props<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} className={className}>
      <Radix.List aria-label={label} className="no-scrollbar flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="focus-inset -mb-px flex-none border-b-2 border-transparent px-3 py-2 text-xs font-medium whitespace-nowrap text-muted transition-colors hover:text-text data-[state=active]:border-accent data-[state=active]:text-text max-md:py-3"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className={classNames("focus-visible:outline-offset-4")}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
