"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FormNote } from "./auth-card";

type Props = { title: string; text: string; action: string; danger?: boolean; busy: boolean; error?: string | null; onConfirm: () => void; onClose: () => void; children?: ReactNode };

/** Asks before something is done that others will notice. */
export function ConfirmDialog({ title, text, action, danger = false, busy, error, onConfirm, onClose, children }: Props) {
  const t = useTranslations("api-keys");
  return (
    <Dialog open onOpenChange={onClose} title={title} description={text} width="md">
      <div className="flex flex-col gap-4 p-4">
        {error && <FormNote tone="down">{error}</FormNote>}
        {children}
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
          <Button size="lg" variant={danger ? "danger" : "primary"} disabled={busy} onClick={onConfirm}>{action}</Button>
        </div>
      </div>
    </Dialog>
  );
}
