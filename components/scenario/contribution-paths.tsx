"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CompanyScenario, Contribution } from "@/server/contracts/scenario";
import { Change } from "@/components/format/change";
import { useDriverName } from "./driver-figure";

export type Output = "icr" | "ebit" | "interest" | "netIncome";

export function OutputChange({ output, value, className }: { output: Output; value: number; className?: string }) {
  return output === "icr" ? <Change value={value} kind="multiple" digits={3} quiet className={className} /> : <Change value={value} kind="money" currency="USD" good={output === "interest" ? "down" : "up"} quiet className={className} />;
}

const SHOWN = 8;

/** The parts of a change by driver, channel and path, the largest first; they add up to the total beneath. */
export function ContributionPaths({ scenario, output, at }: { scenario: CompanyScenario; output: Output; at: number }) {
  const t = useTranslations("scenario");
  const sectorName = useTranslations("market.sectors");
  const driverName = useDriverName();
  const parts = (scenario.contributions[output] ?? []).filter(({ amount }) => (amount[at] ?? 0) !== 0).sort((a, b) => Math.abs(b.amount[at] ?? 0) - Math.abs(a.amount[at] ?? 0));
  const sum = (rows: readonly Contribution[]) => rows.reduce((total, { amount }) => total + (amount[at] ?? 0), 0);
  const rest = parts.slice(SHOWN);
  const nodeName = (key: string) => {
    const id = key.slice(key.indexOf(":") + 1);
    return key.startsWith("sector:") && sectorName.has(id) ? sectorName(id) : id;
  };
  const middle = (path: readonly string[]) => path.slice(1, -1).map(nodeName);
  return (
    <ul className="text-xs">
      {parts.slice(0, SHOWN).map((part) => (
        <li key={`${part.driver}${part.channel}${part.path.join()}`} className="flex min-h-7 items-center justify-between gap-2 border-b border-line py-1">
          <span className="flex min-w-0 flex-wrap items-center gap-1">
            <span className="text-warn">{driverName(part.driver)}</span>
            {[...middle(part.path), t(`channels.${part.channel}`)].map((step) => (
              <span key={step} className="flex items-center gap-1"><ChevronRight aria-hidden="true" className="size-3 text-faint" />{step}</span>
            ))}
          </span>
          <OutputChange output={output} value={part.amount[at] ?? 0} />
        </li>
      ))}
      {rest.length > 0 && (
        <li className="flex h-7 items-center justify-between border-b border-line text-muted">
          {t("pathsRest", { count: rest.length })} <OutputChange output={output} value={sum(rest)} />
        </li>
      )}
      <li className="flex h-8 items-center justify-between font-semibold">
        {t("total")} <OutputChange output={output} value={sum(parts)} />
      </li>
    </ul>
  );
}
