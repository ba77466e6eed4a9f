"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode } from "react";
import { Field, Input } from "../ui/input";

type Props = { label: string; value: string; onChange: (value: string) => void; autoComplete: "current-password" | "new-password"; hint?: ReactNode; error?: string | null; autoFocus?: boolean };

/** A password that can be looked at; pasting and password managers are welcome. */
export function PasswordField({ label, value, onChange, autoComplete, hint, error, autoFocus }: Props) {
  const t = useTranslations("account");
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} htmlFor={id} hint={hint} error={error}>
      <div className="relative">
        <Input
          id={id}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          required
          maxLength={1024}
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="pr-16"
        />
        <button type="button" aria-pressed={shown} aria-label={`${t("show")}: ${label}`} onClick={() => setShown(!shown)} className="absolute inset-y-0 right-0 px-2.5 text-2xs font-medium text-muted hover:text-text">
          {shown ? t("hide") : t("show")}
        </button>
      </div>
    </Field>
  );
}

type TextProps = { label: string; value: string; onChange: (value: string) => void; type?: "text" | "email"; autoComplete?: string; hint?: ReactNode; error?: string | null; autoFocus?: boolean; required?: boolean; maxLength?: number; inputMode?: "text" | "numeric" | "email"; mono?: boolean };

export function TextField({ label, value, onChange, type = "text", autoComplete = "off", hint, error, autoFocus, required = true, maxLength = 254, inputMode, mono }: TextProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} hint={hint} error={error}>
      <Input id={id} type={type} value={value} onChange={(event) => onChange(event.target.value)} autoComplete={autoComplete} autoFocus={autoFocus} required={required} maxLength={maxLength} inputMode={inputMode} spellCheck={false} autoCapitalize="none" aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} className={mono ? "font-mono" : undefined} />
    </Field>
  );
}
