"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState, type FormEvent } from "react";
import type { OauthProvider } from "@/server/contracts/account";
import { Button } from "../ui/button";
import { AuthCard, FormNote } from "./auth-card";
import { goToProvider, loadAnew, signInHere } from "./auth-client";
import { PasswordField, TextField } from "./password-field";
import { useAccountError } from "./use-account-error";

type Props = { to: string; providers: readonly OauthProvider[]; /** A provider's proof that waits for the code. */ halfWay: string | null; /** What a provider's way back brought. */ failed: string | null; news: "expired" | "verified" | "reset" | "erasing" | null };
type Step = "password" | "code" | "new-password";

/** Password, then the code where a second factor is set up, or a new password where the old one was for one time. */
export function SignInForm({ to, providers, halfWay, failed, news }: Props) {
  const t = useTranslations("account");
  const { ofReason } = useAccountError();
  const [step, setStep] = useState<Step>(halfWay ? "code" : "password");
  const [fields, setFields] = useState({ email: "", password: "", code: "", newPassword: "" });
  const [refusal, setRefusal] = useState<string | null>(failed);
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof fields) => (value: string) => setFields((all) => ({ ...all, [name]: value }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    const outcome = await signInHere(halfWay ? { halfWay, code: fields.code } : fields);
    if (outcome.ok) return loadAnew(to);
    setBusy(false);
    if (outcome.reason === "CODE_NEEDED") return setStep("code");
    if (outcome.reason === "NEW_PASSWORD_NEEDED") return setStep("new-password");
    setFields((all) => ({ ...all, code: "" }));
    if (outcome.reason === "SIGN_IN_REFUSED") setStep("password");
    setRefusal(outcome.reason);
  }

  const title = { password: t("signIn.title"), code: t("signIn.codeTitle"), "new-password": t("signIn.newTitle") }[step];
  return (
    <AuthCard title={title} footer={step === "password" && <>{t("signIn.noAccount")} <Link href="/register" className="font-medium text-accent hover:underline">{t("signIn.register")}</Link></>}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {refusal ? <FormNote tone="down">{ofReason(refusal)}</FormNote> : news && step === "password" && <FormNote tone={news === "expired" || news === "erasing" ? "neutral" : "up"}>{t(`signIn.${news}`)}</FormNote>}
        {step === "password" && (
          <>
            <TextField label={t("email")} type="email" value={fields.email} onChange={set("email")} autoComplete="username" inputMode="email" autoFocus />
            <PasswordField label={t("password")} value={fields.password} onChange={set("password")} autoComplete="current-password" />
          </>
        )}
        {step === "code" && <TextField label={t("code")} value={fields.code} onChange={set("code")} autoComplete="one-time-code" hint={t("signIn.codeHint")} maxLength={60} autoFocus mono />}
        {step === "new-password" && <PasswordField label={t("newPassword")} value={fields.newPassword} onChange={set("newPassword")} autoComplete="new-password" hint={<>{t("signIn.newHint")} {t("passwordHint")}</>} autoFocus />}
        <Button type="submit" variant="primary" size="lg" disabled={busy}>{step === "password" ? t("signIn.submit") : t("goOn")}</Button>
        {step === "password" && <Link href="/forgot-password" className="self-center text-xs text-muted hover:text-text hover:underline">{t("signIn.forgot")}</Link>}
      </form>
      {step === "password" && providers.length > 0 && (
        <div className="mt-4 flex flex-col gap-2 border-t border-line pt-4">
          <p className="text-center text-2xs text-muted">{t("signIn.or")}</p>
          {providers.map((provider) => (
            <Button key={provider} size="lg" onClick={() => void goToProvider(provider, to).then(setRefusal)}>{t("signIn.with", { provider: t(`providers.${provider}`) })}</Button>
          ))}
        </div>
      )}
    </AuthCard>
  );
}
