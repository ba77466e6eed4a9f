"use client";

import type { CircuitDto } from "@/server/contracts/circuit";
import { LineChart } from "../charts/line-chart";
import { classNames } from "../ui/class-names";
import { Panel } from "../ui/panel";
import { INVESTMENT_GRADE, type CircuitReading, type ElementReading } from "./circuit-reading";
import type { CircuitWords } from "./circuit-words";

type Props = { dto: CircuitDto; reading: CircuitReading; words: CircuitWords; quarter: number; onQuarter: (quarter: number) => void };

/** Cover against the grades, its path, and what is left for owners. */
export function CircuitGauges(props: Props) {
  return (
    <div className="grid gap-3 min-[1100px]:grid-cols-[minmax(0,1.5fr)_minmax(0,1.1fr)_minmax(0,0.95fr)]">
      <CoverGauge {...props} />
      <CoverPath {...props} />
      <OwnersGauge {...props} />
    </div>
  );
}

function CoverGauge({ dto, reading, words: { t, money, multiple } }: Props) {
  const { before, after } = reading;
  const title = t("gauge.title");
  if (before.icr === null || after.icr === null) return <Panel title={title}><p className="text-sm text-muted">{t("gauge.none")}</p></Panel>;
  const graded = dto.ratingTable.filter(({ icrFrom }) => icrFrom !== null).map(({ rating, icrFrom }) => ({ rating, from: icrFrom! })).reverse();
  const highest = graded.at(-1)!.from;
  const [low, high] = [Math.min(before.icr, after.icr), Math.max(before.icr, after.icr)];
  // A window of the table around the cover; far above it the last grade simply goes on.
  const start = Math.min(low - 0.6, Math.max(graded[3]!.from, Math.min(low, highest) - 2.5));
  const end = Math.max(Math.min(high, highest * 1.25) + 0.6, Math.min(start, highest) + 3.2);
  const at = (value: number) => Math.min(100, Math.max(0, ((value - start) / (end - start)) * 100));
  const cells = [{ rating: dto.ratingTable.at(-1)!.rating, from: Number.NEGATIVE_INFINITY }, ...graded]
    .map(({ rating, from }, i, all) => ({ rating, left: at(Math.max(from, start)), right: at(Math.min(all[i + 1]?.from ?? end, end)) }))
    .filter(({ left, right }) => right - left > 0.4);
  const floor = graded.find(({ rating }) => rating === INVESTMENT_GRADE)?.from ?? null;
  const fuse = dto.covenantIcr.value;
  const moved = multiple(before.icr) !== multiple(after.icr);
  const worse = after.icr < before.icr;
  const [beforeAt, afterAt] = [at(before.icr), at(after.icr)];
  const inside = (value: number) => value > start && value < end;
  const apart = Math.abs(beforeAt - afterAt) >= 16;
  const shift = (place: number) => (place < 12 ? "translate-x-0" : place > 88 ? "-translate-x-full" : "-translate-x-1/2");
  return (
    <Panel title={title} detail={t("gauge.note", { ebit: money(after.trailing.ebit), interest: money(after.trailing.interest) })}>
      <div role="img" aria-label={t("gauge.label", { before: multiple(before.icr), after: multiple(after.icr) })} className="relative h-[132px]">
        <div className="absolute inset-x-0 top-0 h-7 text-xl font-semibold tracking-tight tabular-nums">
          {moved && apart && <span className={classNames("absolute text-muted", shift(beforeAt))} style={{ left: `${beforeAt}%` }}>{multiple(before.icr)}</span>}
          <span className={classNames("absolute whitespace-nowrap", shift(afterAt), moved && (worse ? "text-wire-interest" : "text-wire-in"))} style={{ left: `${afterAt}%` }}>
            {moved && !apart && <span className="mr-1.5 text-base font-normal text-muted">{multiple(before.icr)} →</span>}
            {multiple(after.icr)}
          </span>
        </div>
        <svg className="absolute top-8 left-0 h-4 w-full overflow-visible" aria-hidden="true">
          {moved && <line x1={`${beforeAt}%`} x2={`${afterAt}%`} y1={8} y2={8} strokeWidth={2} className={worse ? "stroke-wire-interest" : "stroke-wire-in"} />}
          {moved && <circle cx={`${beforeAt}%`} cy={8} r={5.5} strokeWidth={2} className="fill-surface-1 stroke-muted" />}
          <circle cx={`${afterAt}%`} cy={8} r={6} className={moved ? (worse ? "fill-wire-interest" : "fill-wire-in") : "fill-text"} />
        </svg>
        <div className="absolute inset-x-0 top-14 flex h-7">
          {cells.map(({ rating, left, right }) => {
            const on = rating === after.rating;
            const was = rating === before.rating && !on;
            return (
              <span
                key={rating}
                style={{ left: `${left}%`, width: `calc(${right - left}% - 2px)` }}
                className={classNames(
                  "absolute inset-y-0 grid place-items-center overflow-hidden rounded-xs font-mono text-2xs font-medium",
                  on ? (worse && after.rating !== before.rating ? "bg-wire-interest font-bold text-surface-0" : "bg-accent font-bold text-accent-ink") : rank(rating, dto) <= rank(INVESTMENT_GRADE, dto) ? "bg-estimated-soft text-muted" : "bg-surface-3 text-muted",
                  was && "text-text outline outline-line-strong",
                )}
              >
                {right - left > 5 ? rating : ""}
              </span>
            );
          })}
        </div>
        {inside(fuse) && <span aria-hidden="true" className="absolute top-12 h-11 w-0.5 bg-warn" style={{ left: `${at(fuse)}%` }} />}
        {floor !== null && inside(floor) && <span aria-hidden="true" className="absolute top-13 h-10 border-l border-dashed border-text" style={{ left: `${at(floor)}%` }} />}
        <div className="absolute inset-x-0 top-[92px] text-2xs text-muted">
          {inside(fuse) && <span className={classNames("absolute whitespace-nowrap text-warn", shift(at(fuse)))} style={{ left: `${at(fuse)}%` }}>{t("gauge.fuse", { value: multiple(fuse) })}</span>}
          {floor !== null && inside(floor) && <span className={classNames("absolute whitespace-nowrap", inside(fuse) && "top-4", shift(at(floor)))} style={{ left: `${at(floor)}%` }}>{t("gauge.grade", { value: multiple(floor) })}</span>}
          {!(inside(fuse) || (floor !== null && inside(floor))) && <span>{t("gauge.fuse", { value: multiple(fuse) })} · {t("gauge.grade", { value: multiple(floor) })}</span>}
        </div>
      </div>
      <p className="mt-1 text-2xs text-faint">{t("gauge.source", { source: dto.ratingSource })}</p>
    </Panel>
  );
}

const rank = (rating: string, dto: CircuitDto) => dto.ratingTable.findIndex((row) => row.rating === rating);

function CoverPath({ dto, words: { t, multiple }, quarter, onQuarter }: Props) {
  const title = t("gauge.path", { count: dto.after.length - 1 });
  const names = dto.quarters.map((_, i) => `Q${i}`);
  const before = dto.before.map(({ icr }) => icr);
  const after = dto.after.map(({ icr }) => icr);
  if ([...before, ...after].every((value) => value === null)) return <Panel title={title}><p className="text-sm text-muted">{t("gauge.none")}</p></Panel>;
  const floor = dto.ratingTable.find(({ rating }) => rating === INVESTMENT_GRADE)?.icrFrom ?? null;
  const highest = Math.max(...[...before, ...after].flatMap((value) => value ?? []));
  // Thresholds far below the path would press it flat; the gauge beside it names them anyway.
  const near = (value: number | null) => value !== null && highest < 3 * value;
  const worse = (after[quarter] ?? 0) < (before[quarter] ?? 0);
  return (
    <Panel title={title} detail={t("gauge.pathNote")} bodyClassName="px-2 pt-3 pb-2">
      <LineChart
        label={title}
        xLabel={t("quarter.label")}
        x={names}
        height={176}
        format={(value) => multiple(value)}
        series={[
          { id: "after", label: t("overlay.after"), values: after, tone: worse ? "down" : "accent" },
          { id: "before", label: t("overlay.before"), values: before, tone: "muted", dashed: true },
        ]}
        guides={[
          ...(near(floor) ? [{ value: floor!, label: t("gauge.gradeFloor", { grade: INVESTMENT_GRADE }) }] : []),
          ...(near(dto.covenantIcr.value) ? [{ value: dto.covenantIcr.value, label: t("gauge.fuseLine"), tone: "driver" as const }] : []),
        ]}
        at={names[quarter] ?? null}
        onSelect={(name) => onQuarter(names.indexOf(name))}
      />
    </Panel>
  );
}

const PARTS = [
  { id: "dividends", legend: "legendDividends", tone: "bg-wire-payout" },
  { id: "otherUses", legend: "legendOther", tone: "bg-assumed" },
  { id: "kept", legend: "legendKept", tone: "bg-wire-live" },
] as const;

function OwnersGauge({ dto, reading, words }: Props) {
  const { t, money, millions } = words;
  const owners = reading.byId.get("toOwners");
  if (!owners) return null;
  const parts = PARTS.flatMap(({ id, legend, tone }) => {
    const row = reading.byId.get(id);
    return row && row.element.column !== "in" ? [{ id, legend, tone, row }] : [];
  });
  const raised = reading.byId.get("otherUses");
  const paid = (read: (row: ElementReading) => number) => parts.reduce((sum, { row }) => sum + Math.max(0, read(row)), 0);
  const widest = Math.max(paid(({ before }) => before), paid(({ after }) => after), 1);
  const bar = (name: string, read: (row: ElementReading) => number, isAfter: boolean) => (
    <div className="grid grid-cols-[52px_minmax(0,1fr)_auto] items-center gap-2 text-xs">
      <span className={isAfter ? "font-semibold" : "text-muted"}>{name}</span>
      <span className="flex h-6 gap-0.5">
        {parts.map(({ id, tone, row }) => {
          const share = Math.max(0, read(row)) / widest;
          return share < 0.002 ? null : <span key={id} className={classNames("rounded-xs", tone)} style={{ width: `${share * 100}%` }} title={`${words.name(row)} ${money(read(row))}`} />;
        })}
      </span>
      <span className="tabular-nums">{money(read(owners))}</span>
    </div>
  );
  return (
    <Panel title={t("gauge.owners")} detail={t("gauge.ownersNote", { currency: dto.currency })}>
      <div className="grid gap-4">
        {bar(t("overlay.before"), ({ before }) => before, false)}
        {bar(t("overlay.after"), ({ after }) => after, true)}
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {parts.map(({ id, legend, tone, row }) => <li key={id} className="flex items-center gap-1.5"><i aria-hidden="true" className={classNames("size-2.5 rounded-xs", tone)} />{t(`gauge.${legend}`, { before: millions(row.before), after: millions(row.after) })}</li>)}
          {raised?.element.column === "in" && <li>{t("gauge.legendRaised", { before: millions(raised.before), after: millions(raised.after) })}</li>}
        </ul>
      </div>
    </Panel>
  );
}
