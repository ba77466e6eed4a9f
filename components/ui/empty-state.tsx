import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props = { icon?: LucideIcon; title: string; /** What to do next. */ children?: ReactNode; action?: ReactNode; className?: string };

/** Nothing to show, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, className }: Props) {
  return (
    <div className={classNames("flex flex-col items-center justify-center gap-2 px-6 py-12 text-center", className)}>
      {Icon && <Icon aria-hidden="true" strokeWidth={1.4} className="size-6 text-faint" />}
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
