"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { SECTOR_CODES, type BoardRow } from "@/server/contracts/market";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { percentText, valueText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { heatColour } from "./heat-colour";

/** A change at which the colour is full. */
const FULL = 0.03;
/** Tiles of a sector; the board has them all. */
const PER_SECTOR = 18;

/** The day's changes at a glance: tiles by sector, most traded first. The board is its table. */
export function MarketHeatMap() {
  const t = useTranslations("markets.map");
  const sector = useTranslations("market.sectors");
  const locale = useLocale();
  const { rows, provenance } = useSuspenseQuery(useTRPC().market.getBoard.queryOptions({ board: "sp500" })).data;
  const groups = SECTOR_CODES.map((code) => ({ code, rows: rows.filter((row) => row.sector === code).sort((a, b) => b.turnover - a.turnover) })).filter((group) => group.rows.length > 0);
  const hidden = groups.reduce((sum, group) => sum + Math.max(0, group.rows.length - PER_SECTOR), 0);
  return (
    <Panel title={t("title")} detail={t("detail")} actions={<ProvenanceBadge provenance={provenance} />} bodyClassName="p-3">
      {groups.length === 0 ? (
        <EmptyState title={t("title")} />
      ) : (
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {groups.map((group) => (
            <section key={group.code} aria-label={sector(group.code)} className="min-w-0">
              <h3 className="mb-1 text-2xs font-medium text-muted">{sector(group.code)}</h3>
              <ul className="grid grid-cols-6 gap-1 max-sm:grid-cols-5">
                {group.rows.slice(0, PER_SECTOR).map((row) => <Tile key={row.symbol} row={row} text={valueText(row.quote.change, (change) => percentText(locale, change, { digits: 1, signed: true }))} />)}
              </ul>
            </section>
          ))}
        </div>
      )}
      <p className="mt-3 flex flex-wrap gap-x-4 text-2xs text-muted">
        <span>{t("scale", { low: percentText(locale, -FULL, { digits: 0 }), high: percentText(locale, FULL, { digits: 0, signed: true }) })}</span>
        {hidden > 0 && <Link href="/markets?tab=sp500" className="underline hover:text-text">{t("more", { count: hidden })}</Link>}
      </p>
    </Panel>
  );
}

function Tile({ row, text }: { row: BoardRow; text: string }) {
  const body = (
    <>
      <b className="block truncate font-mono text-2xs font-semibold">{row.symbol}</b>
      <span className="block text-2xs">{text}</span>
    </>
  );
  const look = "block min-w-0 rounded-sm px-1 py-1.5 text-center text-text";
  const style = { background: heatColour(row.quote.change, FULL) };
  return <li className="min-w-0">{row.ticker === null ? <span className={look} style={style}>{body}</span> : <Link href={`/companies/${encodeURIComponent(row.ticker)}`} title={row.name} className={`${look} focus-inset hover:outline hover:outline-line-strong`} style={style}>{body}</Link>}</li>;
}
