"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { Panel } from "../ui/panel";
import { FormNote } from "./auth-card";
import { PasswordField } from "./password-field";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

export function PasswordPanel() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError, fieldOf } = useAccountError();
  const { data: security } = useSuspenseQuery(account.getSecurity.queryOptions());
  const [fields, setFields] = useState({ currentPassword: "", password: "" });
  const change = useMutation(account.changePassword.mutationOptions());
  const save = useMutation({
    mutationFn: () => guarded(() => change.mutateAsync(security.hasPassword ? fields : { password: fields.password })),
    onSuccess() {
      setFields({ currentPassword: "", password: "" });
      void client.invalidateQueries({ queryKey: account.pathKey() });
    },
  });
  const at = (field: string) => (save.error && fieldOf(save.error) === field ? ofError(save.error) : null);
  return (
    <Panel title={t("security.passwordTitle")}>
      <form className="flex max-w-sm flex-col gap-3" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        {save.isSuccess && <FormNote tone="up">{t("security.passwordChanged")}</FormNote>}
        {save.error && !at("password") && !at("currentPassword") && <FormNote tone="down">{ofError(save.error)}</FormNote>}
        {security.hasPassword ? <PasswordField label={t("currentPassword")} value={fields.currentPassword} onChange={(currentPassword) => setFields({ ...fields, currentPassword })} autoComplete="current-password" error={at("currentPassword")} /> : <p className="text-xs text-muted">{t("security.passwordNone")}</p>}
        <PasswordField label={t("newPassword")} value={fields.password} onChange={(password) => setFields({ ...fields, password })} autoComplete="new-password" hint={t("passwordHint")} error={at("password")} />
        <Button type="submit" size="md" className="self-start" disabled={save.isPending}>{t(security.hasPassword ? "security.passwordChange" : "security.passwordSet")}</Button>
      </form>
    </Panel>
  );
}
