"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { ProvenanceBadge } from "../format/provenance-badge";
import { Button } from "../ui/button";
import type { CircuitReading, ElementReading } from "./circuit-reading";
import type { CircuitWords } from "./circuit-words";

type Props = { row: ElementReading; reading: CircuitReading; words: CircuitWords; onClose: () => void; onTable: () => void };

/** Formula, both figures and source of one element; Escape closes it and focus goes back to the wire. */
export function CircuitDetail({ row, reading, words, onClose, onTable }: Props) {
  const { t, money } = words;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), [row.element.id]);
  return (
    <div
      role="dialog"
      aria-label={words.name(row)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="panel fixed inset-x-2 bottom-16 z-40 animate-rise p-4 shadow-float md:inset-x-auto md:right-6 md:bottom-12 md:w-96"
    >
      <div className="flex items-start gap-2">
        <h3 className="flex-1 text-base font-semibold">{words.name(row)}</h3>
        <button ref={close} type="button" onClick={onClose} aria-label={t("detail.close")} className="-mt-1 -mr-1 grid size-8 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-text"><X aria-hidden="true" className="size-4" /></button>
      </div>
      <dl className="mt-1 grid grid-cols-3 gap-2 text-xs">
        <div><dt className="text-muted">{t("detail.before")}</dt><dd className="font-mono text-sm">{money(row.before)}</dd></div>
        <div><dt className="text-muted">{t("detail.after")}</dt><dd className="font-mono text-sm font-semibold">{money(row.after)}</dd></div>
        <div><dt className="text-muted">{t("table.delta")}</dt><dd className="font-mono text-sm">{words.change(row)}</dd></div>
      </dl>
      <p className="mt-3 text-xs text-muted">{words.formula(row, reading.quarter)}</p>
      <div className="mt-3 flex items-center justify-between gap-2">
        <ProvenanceBadge provenance={row.element.provenance} />
        <Button variant="ghost" onClick={onTable}>{t("detail.toTable")}</Button>
      </div>
    </div>
  );
}
