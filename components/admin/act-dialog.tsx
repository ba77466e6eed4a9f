"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { FormNote } from "../account/auth-card";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input } from "../ui/input";
import { useAdminAction } from "./use-admin-action";

type Given = { reason: string; typed: string };
type Props = {
  title: string;
  text?: string;
  action: string;
  danger?: boolean;
  /** Asks why; the audit log keeps it. */
  asksReason?: boolean;
  /** Has to be typed, letter by letter, before it is done. */
  typed?: string | null;
  /** Said when it is done. */
  said?: string;
  disabled?: boolean;
  act: (given: Given) => Promise<unknown>;
  /** Puts back what was there before, where that can be done. */
  undo?: () => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
};

/** Every act of an admin goes through here: what will happen, why, and a last look. */
export function ActDialog({ title, text, action, danger = false, asksReason = false, typed = null, said, disabled = false, act, undo, onClose, children }: Props) {
  const t = useTranslations("admin.common");
  const id = useId();
  const [reason, setReason] = useState("");
  const [word, setWord] = useState("");
  const { run, busy, error } = useAdminAction();
  const ready = !disabled && !busy && (!asksReason || reason.trim().length >= 3) && (typed === null || word.trim().toUpperCase() === typed);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Enter in a field asks as the button does, also while the button is off.
    if (!ready) return;
    if ((await run(() => act({ reason: reason.trim(), typed: word.trim() }), { text: said ?? t("done"), undo })) !== null) onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={title} description={text} width="md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 p-4">
        {error && <FormNote tone="down">{error}</FormNote>}
        {children}
        {asksReason && (
          <Field label={t("reason")} htmlFor={`${id}-reason`} hint={t("reasonHint")}>
            <Input id={`${id}-reason`} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} required minLength={3} />
          </Field>
        )}
        {typed !== null && (
          <Field label={t("typeToConfirm", { key: typed })} htmlFor={`${id}-typed`}>
            <Input id={`${id}-typed`} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" className="font-mono" />
          </Field>
        )}
        <div className="mt-1 flex justify-end gap-2">
          <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
          <Button size="lg" type="submit" variant={danger ? "danger" : "primary"} disabled={!ready}>{action}</Button>
        </div>
      </form>
    </Dialog>
  );
}
