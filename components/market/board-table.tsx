"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { SECTOR_CODES, type BoardRow, type MarketBoard } from "@/server/contracts/market";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { Sparkline } from "@/components/charts/sparkline";
import { Change } from "@/components/format/change";
import { dateText } from "@/components/format/date-text";
import { Absent } from "@/components/format/figure";
import { Money } from "@/components/format/money";
import { Multiple } from "@/components/format/multiple";
import { percentText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { Quantity } from "@/components/format/quantity";
import { Button } from "@/components/ui/button";
import { DataTable, type DataColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { LiveChange, LivePrice, LiveSource } from "./live-figures";
import { SymbolLink } from "./symbol-link";

/** All rows of a board: those in sight are drawn and follow live prices; order and filter are made of what is here. */
export function BoardTable({ board }: { board: MarketBoard["board"] }) {
  const t = useTranslations("markets.board");
  const tabs = useTranslations("markets.tabs");
  const sectorName = useTranslations("market");
  const { data } = useSuspenseQuery(useTRPC().market.getBoard.queryOptions({ board }));
  const [text, setText] = useState("");
  const [sector, setSector] = useState("all");
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  const rows = data.rows.filter((row) => (sector === "all" || row.sector === sector) && words.every((word) => `${row.symbol} ${row.name}`.toLowerCase().includes(word)));
  const columns = useBoardColumns(board);
  return (
    <section aria-label={tabs(board)} className="panel min-w-0 overflow-hidden">
      <p className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-xs text-muted"><ProvenanceBadge provenance={data.provenance} /><Membership board={data} /></p>
      <DataTable
        label={tabs(board)}
        rows={rows}
        columns={columns}
        rowKey={({ symbol }) => symbol}
        firstSort={{ id: "turnover", desc: true }}
        csvName={`nexus-board-${board}`}
        scrollClassName="max-h-[calc(100dvh-230px)]"
        toolbar={
          <>
            <SearchInput aria-label={t("search")} placeholder={t("search")} value={text} maxLength={80} onChange={(event) => setText(event.target.value)} className="w-56 max-md:w-full" />
            {board === "sp500" && <Select label={sectorName("sector")} prefixed value={sector} onChange={setSector} options={[{ value: "all", label: sectorName("allSectors") }, ...SECTOR_CODES.map((code) => ({ value: code as string, label: sectorName(`sectors.${code}`) }))]} />}
            <span role="status" className="text-xs whitespace-nowrap text-muted">{t("count", { count: rows.length })}</span>
          </>
        }
        empty={<EmptyState title={t("noMatch")} action={<Button onClick={() => { setText(""); setSector("all"); }}>{t("clear")}</Button>} />}
      />
    </section>
  );
}

/** Which shares stand here, and why. */
function Membership({ board: { membership, session } }: { board: MarketBoard }) {
  const t = useTranslations("markets.board");
  const locale = useLocale();
  const { code, asOf, listed, stored } = membership;
  return <span>{t(code, { date: dateText(locale, asOf ?? session ?? "", "medium"), listed: listed ?? 0, stored })}</span>;
}

function useBoardColumns(board: MarketBoard["board"]): DataColumn<BoardRow>[] {
  const t = useTranslations("markets.board");
  const sectorName = useTranslations("market.sectors");
  const locale = useLocale();
  return useMemo(() => {
    const since = (id: "oneWeek" | "oneMonth" | "yearToDate" | "oneYear"): DataColumn<BoardRow> => ({
      id, header: t(`columns.${id}`), align: "end", wideOnly: true, value: (row) => row[id], cell: (row) => <Change value={row[id]} digits={1} quiet absentReason={t("tooYoung")} />,
    });
    const sector: DataColumn<BoardRow> = { id: "sector", header: t("columns.sector"), wideOnly: true, value: (row) => row.sector, cell: (row) => (row.sector === null ? <Absent /> : sectorName(row.sector)) };
    return [
      { id: "symbol", header: t("columns.symbol"), fixed: true, value: ({ symbol }) => symbol, className: "max-w-72 max-md:max-w-36", cell: (row) => <SymbolLink symbol={row.symbol} name={row.name} ticker={row.ticker} /> },
      ...(board === "sp500" ? [sector] : []),
      { id: "price", header: t("columns.price"), align: "end", value: ({ quote }) => quote.price, cell: ({ quote }) => <LivePrice quote={quote} /> },
      { id: "change", header: t("columns.change"), align: "end", value: ({ quote }) => quote.change, cell: ({ quote }) => <LiveChange quote={quote} /> },
      { id: "previousClose", header: t("columns.previousClose"), align: "end", hidden: true, value: ({ quote }) => quote.previousClose, cell: ({ quote }) => <Money amount={quote.previousClose} currency={quote.currency} abbreviate={false} digits={2} absentReason={t("noChange")} /> },
      { id: "points", header: t("columns.points"), wideOnly: true, cell: ({ points }) => <Sparkline points={points} width={72} height={18} tone={points.at(-1)! >= points[0]! ? "up" : "down"} /> },
      since("oneWeek"),
      since("oneMonth"),
      since("yearToDate"),
      since("oneYear"),
      { id: "yearPlace", header: t("columns.yearPlace"), wideOnly: true, value: (row) => row.yearPlace, cell: (row) => <RangeMark place={row.yearPlace} text={row.yearPlace === null ? t("tooYoung") : t("place", { place: percentText(locale, row.yearPlace, { digits: 0 }) })} /> },
      { id: "turnover", header: t("columns.turnover"), align: "end", wideOnly: true, value: (row) => row.turnover, cell: (row) => <Money amount={row.turnover} currency={row.quote.currency} /> },
      { id: "relativeTurnover", header: t("columns.relativeTurnover"), align: "end", wideOnly: true, value: (row) => row.relativeTurnover, cell: (row) => <Multiple value={row.relativeTurnover} digits={1} absentReason={t("tooYoung")} /> },
      { id: "volume", header: t("columns.volume"), align: "end", hidden: true, value: ({ volume }) => volume, cell: ({ volume }) => <Quantity value={volume} abbreviate digits={1} /> },
      { id: "evidence", header: t("columns.evidence"), cell: ({ quote }) => <LiveSource quote={quote} /> },
    ];
  }, [board, t, sectorName, locale]);
}

/** Where a close stands in its year's range. */
function RangeMark({ place, text }: { place: number | null; text: string }) {
  if (place === null) return <Absent reason={text} />;
  return (
    <span title={text} className="relative block h-1 w-16 rounded-sm bg-surface-3">
      <span aria-hidden="true" className="absolute -top-0.5 h-2 w-1 rounded-sm bg-accent" style={{ left: `calc(${place * 100}% - ${place * 4}px)` }} />
      <span className="sr-only">{text}</span>
    </span>
  );
}
