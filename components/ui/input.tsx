import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";
import { Kbd } from "./kbd";

const FIELD =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface-0 px-2.5 text-sm text-text transition-colors placeholder:text-faint hover:border-faint disabled:opacity-50 aria-invalid:border-down light:bg-surface-1 max-md:h-10 max-md:text-lg";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(FIELD, className)} {...rest} />;
}

/** The search field of a page; `/` goes to it. Give it an `aria-label`. */
export function SearchInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <div className={classNames("relative", className)}>
      <Search aria-hidden="true" strokeWidth={1.6} className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint" />
      <input type="search" data-page-search="" aria-keyshortcuts="/" className={classNames(FIELD, "pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden")} {...rest} />
      <Kbd className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 max-md:hidden">/</Kbd>
    </div>
  );
}

type FieldProps = { label: string; htmlFor: string; hint?: ReactNode; /** Said beside the field and read out with it; set `aria-invalid` and `aria-describedby={`${id}-error`}` on the input. */ error?: string | null; children: ReactNode; className?: string };

/** A labelled field with its hint or its mistake. */
export function Field({ label, htmlFor, hint, error, children, className }: FieldProps) {
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={htmlFor} className="text-2xs font-medium text-muted">{label}</label>
      {children}
      {error ? <p id={`${htmlFor}-error`} role="alert" className="text-2xs text-down">{error}</p> : hint ? <p className="text-2xs text-muted">{hint}</p> : null}
    </div>
  );
}
