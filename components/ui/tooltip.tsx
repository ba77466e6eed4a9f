"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

type Props = { content: ReactNode; /** A button or link; what only hovers cannot be reached by keyboard. */ children: ReactNode; side?: "top" | "right" | "bottom" | "left" };

export function Tooltip({ content, children, side = "top" }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side={side} sideOffset={6} collisionPadding={8} className="panel z-50 max-w-72 animate-fade px-2 py-1 text-xs text-text shadow-float">
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
