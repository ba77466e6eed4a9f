import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Props = { title: ReactNode; /** Small words after the title: unit, window. */ detail?: ReactNode; /** At the right edge: switches, badge. */ actions?: ReactNode; children: ReactNode; id?: string; className?: string; bodyClassName?: string };

/** A titled part of a page. */
export function Panel({ title, detail, actions, children, id, className, bodyClassName = "p-4" }: Props) {
  return (
    <section aria-label={typeof title === "string" ? title : undefined} id={id} className={classNames("panel min-w-0", className)}>
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {detail && <span className="min-w-0 text-2xs text-muted">{detail}</span>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={bodyClassName}>{children}</div>
    </section>
  );
}
