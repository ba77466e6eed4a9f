"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import type { CreateApiKeyInput } from "@/server/contracts/api-key";
import { API_SCOPES, type ApiScope } from "@/server/domain/account/api-key-format";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/input";
import { Select } from "../ui/select";
import { FormNote } from "./auth-card";
import { TextField } from "./password-field";

const LIFETIMES = ["30", "90", "365", "never"] as const;

type Props = { busy: boolean; error: string | null; onSubmit: (input: CreateApiKeyInput) => void; onClose: () => void };

/** What a new key may do, from where, and for how long. */
export function ApiKeyForm({ busy, error, onSubmit, onClose }: Props) {
  const t = useTranslations("api-keys");
  const { account } = useTRPC();
  const { data: me } = useQuery(account.getMe.queryOptions());
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ApiScope[]>(["read"]);
  const [origins, setOrigins] = useState("");
  const [lifetime, setLifetime] = useState<(typeof LIFETIMES)[number]>("365");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name, scopes, allowedOrigins: origins.split(/\s+/).filter((origin) => origin !== ""), expiresInDays: lifetime === "never" ? null : Number(lifetime) });
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("create.title")} description={t("create.text")} width="md">
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        {error && <FormNote tone="down">{error}</FormNote>}
        <TextField label={t("create.name")} value={name} onChange={setName} maxLength={80} autoFocus hint={t("create.nameHint")} />
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-2xs font-medium text-muted">{t("create.scopes")}</legend>
          {API_SCOPES.filter((scope) => scope !== "admin" || me?.role === "ADMIN").map((scope) => (
            <Checkbox key={scope} checked={scopes.includes(scope)} onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))} label={<><code className="font-mono font-semibold">{scope}</code><span className="text-muted">{t(`scopes.${scope}`)}</span></>} className="min-h-7" />
          ))}
        </fieldset>
        <Field label={t("create.lifetime")} htmlFor="api-key-lifetime" hint={t("create.lifetimeHint")}>
          <Select id="api-key-lifetime" label={t("create.lifetime")} value={lifetime} onChange={setLifetime} options={LIFETIMES.map((value) => ({ value, label: value === "never" ? t("create.never") : t("create.days", { days: Number(value) }) }))} />
        </Field>
        <Field label={t("create.origins")} htmlFor="api-key-origins" hint={t("create.originsHint")}>
          <textarea id="api-key-origins" rows={2} value={origins} onChange={(event) => setOrigins(event.target.value)} spellCheck={false} placeholder="https://desk.example" className="w-full rounded-md border border-line-strong bg-surface-0 px-2.5 py-1.5 font-mono text-xs placeholder:text-faint light:bg-surface-1 max-md:text-base" />
        </Field>
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
          <Button size="lg" type="submit" variant="primary" disabled={busy || scopes.length === 0}>{t("create.submit")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
