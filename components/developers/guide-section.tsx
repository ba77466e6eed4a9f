import type { ReactNode } from "react";

/** A titled part of the guide, reached from the list at its side. */
export function GuideSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex min-w-0 scroll-mt-20 flex-col gap-3 max-md:scroll-mt-32">
      <h2 id={`${id}-title`} className="text-lg font-semibold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}

/** A small table of two or more columns that scrolls by itself on phones. */
export function GuideTable({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <div className="panel overflow-x-auto">
      <table aria-label={label} className="w-full text-left text-xs">
        <thead className="text-2xs text-muted"><tr className="border-b border-line">{head.map((name) => <th key={name} scope="col" className="px-4 py-2 font-medium">{name}</th>)}</tr></thead>
        <tbody>{rows.map((cells, row) => <tr key={row} className="border-b border-line align-top last:border-b-0">{cells.map((cell, column) => <td key={column} className={`px-4 py-2 ${column === 0 ? "font-mono font-medium whitespace-nowrap" : "text-muted"}`}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
