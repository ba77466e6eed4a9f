"use client";

import { Search } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState, type KeyboardEvent } from "react";
import { multipleText, numberText } from "@/components/format/number-text";
import { Change } from "@/components/format/change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { SearchInput } from "@/components/ui/input";
import { Slider } from "@/components/ui/slider";
import { CONNECTION_KINDS, NODE_KINDS, type ConnectionKindName } from "@/server/contracts/graph";
import { SECTOR_CODES, type SectorCode } from "@/server/contracts/market";
import { DEFAULT_FILTERS, findNodes, isFiltered, type GraphFilters, type VisibleGraph } from "./graph-filter";
import type { GraphIndex } from "./graph-index";
import { NodeMark } from "./node-mark";
import type { DeltaHistogram } from "./outcome-at-quarter";
import { useNodeText } from "./use-node-text";

const DASHES: Record<ConnectionKindName, string> = { impact: "", membership: "", supply: "5 3", ownership: "1.5 3", competition: "8 2 2 2" };

export type SectorLine = { code: SectorCode; companies: number; delta: number | null; /** Banks have no cover: the change of their net income, USD a quarter. */ netIncomeDelta: number | null };

type Props = {
  index: GraphIndex;
  filters: GraphFilters;
  visible: VisibleGraph;
  sectors: readonly SectorLine[];
  /** Null while nothing is shocked. */
  histogram: DeltaHistogram | null;
  onChange: (filters: GraphFilters) => void;
  onFocus: (key: string) => void;
};

const toggled = <T,>(list: readonly T[], item: T): T[] => (list.includes(item) ? list.filter((one) => one !== item) : [...list, item]);

export function GraphFilterPanel({ index, filters, visible, sectors, histogram, onChange, onFocus }: Props) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const { counts } = index.graph;
  const set = (change: Partial<GraphFilters>) => onChange({ ...filters, ...change });
  const companies = counts.nodes.company ?? 0;
  return (
    <div className="flex flex-col gap-2.5">
      <FindInGraph index={index} onFocus={onFocus} />
      <fieldset>
        <legend className="mb-1 text-xs font-semibold">{t("layers")}</legend>
        {NODE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            className="h-6"
            checked={!filters.hiddenKinds.includes(kind)}
            onChange={() => set({ hiddenKinds: NODE_KINDS.filter((one) => toggled(filters.hiddenKinds, kind).includes(one)) })}
            label={<><NodeMark kind={kind} />{t(`kinds.${kind}`)}</>}
            detail={numberText(locale, counts.nodes[kind] ?? 0)}
          />
        ))}
      </fieldset>
      <SectorList sectors={sectors} filters={filters} set={set} />
      <fieldset>
        <legend className="mb-1 text-xs font-semibold">{t("connections")}</legend>
        {CONNECTION_KINDS.filter((kind) => (counts.connections[kind] ?? 0) > 0).map((kind) => (
          <Checkbox
            key={kind}
            className="h-6"
            checked={!filters.hiddenConnections.includes(kind)}
            onChange={() => set({ hiddenConnections: CONNECTION_KINDS.filter((one) => toggled(filters.hiddenConnections, kind).includes(one)) })}
            label={<><svg width="20" height="8" viewBox="0 0 20 8" aria-hidden="true" className="text-muted"><path d="M0 4H20" stroke="currentColor" strokeWidth="1.5" strokeDasharray={DASHES[kind]} /></svg>{t(`links.${kind}`)}</>}
            detail={numberText(locale, counts.connections[kind] ?? 0)}
          />
        ))}
        <Checkbox className="h-6" checked={filters.significantOnly} onChange={(significantOnly) => set({ significantOnly })} label={t("significantOnly")} />
        <div className="mt-1 flex items-center justify-between text-xs"><span className="text-muted">{t("minStrength")}</span><span>{numberText(locale, filters.minStrength, { minimumFractionDigits: 2 })}</span></div>
        <Slider label={t("minStrength")} min={0} max={1} step={0.05} value={filters.minStrength} onChange={(minStrength) => set({ minStrength })} valueText={numberText(locale, filters.minStrength)} />
      </fieldset>
      {histogram && <CoverHistogram histogram={histogram} value={filters.minIcrDelta} onChange={(minIcrDelta) => set({ minIcrDelta })} />}
      <div className="flex flex-col gap-2">
        <p role="status" className="text-2xs text-muted">{t("shown", { shown: numberText(locale, visible.companyCount), total: numberText(locale, companies), links: numberText(locale, visible.connectionCount) })}</p>
        {isFiltered(filters) && <Button variant="ghost" className="self-start" onClick={() => onChange(DEFAULT_FILTERS)}>{t("resetFilters")}</Button>}
      </div>
      <p className="sr-only">{t("coverUnit", { example: multipleText(locale, 1) })}</p>
    </div>
  );
}

function SectorList({ sectors, filters, set }: { sectors: readonly SectorLine[]; filters: GraphFilters; set: (change: Partial<GraphFilters>) => void }) {
  const t = useTranslations("graph");
  const { sector: nameOf } = useNodeText();
  const locale = useLocale();
  const moved = sectors.some(({ delta, netIncomeDelta }) => delta !== null || netIncomeDelta !== null);
  const scale = Math.max(1e-9, ...sectors.map(({ delta }) => Math.abs(delta ?? 0)));
  const rows = moved ? [...sectors].sort((a, b) => (a.delta ?? Infinity) - (b.delta ?? Infinity)) : sectors;
  return (
    <fieldset>
      <legend className="mb-1 flex w-full items-baseline gap-2 text-xs font-semibold">{t("sectorsTitle")}{moved && <small className="text-2xs font-normal text-muted">{t("medianDelta")}</small>}</legend>
      {rows.map(({ code, companies, delta, netIncomeDelta }) => {
        const chosen = filters.sectors.includes(code);
        const width = delta === null ? 0 : (Math.abs(delta) / scale) * 22;
        return (
          <button
            key={code}
            type="button"
            aria-pressed={chosen}
            onClick={() => set({ sectors: SECTOR_CODES.filter((one) => toggled(filters.sectors, code).includes(one)) })}
            className={classNames("focus-inset -mx-2 flex h-6 w-[calc(100%+16px)] items-center gap-1.5 rounded-sm px-2 text-xs hover:bg-surface-2 max-md:h-10", chosen && "bg-accent-soft text-accent hover:bg-accent-soft", filters.sectors.length > 0 && !chosen && "text-muted")}
          >
            <span className="min-w-0 flex-1 truncate text-left">{nameOf(code)}</span>
            {moved ? (
              <>
                {delta !== null && (
                  <svg width="44" height="8" viewBox="0 0 44 8" aria-hidden="true" className="max-[420px]:hidden">
                    <path d="M22 0V8" stroke="var(--line-strong)" />
                    <rect x={delta < 0 ? 22 - width : 22} y="1" width={width} height="6" rx="1" fill={delta < 0 ? "var(--down)" : "var(--up)"} />
                  </svg>
                )}
                <span className="text-2xs">
                  {delta !== null ? <Change value={delta} kind="number" digits={2} quiet={!chosen} /> : netIncomeDelta !== null ? <Change value={netIncomeDelta} kind="money" currency="USD" quiet={!chosen} /> : <span className="text-faint">–</span>}
                </span>
              </>
            ) : (
              <span className="text-2xs text-muted">{numberText(locale, companies)}</span>
            )}
          </button>
        );
      })}
      {moved && sectors.some(({ delta, netIncomeDelta }) => delta === null && netIncomeDelta !== null) && <p className="mt-1 text-2xs text-muted">{t("banksNote")}</p>}
    </fieldset>
  );
}

function CoverHistogram({ histogram, value, onChange }: { histogram: DeltaHistogram; value: number; onChange: (value: number) => void }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const { bins, top } = histogram;
  const highest = Math.max(1, ...bins);
  const text = multipleText(locale, value);
  return (
    <fieldset>
      <legend className="mb-1 flex w-full text-xs font-semibold"><span className="flex-1">{t("deltaAtLeast")}</span>{text}</legend>
      <svg viewBox={`0 0 ${bins.length * 6} 32`} preserveAspectRatio="none" aria-hidden="true" className="-mb-2.5 h-8 w-full">
        {bins.map((count, i) => {
          // A square root keeps the long tail visible beside the crowd near zero.
          const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / highest) * 32);
          return <rect key={i} x={i * 6} y={32 - height} width="4.8" height={height} fill={((i + 1) / bins.length) * top <= value ? "var(--line-strong)" : "var(--accent)"} />;
        })}
      </svg>
      <Slider label={t("deltaAtLeast")} min={0} max={top} step={top / bins.length} value={Math.min(value, top)} onChange={(next) => onChange(Math.round(next * 1_000) / 1_000)} valueText={text} />
    </fieldset>
  );
}

function FindInGraph({ index, onFocus }: { index: GraphIndex; onFocus: (key: string) => void }) {
  const t = useTranslations("graph");
  const { short, full } = useNodeText();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const hits = findNodes(
    index.graph.nodes.map((node) => ({ ...node, label: full(node) })),
    text,
    (key) => index.links[index.at.get(key)!]!.length,
  );
  const choose = (key: string) => {
    onFocus(key);
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setActive((now) => (hits.length === 0 ? 0 : (now + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length));
    }
    if (event.key === "Enter" && hits[active]) choose(hits[active].key);
    if (event.key === "Escape" && text !== "") {
      event.stopPropagation();
      setText("");
    }
  };
  return (
    <div className="relative">
      <SearchInput
        aria-label={t("find")}
        placeholder={t("find")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-activedescendant={hits[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
      />
      {text.trim() !== "" && (
        <div id={`${id}-hits`} role="listbox" aria-label={t("find")} className="panel absolute inset-x-0 top-10 z-30 max-h-80 overflow-auto p-1 shadow-float md:w-72">
          {hits.length === 0 && <p className="flex items-center gap-2 px-2 py-2 text-xs text-muted"><Search aria-hidden="true" className="size-3.5" />{t("findNothing", { text })}</p>}
          {hits.map((node, i) => (
            <div
              key={node.key}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(node.key)}
              onPointerMove={() => setActive(i)}
              className={classNames("flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-xs max-md:h-11", i === active && "bg-surface-3")}
            >
              <NodeMark kind={node.kind} />
              <span className="font-medium">{short(node)}</span>
              {short(node) !== node.label && <span className="min-w-0 truncate text-muted">{node.label}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
