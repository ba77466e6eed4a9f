import type { ReactNode } from "react";
import { classNames } from "./class-names";

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return <kbd className={classNames("inline-block rounded-sm border border-line-strong bg-surface-2 px-1 font-mono text-2xs leading-4 font-medium text-muted", className)}>{children}</kbd>;
}
