"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { createContext, useCallback, useContext, useRef, useState, type FormEvent, type ReactNode } from "react";
import type { OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError, toldError } from "../app-shell/wire-error";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FormNote } from "./auth-card";
import { goToProvider } from "./auth-client";
import { PasswordField, TextField } from "./password-field";
import { useAccountError } from "./use-account-error";

type Guarded = <T>(action: () => Promise<T>) => Promise<T>;
const StepUpContext = createContext<Guarded | null>(null);

/** Wraps an action that asks for a fresh proof of the person: when it is refused for that reason, the proof is asked for and the action done again. */
export function useStepUp(): Guarded {
  const guarded = useContext(StepUpContext);
  if (!guarded) throw new Error("useStepUp stands below StepUpProvider");
  return guarded;
}

type Waiting = { proved: () => void; givenUp: (reason: unknown) => void; refusal: unknown };

export function StepUpProvider({ children }: { children: ReactNode }) {
  const waiting = useRef<Waiting | null>(null);
  const [open, setOpen] = useState(false);
  const guarded = useCallback<Guarded>(async (action) => {
    try {
      return await action();
    } catch (refusal) {
      const { reason } = refusal instanceof AppError ? toldError(refusal) : shownError(refusal);
      if (reason !== "STEP_UP_NEEDED") throw refusal;
      await new Promise<void>((proved, givenUp) => {
        waiting.current = { proved, givenUp, refusal };
        setOpen(true);
      });
      return action();
    }
  }, []);
  const settle = (proved: boolean) => {
    setOpen(false);
    if (proved) waiting.current?.proved();
    else waiting.current?.givenUp(waiting.current.refusal);
    waiting.current = null;
  };
  return (
    <StepUpContext value={guarded}>
      {children}
      {open && <StepUpDialog onEnd={settle} />}
    </StepUpContext>
  );
}

function StepUpDialog({ onEnd }: { onEnd: (proved: boolean) => void }) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const client = useQueryClient();
  const { ofError } = useAccountError();
  const [typed, setTyped] = useState("");
  const { data: known } = useQuery(account.getSecurity.queryOptions());
  const byCode = Boolean(known?.mfaEnabledAt);
  const prove = useMutation(
    account.stepUp.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: account.getSecurity.queryKey() });
        onEnd(true);
      },
      onError: () => setTyped(""),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate(byCode ? { code: typed } : { password: typed });
  };
  // Whoever has neither signs in once more, which counts as a proof.
  if (known && !byCode && !known.hasPassword) return <SignInAgain providers={known.providers.map(({ provider }) => provider)} onEnd={onEnd} />;
  return (
    <Dialog open onOpenChange={() => onEnd(false)} title={t("stepUp.title")} description={t(byCode ? "stepUp.code" : "stepUp.password")} width="md">
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        {prove.error && <FormNote tone="down">{ofError(prove.error)}</FormNote>}
        {byCode ? <TextField label={t("code")} value={typed} onChange={setTyped} autoComplete="one-time-code" maxLength={60} autoFocus mono /> : <PasswordField label={t("password")} value={typed} onChange={setTyped} autoComplete="current-password" autoFocus />}
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={() => onEnd(false)}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" size="lg" disabled={prove.isPending}>{t("stepUp.submit")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function SignInAgain({ providers, onEnd }: { providers: readonly OauthProvider[]; onEnd: (proved: boolean) => void }) {
  const t = useTranslations("account");
  const { ofReason } = useAccountError();
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <Dialog open onOpenChange={() => onEnd(false)} title={t("stepUp.title")} description={t("stepUp.again")} width="md">
      <div className="flex flex-col gap-3 p-4">
        {refusal && <FormNote tone="down">{ofReason(refusal)}</FormNote>}
        {providers.map((provider) => <Button key={provider} size="lg" variant="primary" onClick={() => void goToProvider(provider, `${location.pathname}${location.search}`).then(setRefusal)}>{t("signIn.with", { provider: t(`providers.${provider}`) })}</Button>)}
        <Button size="lg" onClick={() => onEnd(false)}>{t("cancel")}</Button>
      </div>
    </Dialog>
  );
}
