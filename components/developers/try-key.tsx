"use client";

import { useTranslations } from "next-intl";
import { createContext, useContext, useState, type ReactNode } from "react";
import { Field, Input } from "../ui/input";

const KeyContext = createContext("");

/** The key that was pasted, as long as the page is open. */
export const useTryKey = () => useContext(KeyContext);

/** Holds the pasted key in memory alone: it goes with the page, and only into the header of what is tried. */
export function TryKey({ children }: { children: ReactNode }) {
  const t = useTranslations("developers.try");
  const [key, setKey] = useState("");
  return (
    <KeyContext value={key.trim()}>
      <Field label={t("key")} htmlFor="try-key" hint={t("keyHint")} className="max-w-xl">
        <Input id="try-key" type="password" value={key} onChange={(event) => setKey(event.target.value)} autoComplete="off" spellCheck={false} placeholder="nxa_live_…" className="font-mono" data-1p-ignore="" data-lpignore="true" />
      </Field>
      {children}
    </KeyContext>
  );
}
