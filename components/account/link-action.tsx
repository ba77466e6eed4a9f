"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { useHydrated } from "../ui/use-hydrated";
import { AuthCard, FormNote } from "./auth-card";
import { loadAnew } from "./auth-client";
import { useAccountError } from "./use-account-error";
import { useLinkToken } from "./use-link-token";

/** What a link in a mail is for. It is done by a press and not by opening the page: programs that look through mails open links too. */
export function LinkAction({ action }: { action: "verify" | "change" | "keep" }) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const { ofError } = useAccountError();
  const token = useLinkToken();
  const hydrated = useHydrated();
  const verify = useMutation(account.verifyEmail.mutationOptions({ onSuccess: () => loadAnew("/sign-in?news=verified") }));
  const change = useMutation(account.confirmEmailChange.mutationOptions());
  const keep = useMutation(account.cancelErasure.mutationOptions());
  const mutation = { verify, change, keep }[action];
  const words = action === "keep" ? "keep" : "verify";
  return (
    <AuthCard title={t(`${words}.title`)}>
      <div className="flex flex-col gap-4">
        {mutation.error && <FormNote tone="down">{ofError(mutation.error)}</FormNote>}
        {hydrated && token === null && <FormNote tone="down">{t("verify.missing")}</FormNote>}
        {mutation.isSuccess && action !== "verify" ? (
          <>
            <FormNote tone="up">{t(action === "keep" ? "keep.done" : "verify.doneChange")}</FormNote>
            <Button asChild variant="primary" size="lg"><Link href={action === "keep" ? "/sign-in" : "/settings/profile"}>{t(action === "keep" ? "signIn.submit" : "verify.toSettings")}</Link></Button>
          </>
        ) : (
          <>
            <p className="text-sm text-muted">{t(`${words}.text`)}</p>
            <Button variant="primary" size="lg" disabled={token === null || mutation.isPending || mutation.isSuccess} onClick={() => token && mutation.mutate({ token })}>{t(`${words}.submit`)}</Button>
          </>
        )}
      </div>
    </AuthCard>
  );
}
