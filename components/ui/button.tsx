import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const BASE =
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-3.5";
const VARIANT = {
  default: "border-line-strong bg-surface-2 text-text hover:border-faint hover:bg-surface-3",
  primary: "border-accent bg-accent font-semibold text-accent-ink hover:brightness-110",
  ghost: "border-transparent text-muted hover:bg-surface-2 hover:text-text",
  danger: "border-down bg-down-soft text-down hover:brightness-110",
} as const;
// Controls grow to a finger's width on phones.
const SIZE = {
  sm: "h-7 px-2.5 text-xs max-md:h-10",
  md: "h-8 px-3 text-xs max-md:h-10",
  lg: "h-9 px-3.5 text-sm max-md:h-11",
  icon: "size-8 max-md:size-10",
} as const;

export type ButtonProps = ComponentProps<"button"> & {
  variant?: keyof typeof VARIANT;
  size?: keyof typeof SIZE;
  /** Gives the looks to its only child, such as a link. */
  asChild?: boolean;
};

export function Button({ variant = "default", size = "sm", asChild = false, className, type, ...rest }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return <Element type={asChild ? undefined : (type ?? "button")} className={classNames(BASE, VARIANT[variant], SIZE[size], className)} {...rest} />;
}
