"use client";

import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Popover } from "@/components/ui/popover";

/** A term with its definition behind a press. */
export function TermButton({ term, what }: { term: string; what: string }) {
  const t = useTranslations("markets.internals");
  return (
    <span className="inline-flex items-center gap-1">
      {term}
      <Popover
        label={term}
        className="w-72"
        trigger={<button type="button" aria-label={t("what", { term })} className="grid size-6 flex-none place-items-center rounded-sm text-faint hover:text-text"><CircleHelp aria-hidden="true" className="size-3.5" /></button>}
      >
        <p className="font-semibold">{term}</p>
        <p className="mt-1 text-muted">{what}</p>
      </Popover>
    </span>
  );
}
