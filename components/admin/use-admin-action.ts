"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStepUp } from "../account/step-up-provider";
import { useErrorText } from "../app-shell/error-text";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError } from "../app-shell/wire-error";
import { toast } from "../ui/toast";

/** Does what an admin asks for: with a fresh proof where one is needed, and all panels read anew after it. `run` gives null when it was refused. */
export function useAdminAction() {
  const t = useTranslations("admin");
  const general = useErrorText();
  const guarded = useStepUp();
  const client = useQueryClient();
  const { admin } = useTRPC();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async <T>(act: () => Promise<T>, said?: string): Promise<T | null> => {
    setBusy(true);
    setError(null);
    try {
      const result = await guarded(act);
      await client.invalidateQueries({ queryKey: admin.pathKey() });
      if (said) toast.success(said);
      return result;
    } catch (refusal) {
      const shown = shownError(refusal);
      setError(shown.reason !== null && t.has(`reasons.${shown.reason}`) ? t(`reasons.${shown.reason}`) : shown.field !== null && t.has(`fields.${shown.field}`) ? t(`fields.${shown.field}`) : general(shown));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error };
}
