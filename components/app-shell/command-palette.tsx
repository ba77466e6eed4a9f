"use client";

import { usePathname, useRouter } from "next/navigation";
import { Suspense, lazy, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { CommandPaletteContext } from "./command-palette-context";
import { NAV_ITEMS } from "./nav-items";

// Loaded when first opened: most visits never do.
const CommandPaletteDialog = lazy(() => import("./command-palette-dialog").then((module) => ({ default: module.CommandPaletteDialog })));
const ShortcutsDialog = lazy(() => import("./shortcuts-dialog").then((module) => ({ default: module.ShortcutsDialog })));

const CHORD_MS = 1_200;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.getAttribute("role") === "textbox");

/** A page's own search field, marked `data-page-search`, takes `/`; without one that can be seen the palette opens. */
function focusPageSearch(): boolean {
  const field = [...document.querySelectorAll<HTMLElement>("[data-page-search]")].find((one) => one.checkVisibility({ visibilityProperty: true }));
  field?.focus();
  return field !== undefined;
}

/** Keyboard of the whole product: Ctrl or ⌘ K, `/`, `?`, and `g` followed by the letter of a page. */
export function CommandPalette({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const chordUntil = useRef(0);
  const [openedAt, setOpenedAt] = useState(pathname);

  // Going to another page closes what is open.
  if (openedAt !== pathname) {
    setOpenedAt(pathname);
    setOpen(null);
  }

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((now) => (now === "palette" ? null : "palette"));
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("[role=dialog]")) return;
      if (Date.now() < chordUntil.current) {
        chordUntil.current = 0;
        const goal = NAV_ITEMS.find(({ key }) => key === event.key.toLowerCase());
        if (goal) {
          event.preventDefault();
          router.push(goal.href);
        }
        return;
      }
      if (event.key === "g") chordUntil.current = Date.now() + CHORD_MS;
      else if (event.key === "?") setOpen("shortcuts");
      else if (event.key === "/") {
        event.preventDefault();
        if (!focusPageSearch()) setOpen("palette");
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router]);

  const controls = useMemo(() => ({ openPalette: () => setOpen("palette"), openShortcuts: () => setOpen("shortcuts") }), []);
  const onOpenChange = (next: boolean) => !next && setOpen(null);
  return (
    <CommandPaletteContext value={controls}>
      {children}
      <Suspense fallback={null}>
        {open === "palette" && <CommandPaletteDialog onOpenChange={onOpenChange} onShortcuts={controls.openShortcuts} />}
        {open === "shortcuts" && <ShortcutsDialog onOpenChange={onOpenChange} />}
      </Suspense>
    </CommandPaletteContext>
  );
}
