"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "../ui/dialog";
import { Segmented } from "../ui/segmented";

export type OpenedMail = { subject: string; text: string; html: string };

const LOOKS = ["html", "text"] as const;

/** A mail as it will arrive, and its text. What it holds is other people's: nothing of it runs, loads or leads anywhere. */
export function MailPreview({ mail, onClose }: { mail: OpenedMail; onClose: () => void }) {
  const t = useTranslations("admin.mail");
  const [look, setLook] = useState<(typeof LOOKS)[number]>(mail.html ? "html" : "text");
  return (
    <Dialog open onOpenChange={onClose} title={mail.subject} className="max-w-2xl">
      <div className="flex flex-col gap-3 p-4">
        {mail.html && <Segmented label={t("look")} value={look} onChange={setLook} options={LOOKS.map((value) => ({ value, label: t(`looks.${value}`) }))} />}
        {look === "html" ? (
          <iframe sandbox="" title={t("frame", { subject: mail.subject })} srcDoc={lockedDocument(mail.html)} className="h-[50vh] w-full rounded-md border border-line bg-white" />
        ) : (
          <pre tabIndex={0} aria-label={t("looks.text")} className="max-h-[50vh] overflow-auto rounded-md border border-line bg-surface-0 p-3 font-mono text-xs whitespace-pre-wrap break-words">{mail.text || t("noText")}</pre>
        )}
      </div>
    </Dialog>
  );
}

/**
 * The frame has no scripts, no forms and no origin by its sandbox, and keeps the policy of this page, which lets it be a frame only because it has no address of its own. A link in it
 * asks for a new window, which the sandbox refuses. Its own policy adds that it loads nothing, so that no picture tells a sender that somebody has looked.
 */
export const lockedDocument = (html: string): string => `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><base target="_blank">${html}`;
