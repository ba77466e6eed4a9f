"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { useHydrated } from "../ui/use-hydrated";
import { AuthCard, FormNote } from "./auth-card";
import { loadAnew } from "./auth-client";
import { PasswordField } from "./password-field";
import { useAccountError } from "./use-account-error";
import { useLinkToken } from "./use-link-token";

export function ResetPasswordForm() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const { ofError, fieldOf } = useAccountError();
  const token = useLinkToken();
  const hydrated = useHydrated();
  const [password, setPassword] = useState("");
  const reset = useMutation(account.resetPassword.mutationOptions({ onSuccess: () => loadAnew("/sign-in?news=reset") }));
  const atField = reset.error && fieldOf(reset.error) === "password";
  return (
    <AuthCard title={t("reset.title")}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); if (token) reset.mutate({ token, password }); }}>
        {reset.error && !atField && <FormNote tone="down">{ofError(reset.error)}</FormNote>}
        {hydrated && token === null && <FormNote tone="down">{t("verify.missing")}</FormNote>}
        <p className="text-sm text-muted">{t("reset.text")}</p>
        <PasswordField label={t("newPassword")} value={password} onChange={setPassword} autoComplete="new-password" hint={t("passwordHint")} error={atField ? ofError(reset.error) : null} />
        <Button type="submit" variant="primary" size="lg" disabled={token === null || reset.isPending || reset.isSuccess}>{t("reset.submit")}</Button>
      </form>
    </AuthCard>
  );
}
