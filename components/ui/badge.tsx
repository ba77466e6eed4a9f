import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const TONE = {
  neutral: "bg-surface-2 text-muted",
  accent: "bg-accent-soft text-accent",
  up: "bg-up-soft text-up",
  down: "bg-down-soft text-down",
  warn: "bg-warn-soft text-warn",
  assumed: "bg-assumed-soft text-assumed",
  simulated: "bg-simulated-soft text-simulated",
  estimated: "bg-estimated-soft text-estimated",
} as const;

/** A word about a thing. Where a figure comes from is said by `ProvenanceBadge`, not here. */
export function Badge({ tone = "neutral", children, className }: { tone?: keyof typeof TONE; children: ReactNode; className?: string }) {
  return <span className={classNames("inline-flex h-5 items-center gap-1.5 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap", TONE[tone], className)}>{children}</span>;
}

/** A chosen filter that can be taken away. */
export function Chip({ children, onRemove, removeLabel, className }: { children: ReactNode; onRemove?: () => void; removeLabel?: string; className?: string }) {
  const t = useTranslations("ui");
  return (
    <span className={classNames("inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface-1 px-2 text-xs font-medium whitespace-nowrap max-md:h-10", className)}>
      {children}
      {onRemove && (
        <button type="button" onClick={onRemove} aria-label={removeLabel ?? t("remove")} className="-mr-1 grid size-5 place-items-center rounded-sm text-muted hover:bg-surface-3 hover:text-text max-md:size-8">
          <X aria-hidden="true" className="size-3" />
        </button>
      )}
    </span>
  );
}

/** The square with a company's ticker. */
export function TickerTile({ ticker, className }: { ticker: string; className?: string }) {
  return <span className={classNames("grid h-8 min-w-10 flex-none place-items-center rounded-md bg-accent-soft px-1.5 font-mono text-2xs font-semibold text-accent", className)}>{ticker}</span>;
}
