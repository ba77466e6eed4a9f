"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { classNames } from "./class-names";

const OVERLAY = "fixed inset-0 z-50 animate-fade bg-black/60";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** The title is read out but not shown. */
  hideTitle?: boolean;
  children: ReactNode;
  width?: "md" | "xl";
  className?: string;
};

const WIDTH = { md: "max-w-md", xl: "max-w-xl" } as const;

/** Brings focus back to where it was: Radix does so only for a window that was opened by a trigger of its own. */
function useFocusReturn() {
  const cameFromRef = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      cameFromRef.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const { current } = cameFromRef;
      // What opened it may be gone with what was done.
      const target = current instanceof HTMLElement && current.isConnected && current !== document.body ? current : document.getElementById("main");
      target?.focus();
    },
  };
}

function Heading({ title, description, hideTitle }: Pick<DialogProps, "title" | "description" | "hideTitle">) {
  const t = useTranslations("ui");
  return (
    <div className={hideTitle ? "sr-only" : "flex items-start gap-3 border-b border-line py-3 pr-2 pl-4"}>
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
        {description && <Radix.Description className="text-xs text-muted">{description}</Radix.Description>}
      </div>
      {!hideTitle && (
        <Radix.Close aria-label={t("close")} className="grid size-8 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-text max-md:size-10">
          <X aria-hidden="true" className="size-4" />
        </Radix.Close>
      )}
    </div>
  );
}

/** A window over the page; Escape and a click beside it close it, focus goes back to where it was. */
export function Dialog({ open, onOpenChange, title, description, hideTitle = false, children, width = "xl", className }: DialogProps) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          {...focus}
          aria-describedby={description ? undefined : ""}
          className={classNames("panel fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-fade overflow-auto shadow-float", WIDTH[width], className)}
        >
          <Heading title={title} description={description} hideTitle={hideTitle} />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type SheetProps = Omit<DialogProps, "width"> & { /** Where it comes from; on phones always from below. */ side?: "right" | "bottom" };

/** A panel from the side, or from below on phones. */
export function Sheet({ open, onOpenChange, title, description, hideTitle = false, children, className, side = "right" }: SheetProps) {
  const place =
    side === "right"
      ? "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl max-md:animate-sheet md:inset-x-auto md:inset-y-0 md:right-0 md:max-h-none md:w-96 md:animate-side md:rounded-none md:border-l"
      : "inset-x-0 bottom-0 max-h-[85dvh] animate-sheet rounded-t-xl border-t";
  const focus = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content {...focus} aria-describedby={description ? undefined : ""} className={classNames("fixed z-50 flex flex-col overflow-hidden border-line bg-surface-1 pb-[env(safe-area-inset-bottom)] shadow-float", place, className)}>
          <div aria-hidden="true" className={classNames("mx-auto mt-2 h-1 w-9 flex-none rounded-full bg-line-strong", side === "right" && "md:hidden")} />
          <Heading title={title} description={description} hideTitle={hideTitle} />
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
