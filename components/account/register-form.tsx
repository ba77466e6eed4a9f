"use client";

import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { LOCALES } from "@/server/contracts/account";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { AuthCard, FormNote } from "./auth-card";
import { PasswordField, TextField } from "./password-field";
import { useAccountError } from "./use-account-error";

export function RegisterForm() {
  const t = useTranslations("account");
  const locale = useLocale();
  const { account } = useTRPC();
  const { ofError, fieldOf } = useAccountError();
  const [fields, setFields] = useState({ name: "", email: "", password: "" });
  const set = (name: keyof typeof fields) => (value: string) => setFields((all) => ({ ...all, [name]: value }));
  const register = useMutation(account.register.mutationOptions());
  const again = useMutation(account.requestVerification.mutationOptions());
  const wrong = register.error ? { field: fieldOf(register.error), text: ofError(register.error) } : null;
  const wrongAt = (field: string) => (wrong?.field === field ? wrong.text : null);

  if (register.isSuccess) {
    return (
      <AuthCard title={t("register.sentTitle")}>
        <div className="flex flex-col gap-4 text-sm text-muted">
          <p>{t("register.sent", { email: fields.email.trim() })}</p>
          <p>{t("register.fromMail")}</p>
          {again.isSuccess ? <FormNote tone="up">{t("register.sentAgain")}</FormNote> : again.error && <FormNote tone="down">{ofError(again.error)}</FormNote>}
          <div className="flex flex-wrap gap-2">
            <Button asChild variant="primary" size="lg"><Link href="/sign-in">{t("register.signIn")}</Link></Button>
            <Button size="lg" disabled={again.isPending} onClick={() => again.mutate({ email: fields.email })}>{t("register.again")}</Button>
          </div>
        </div>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("register.title")} footer={<>{t("register.have")} <Link href="/sign-in" className="font-medium text-accent hover:underline">{t("register.signIn")}</Link></>}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const { name, email, password } = fields;
          register.mutate({ email, password, ...(name.trim() && { name }), locale: LOCALES.find((one) => one === locale) ?? "en", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC" });
        }}
      >
        {wrong && !["email", "password", "name"].includes(wrong.field ?? "") && <FormNote tone="down">{wrong.text}</FormNote>}
        <TextField label={`${t("name")} (${t("optional")})`} value={fields.name} onChange={set("name")} autoComplete="name" required={false} maxLength={80} error={wrongAt("name")} />
        <TextField label={t("email")} type="email" value={fields.email} onChange={set("email")} autoComplete="username" inputMode="email" error={wrongAt("email")} />
        <PasswordField label={t("password")} value={fields.password} onChange={set("password")} autoComplete="new-password" hint={t("passwordHint")} error={wrongAt("password")} />
        <Button type="submit" variant="primary" size="lg" disabled={register.isPending}>{t("register.submit")}</Button>
      </form>
    </AuthCard>
  );
}
