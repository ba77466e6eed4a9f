"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { AuthCard, FormNote } from "./auth-card";
import { TextField } from "./password-field";
import { useAccountError } from "./use-account-error";

export function ForgotPasswordForm() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const { ofError } = useAccountError();
  const [email, setEmail] = useState("");
  const request = useMutation(account.requestPasswordReset.mutationOptions());
  const back = <Link href="/sign-in" className="font-medium text-accent hover:underline">{t("signIn.submit")}</Link>;
  if (request.isSuccess) return <AuthCard title={t("forgot.sentTitle")} footer={back}><p className="text-sm text-muted">{t("forgot.sent", { email: email.trim() })}</p></AuthCard>;
  return (
    <AuthCard title={t("forgot.title")} footer={back}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); request.mutate({ email }); }}>
        {request.error && <FormNote tone="down">{ofError(request.error)}</FormNote>}
        <p className="text-sm text-muted">{t("forgot.text")}</p>
        <TextField label={t("email")} type="email" value={email} onChange={setEmail} autoComplete="username" inputMode="email" autoFocus />
        <Button type="submit" variant="primary" size="lg" disabled={request.isPending}>{t("forgot.submit")}</Button>
      </form>
    </AuthCard>
  );
}
