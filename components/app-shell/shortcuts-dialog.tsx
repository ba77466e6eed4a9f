"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { NAV_ITEMS } from "./nav-items";

type Shortcut = { keys: string[]; text: string };

export function ShortcutsDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("shell");
  const everywhere: Shortcut[] = [
    { keys: ["Ctrl K", "⌘ K"], text: t("shortcuts.palette") },
    { keys: ["/"], text: t("shortcuts.search") },
    { keys: ["?"], text: t("shortcuts.list") },
    { keys: ["Esc"], text: t("shortcuts.close") },
    ...NAV_ITEMS.map(({ id, key }) => ({ keys: [`g ${key}`], text: t("shortcuts.goTo", { page: t(`nav.${id}`) }) })),
    { keys: ["↑ ↓"], text: t("shortcuts.rows") },
    { keys: ["Enter"], text: t("shortcuts.openRow") },
  ];
  const circuit: Shortcut[] = [
    { keys: ["[", "]"], text: t("shortcuts.circuit.quarters") },
    { keys: ["Space"], text: t("shortcuts.circuit.play") },
    { keys: ["b"], text: t("shortcuts.circuit.overlay") },
    { keys: ["t"], text: t("shortcuts.circuit.table") },
  ];
  return (
    <Dialog open onOpenChange={onOpenChange} title={t("shortcuts.title")} width="md">
      <ShortcutList rows={everywhere} />
      <h3 className="border-t border-line px-4 pt-3 text-xs font-semibold">{t("nav.circuit")}</h3>
      <ShortcutList rows={circuit} />
    </Dialog>
  );
}

function ShortcutList({ rows }: { rows: readonly Shortcut[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 p-4">
      {rows.map(({ keys, text }) => (
        <div key={text} className="contents">
          <dt className="text-muted">{text}</dt>
          <dd className="flex justify-end gap-1">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dd>
        </div>
      ))}
    </dl>
  );
}
