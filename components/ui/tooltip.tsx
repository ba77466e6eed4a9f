"use client";

import { Tooltip as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";

type Props = { content: ReactNode; /** A button or link; what only hovers cannot be reached by keyboard. */ children: ReactNode; side?: "top" | "right" | "bottom" | "left"; /** What it would say stands on the page already. */ disabled?: boolean };

export function Tooltip({ content, children, side = "top", disabled = false }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Root open={open && !disabled} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side={side} sideOffset={6} collisionPadding={8} className="panel z-50 max-w-72 animate-fade px-2 py-1 text-xs text-text shadow-float">
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
