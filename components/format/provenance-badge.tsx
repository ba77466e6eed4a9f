"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import type { Provenance } from "@/server/contracts/common";
import { classNames } from "../ui/class-names";
import { asOfText } from "./date-text";
import { useFormulaText } from "./formula-text";
import { numberText } from "./number-text";

type Basis = Provenance["basis"];

// Shape repeats colour: square what was published or stored, disc what was estimated, ring what was assumed, diamond what was simulated.
const LOOK: Record<Basis, { tone: string; mark: ReactNode }> = {
  reported: { tone: "bg-surface-2 text-muted", mark: <rect x="0.5" y="0.5" width="7" height="7" rx="1" /> },
  recorded: { tone: "bg-surface-2 text-muted", mark: <rect x="0.5" y="0.5" width="7" height="7" rx="1" /> },
  computed: { tone: "bg-surface-2 text-muted", mark: <path d="M4 0.5 7.5 7.5h-7z" /> },
  replay: { tone: "bg-warn-soft text-warn", mark: <path d="M1 0.5 7.5 4 1 7.5z" /> },
  simulated: { tone: "bg-simulated-soft text-simulated", mark: <path d="M4 0 8 4 4 8 0 4z" /> },
  estimated: { tone: "bg-estimated-soft text-estimated", mark: <circle cx="4" cy="4" r="3.6" /> },
  assumed: { tone: "bg-assumed-soft text-assumed", mark: <circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
};

type Props = {
  provenance: Provenance;
  /** What is to be known of this one figure beside its source. */
  note?: string | null;
  /** Only the mark, for dense rows; the words stay for screen readers and in the popover. */
  compact?: boolean;
  className?: string;
};

function useBadgeText() {
  const t = useTranslations("format.basis");
  const locale = useLocale();
  return ({ basis, n, rSquared }: Provenance): string => {
    if (basis !== "estimated" || n === null) return t(basis);
    const count = numberText(locale, n);
    return rSquared === null ? t("estimatedN", { n: count }) : t("estimatedFull", { n: count, r2: numberText(locale, rSquared, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) });
  };
}

/** The badge beside a figure: how it came about, opening to provider, date, formula and document. */
export function ProvenanceBadge({ provenance, note, compact = false, className }: Props) {
  const t = useTranslations("format.source");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const providerName = useProviderName();
  const formulaText = useFormulaText();
  const text = useBadgeText()(provenance);
  const { basis, provider, asOf, reference, formula, n, rSquared, stdError } = provenance;
  const explain = useTranslations("format.explain");
  const rows: [string, string | null][] = [
    [t("provider"), providerName(provider)],
    [t("asOf"), asOf === null ? null : asOfText(locale, timeZone, asOf)],
    [t("reference"), reference],
    [t("formula"), formula && formulaText(formula)],
    [t("note"), note ?? null],
    [t("n"), n === null ? null : numberText(locale, n)],
    [t("rSquared"), rSquared === null ? null : numberText(locale, rSquared, { maximumFractionDigits: 3 })],
    [t("stdError"), stdError === null ? null : numberText(locale, stdError, { maximumSignificantDigits: 3 })],
  ];
  const { tone, mark } = LOOK[basis];
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={t("open", { basis: text })}
        title={compact ? text : undefined}
        className={classNames("inline-flex h-5 max-w-full items-center gap-1.5 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap hover:brightness-110", compact && "w-5 justify-center px-0", tone, className)}
      >
        <svg viewBox="0 0 8 8" aria-hidden="true" className="size-[7px]" fill="currentColor">{mark}</svg>
        {!compact && <span className="truncate">{text}</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="start" sideOffset={6} collisionPadding={8} className="panel z-50 w-72 max-w-[calc(100vw-16px)] animate-rise p-3 text-xs text-text shadow-float" aria-label={t("title")}>
          <p className="font-semibold">{text}</p>
          <p className="mt-1 text-muted">{explain(basis)}</p>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line pt-2">
            {rows.flatMap(([label, value]) => (value === null ? [] : [
              <dt key={`${label}-term`} className="text-muted">{label}</dt>,
              <dd key={label} className="text-right break-words">{value}</dd>,
            ]))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Names of the providers known to the interface; an unknown id is shown as it is. */
export function useProviderName(): (provider: string) => string {
  const t = useTranslations("format.provider");
  return (provider) => (t.has(provider) ? t(provider) : provider);
}
