import type { ReactNode } from "react";

/** The narrow page of one form. */
export function AuthCard({ title, children, footer }: { title: string; children: ReactNode; footer?: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-[25rem] flex-col gap-4 px-4 py-10 md:py-16">
      <section className="panel p-5 md:p-6">
        <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
        {children}
      </section>
      {footer && <div className="text-center text-sm text-muted">{footer}</div>}
    </div>
  );
}

/** A sentence above a form: what went wrong, or what has just been done. */
export function FormNote({ tone, children }: { tone: "down" | "up" | "neutral"; children: ReactNode }) {
  const look = { down: "border-down bg-down-soft text-down", up: "border-up bg-up-soft text-up", neutral: "border-line-strong bg-surface-2 text-text" }[tone];
  return <p role={tone === "down" ? "alert" : "status"} className={`rounded-md border px-3 py-2 text-xs ${look}`}>{children}</p>;
}
