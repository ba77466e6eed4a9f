import type { ReactNode } from "react";

/** Figures with their names, side by side; a definition stands below where one is given. */
export function FactList({ facts }: { facts: readonly { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]">
      {facts.map(({ label, value, note }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="text-base font-semibold break-words">{value}</dd>
          {note && <dd className="text-2xs text-muted">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
