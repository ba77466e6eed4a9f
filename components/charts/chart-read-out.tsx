import type { LegendItem } from "./chart-frame";

/** The small card beside the pointer. */
export function ChartReadOut({ title, items }: { title: string; items: readonly LegendItem[] }) {
  return (
    <div className="panel px-2.5 py-2 text-xs text-text shadow-float">
      <p className="mb-1 text-2xs text-muted">{title}</p>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
        {items.map(({ id, label, colour, value }) => (
          <div key={id} className="contents">
            <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true"><rect width="8" height="8" rx="2" fill={colour} /></svg>
            <dt className="text-muted">{label}</dt>
            <dd className="text-right font-medium whitespace-nowrap tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
