"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ScenarioResult } from "@/server/contracts/scenario";
import { numberText } from "@/components/format/number-text";

// Below one quarter in twenty a shock is called rare; the figure itself stands beside the word.
const RARE = 0.05;
const SPAN = 4;

/** How unusual the shock is against the quarters on record. */
export function PlausibilityNote({ plausibility, direction }: { plausibility: ScenarioResult["plausibility"]; direction: number }) {
  const t = useTranslations("scenario");
  const locale = useLocale();
  const { distance, pValue, degreesOfFreedom, n, from, to, shrinkage } = plausibility;
  if (distance === null || pValue === null) return <p className="text-xs text-muted">{t("plausibilityNone")}</p>;
  const oneIn = pValue > 0 ? numberText(locale, Math.round(1 / pValue)) : "";
  const rare = pValue < RARE;
  // Beyond what the sample could ever show, a frequency would be a made-up number.
  const beyond = pValue < 1 / (10 * n);
  return (
    <div>
      <p className={rare ? "text-sm font-semibold text-warn" : "text-sm font-medium"}>
        {rare ? t("plausibilityRare", { share: beyond ? "never" : "some", oneIn }) : t("plausibilityCommon", { oneIn })}
      </p>
      {degreesOfFreedom === 1 && <Bell position={Math.max(-SPAN, Math.min(SPAN, direction * distance))} />}
      <p className="mt-1 text-2xs text-muted">
        {t("plausibilityText", {
          distance: numberText(locale, distance, { maximumFractionDigits: 2 }),
          p: pValue < 1e-4 ? numberText(locale, pValue, { notation: "scientific", maximumFractionDigits: 1 }) : numberText(locale, pValue, { maximumSignificantDigits: 2 }),
          from: from ?? "",
          to: to ?? "",
          n: numberText(locale, n),
          shrinkage: numberText(locale, shrinkage ?? 0, { maximumFractionDigits: 3 }),
        })}
      </p>
    </div>
  );
}

/** The normal density over four standard deviations, and where the shock stands. */
function Bell({ position }: { position: number }) {
  const x = (deviations: number) => 150 + (deviations / SPAN) * 145;
  const points = Array.from({ length: 81 }, (_, index) => -SPAN + index * (SPAN / 40)).map((z) => `${x(z).toFixed(1)} ${(50 - 44 * Math.exp((-z * z) / 2)).toFixed(1)}`);
  return (
    <svg viewBox="0 0 300 56" aria-hidden="true" className="mt-1 h-14 w-full">
      <path d={`M${x(-SPAN)} 50L${points.join("L")}L${x(SPAN)} 50Z`} fill="var(--surface-3)" />
      <path d="M4 50.5H296" stroke="var(--line-strong)" />
      <path d={`M${x(position)} 50V14`} stroke="var(--warn)" strokeWidth="1.5" />
      <circle cx={x(position)} cy="14" r="3" fill="var(--warn)" />
    </svg>
  );
}
