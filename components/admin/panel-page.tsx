import type { ReactNode } from "react";

/** The body of a panel: its heading, a sentence about it, what can be begun, and the rest. */
export function PanelPage({ title, note, actions, children }: { title: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-3 p-4 md:p-6">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        {note && <p className="min-w-0 text-xs text-muted">{note}</p>}
        {actions && <div className="ml-auto flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
