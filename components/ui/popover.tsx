"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props = { /** A button. */ trigger: ReactNode; label: string; children: ReactNode; align?: "start" | "center" | "end"; side?: "top" | "right" | "bottom" | "left"; open?: boolean; onOpenChange?: (open: boolean) => void; className?: string };

export function Popover({ trigger, label, children, align = "start", side = "bottom", open, onOpenChange, className }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={6} collisionPadding={8} aria-label={label} className={classNames("panel z-50 max-w-[calc(100vw-16px)] animate-rise p-3 text-xs text-text shadow-float", className)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
