"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { Sparkline } from "@/components/charts/sparkline";
import { CalendarQuarter } from "@/components/format/calendar-quarter";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { DriverDeviation, useDriverLevelText } from "@/components/scenario/driver-figure";
import { Button } from "@/components/ui/button";
import type { DriverId } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { FocusSection, type FocusPanelProps } from "./focus-section";
import { idOf } from "./use-node-text";

/** What a driver is, where it stood and what the scenario makes of it. */
export function DriverFocus({ node, drivers, result, quarter }: FocusPanelProps) {
  const t = useTranslations("graph");
  const levelText = useDriverLevelText();
  const id = idOf(node.key) as DriverId;
  const info = drivers.find(({ driver }) => driver === id);
  const path = result?.drivers.find(({ driver }) => driver === id);
  const deviation = path?.deviation[quarter] ?? null;
  const after = info && info.baseline !== null && deviation !== null ? (DRIVERS[id].kind === "level" ? info.baseline * (1 + deviation) : info.baseline + deviation) : null;
  const history = (info?.history ?? []).slice(-60);
  return (
    <>
      <p className="text-xs text-muted">{t(`driverNote.${id}`)}</p>
      {info && (
        <FocusSection title={t("level")} detail={info.baselineQuarter ? <CalendarQuarter value={info.baselineQuarter} /> : undefined}>
          <div className="flex items-center gap-2.5">
            <span className="text-xl font-semibold">{info.baseline === null ? "–" : levelText(id, info.baseline)}</span>
            {after !== null && deviation !== 0 && <span className="text-xl font-semibold text-warn">→ {levelText(id, after)}</span>}
            <span className="flex-1" />
            {path && deviation !== null && deviation !== 0 && <span className="text-xs font-medium text-warn"><DriverDeviation driver={id} value={deviation} /></span>}
          </div>
          {path && <p className="mt-1 text-2xs text-muted">{t(`role.${path.role}`)}</p>}
          {history.length > 1 && (
            <figure className="mt-3">
              <Sparkline points={history.map(({ value }) => value)} width={312} height={64} tone="accent" dot className="h-auto max-w-full text-node-driver" />
              <figcaption className="mt-1 flex justify-between text-2xs text-muted"><CalendarQuarter value={history[0]!.quarter} /><CalendarQuarter value={history.at(-1)!.quarter} /></figcaption>
            </figure>
          )}
        </FocusSection>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {info && <ProvenanceBadge provenance={info.provenance} />}
        <span className="flex-1" />
        {info?.series && <Button asChild><Link href={`/macro/${encodeURIComponent(info.series)}`}>{t("openSeries")}</Link></Button>}
      </div>
    </>
  );
}
