"use client";

import { keepPreviousData, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState, type KeyboardEvent } from "react";
import type { CorrelationsDto } from "@/server/contracts/market";
import { QueryError } from "@/components/app-shell/query-boundary";
import { useTRPC } from "@/components/app-shell/trpc-client";
import { dateText } from "@/components/format/date-text";
import { numberText, valueText } from "@/components/format/number-text";
import { ProvenanceBadge } from "@/components/format/provenance-badge";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonBlock } from "@/components/ui/skeleton";
import { heatColour } from "./heat-colour";

const GROUPS = ["etf", "active"] as const;
const SESSIONS = ["60", "120", "250"] as const;
const VIEWS = ["map", "table"] as const;
const MOST = 14;
const MOVES: Record<string, readonly [row: number, column: number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** How daily returns move together, as a map to walk by keyboard or as a table of pairs. */
export function CorrelationMap() {
  const t = useTranslations("markets.correlation");
  const locale = useLocale();
  const trpc = useTRPC();
  const [group, setGroup] = useState<(typeof GROUPS)[number]>("etf");
  const [sessions, setSessions] = useState<(typeof SESSIONS)[number]>("60");
  const [view, setView] = useState<(typeof VIEWS)[number]>("map");
  const { rows } = useSuspenseQuery(trpc.market.getBoard.queryOptions({ board: group === "etf" ? "etf" : "sp500" })).data;
  const symbols = [...rows].sort((a, b) => b.turnover - a.turnover).slice(0, MOST).map(({ symbol }) => symbol).sort();
  const query = useQuery({ ...trpc.market.getCorrelations.queryOptions({ symbols, sessions: Number(sessions) }, { enabled: symbols.length > 1 }), placeholderData: keepPreviousData });
  const found = query.data;
  const mean = found && meanOfPairs(found.matrix);
  return (
    <Panel
      title={t("title")}
      detail={found && t("detail", { from: dateText(locale, found.from, "medium"), to: dateText(locale, found.to, "medium"), count: found.provenance.n ?? 0 })}
      actions={
        <>
          {found && <ProvenanceBadge provenance={found.provenance} />}
          <Segmented label={t("of")} value={group} onChange={setGroup} options={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))} />
          <Segmented label={t("window")} value={sessions} onChange={setSessions} options={SESSIONS.map((value) => ({ value, label: value, ariaLabel: `${value} ${t("window")}` }))} />
          <Segmented label={t("view")} value={view} onChange={setView} options={VIEWS.map((value) => ({ value, label: t(value) }))} />
        </>
      }
      bodyClassName={view === "map" ? "p-3" : ""}
    >
      {symbols.length < 2 ? (
        <EmptyState title={t("few")} />
      ) : query.isError ? (
        <QueryError error={query.error} onRetry={() => void query.refetch()} />
      ) : !found ? (
        <SkeletonBlock className="h-96 w-full" />
      ) : view === "map" ? (
        <>
          <Grid found={found} />
          <p className="mt-2 flex flex-wrap gap-x-4 text-2xs text-muted"><span>{t("mean")} {valueText(mean, (value) => numberText(locale, value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }))}</span><span>{t("hint")}</span></p>
        </>
      ) : (
        <Pairs found={found} />
      )}
    </Panel>
  );
}

function meanOfPairs(matrix: CorrelationsDto["matrix"]): number | null {
  const pairs = matrix.flatMap((row, i) => row.slice(i + 1)).filter((value) => value !== null);
  return pairs.length === 0 ? null : pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

/** One cell is in the order of the tab key; arrows move it, as in any grid. */
function Grid({ found: { symbols, matrix } }: { found: CorrelationsDto }) {
  const t = useTranslations("markets.correlation");
  const locale = useLocale();
  const [[row, column], setActive] = useState<readonly [number, number]>([0, 1]);
  const grid = useRef<HTMLTableElement>(null);
  const two = (value: number | null) => valueText(value, (known) => numberText(locale, known, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
  const move = (event: KeyboardEvent) => {
    const step = MOVES[event.key];
    if (!step) return;
    event.preventDefault();
    const within = (at: number) => Math.max(0, Math.min(symbols.length - 1, at));
    const next = [within(row + step[0]), within(column + step[1])] as const;
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <div className="overflow-x-auto">
      <table ref={grid} role="grid" aria-label={t("title")} onKeyDown={move} className="w-full min-w-[640px] table-fixed border-separate border-spacing-0.5 text-2xs">
        <thead>
          <tr>
            <td className="w-14" />
            {symbols.map((symbol) => <th key={symbol} scope="col" className="h-6 font-mono font-medium text-muted">{symbol}</th>)}
          </tr>
        </thead>
        <tbody>
          {matrix.map((values, i) => (
            <tr key={symbols[i]}>
              <th scope="row" className="sticky left-0 bg-surface-1 pr-2 text-right font-mono font-medium text-muted">{symbols[i]}</th>
              {values.map((value, j) => (
                <td
                  key={symbols[j]}
                  data-cell={`${i}-${j}`}
                  tabIndex={i === row && j === column ? 0 : -1}
                  onFocus={() => setActive([i, j])}
                  aria-label={t("cell", { row: symbols[i]!, column: symbols[j]!, value: value === null ? t("absent") : two(value) })}
                  className="focus-inset h-8 rounded-sm text-center tabular-nums"
                  style={{ background: i === j ? "var(--surface-3)" : heatColour(value, 1) }}
                >
                  {two(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Pair = { id: string; a: string; b: string; value: number | null };

function Pairs({ found: { symbols, matrix } }: { found: CorrelationsDto }) {
  const t = useTranslations("markets.correlation");
  const columnsOf = useTranslations("markets.board.columns");
  const locale = useLocale();
  const pairs: Pair[] = symbols.flatMap((a, i) => symbols.slice(i + 1).map((b, k) => ({ id: `${a} ${b}`, a, b, value: matrix[i]![i + 1 + k]! })));
  return (
    <DataTable
      label={t("title")}
      rows={pairs}
      rowKey={({ id }) => id}
      firstSort={{ id: "value", desc: true }}
      csvName="nexus-correlations"
      scrollClassName="max-h-[60vh]"
      columns={[
        { id: "a", header: columnsOf("symbol"), fixed: true, value: ({ a }) => a, cell: ({ a }) => <b className="font-mono font-semibold">{a}</b> },
        { id: "b", header: columnsOf("symbol"), fixed: true, value: ({ b }) => b, cell: ({ b }) => <b className="font-mono font-semibold">{b}</b> },
        { id: "value", header: t("title"), align: "end", value: ({ value }) => value, cell: ({ value }) => valueText(value, (known) => numberText(locale, known, { minimumFractionDigits: 2, maximumFractionDigits: 2 })) },
      ]}
    />
  );
}
