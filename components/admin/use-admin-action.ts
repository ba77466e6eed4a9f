"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useStepUp } from "../account/step-up-provider";
import { useErrorText } from "../app-shell/error-text";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError } from "../app-shell/wire-error";
import { toast } from "../ui/toast";

type Said = {
  text: string;
  /** Puts back what was there before; offered while the news is on the screen. */
  undo?: () => Promise<unknown>;
};

const UNDO_WITHIN_MS = 12_000;

/** Does what an admin asks for: with a fresh proof where one is needed, and all panels read anew after it. `run` gives null when it was refused. */
export function useAdminAction() {
  const t = useTranslations("admin");
  const general = useErrorText();
  const guarded = useStepUp();
  const client = useQueryClient();
  const { admin } = useTRPC();
  const runningRef = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const words = (refusal: unknown) => {
    const shown = shownError(refusal);
    if (shown.reason !== null && t.has(`reasons.${shown.reason}`)) return t(`reasons.${shown.reason}`);
    return shown.field !== null && t.has(`fields.${shown.field}`) ? t(`fields.${shown.field}`) : general(shown);
  };
  // What was refused may be so because the panel shows what is no more.
  const readAnew = () => client.invalidateQueries({ queryKey: admin.pathKey() });
  const takeBack = async (undo: () => Promise<unknown>) => {
    try {
      await guarded(undo);
      toast.success(t("common.undone"));
    } catch (refusal) {
      toast.error(words(refusal));
    }
    await readAnew();
  };
  const run = async <T>(act: () => Promise<T>, said?: Said): Promise<T | null> => {
    // A second press comes before the button is drawn as busy.
    if (runningRef.current) return null;
    runningRef.current = true;
    setBusy(true);
    setError(null);
    try {
      const result = await guarded(act);
      await readAnew();
      const undo = said?.undo;
      if (said) toast.success(said.text, undo && { duration: UNDO_WITHIN_MS, action: { label: t("common.undo"), onClick: () => void takeBack(undo) } });
      return result;
    } catch (refusal) {
      setError(words(refusal));
      void readAnew();
      return null;
    } finally {
      runningRef.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error };
}
