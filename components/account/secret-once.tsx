"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** A secret that is shown this once: it leaves the page with the dialog. */
export function SecretOnce({ title, text, secret, onClose }: { title: string; text: string; secret: string; onClose: () => void }) {
  const t = useTranslations("api-keys");
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <Dialog open onOpenChange={onClose} title={title} description={text} width="xl">
      <div className="flex flex-col gap-4 p-4">
        <output className="rounded-md border border-line-strong bg-surface-0 p-3 font-mono text-sm break-all select-all">{secret}</output>
        <div className="flex items-center justify-end gap-2">
          <span role="status" className="mr-auto text-xs text-up">{copied && t("copied")}</span>
          <Button size="lg" onClick={copy}>{copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}{t("copy")}</Button>
          <Button size="lg" variant="primary" onClick={onClose}>{t("kept")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
