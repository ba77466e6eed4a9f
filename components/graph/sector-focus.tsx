"use client";

import { useTranslations } from "next-intl";
import { Change } from "@/components/format/change";
import { RatingPair } from "@/components/format/rating-chip";
import { trailingSum } from "@/components/scenario/outcome-summary";
import { FocusSection, type FocusPanelProps } from "./focus-section";
import { idOf, useNodeText } from "./use-node-text";

const SHOWN = 8;

/** A sector under the shock: its median and the companies that move most. */
export function SectorFocus({ node, index, result, outcomes, quarter, onFocus }: FocusPanelProps) {
  const t = useTranslations("graph");
  const { coverChange } = useNodeText();
  const members = index.graph.nodes.filter(({ kind, sector }) => kind === "company" && sector === node.sector);
  const sector = result?.sectors.find(({ sector: code }) => code === node.sector);
  const delta = sector?.medianIcrDelta[quarter] ?? null;
  const moved = members
    .flatMap(({ key }) => {
      const at = outcomes?.get(key);
      return at && at.icrDelta !== null ? [{ key, at, delta: at.icrDelta }] : [];
    })
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta))
    .slice(0, SHOWN);
  return (
    <>
      <p className="text-xs text-muted">{t("sectorNote", { count: members.length })}</p>
      {sector && (
        <dl className="grid grid-cols-3 gap-2 text-xs">
          {delta !== null && <div className="rounded-md bg-surface-2 px-2 py-1.5"><dt className="text-2xs text-muted">{t("medianDelta")}</dt><dd className="font-semibold"><Change value={delta} kind="multiple" /></dd></div>}
          <div className="rounded-md bg-surface-2 px-2 py-1.5"><dt className="text-2xs text-muted">{t("deltaEbitTtm")}</dt><dd className="font-semibold"><Change value={trailingSum(sector.ebitDelta, quarter)} kind="money" currency="USD" /></dd></div>
          <div className="rounded-md bg-surface-2 px-2 py-1.5"><dt className="text-2xs text-muted">{t("deltaInterestTtm")}</dt><dd className="font-semibold"><Change value={trailingSum(sector.interestDelta, quarter)} kind="money" currency="USD" good="down" /></dd></div>
        </dl>
      )}
      {moved.length > 0 && (
        <FocusSection title={t("mostMoved")} detail={t("deltaCover")}>
          <ul>
            {moved.map(({ key, at, delta: change }) => (
              <li key={key}>
                <button type="button" onClick={() => onFocus(key)} aria-label={`${at.outcome.name}, ${coverChange(change)}`} className="focus-inset -mx-2 flex h-7 w-[calc(100%+16px)] items-center gap-2 rounded-sm px-2 text-xs hover:bg-surface-2 max-md:h-11">
                  <span className="w-12 text-left font-mono text-2xs font-semibold">{idOf(key)}</span>
                  <span className="min-w-0 flex-1 truncate text-left text-muted">{at.outcome.name}</span>
                  <RatingPair before={at.ratingBefore} after={at.ratingAfter} />
                  <span className="w-16 text-right"><Change value={change} kind="multiple" quiet /></span>
                </button>
              </li>
            ))}
          </ul>
        </FocusSection>
      )}
    </>
  );
}
