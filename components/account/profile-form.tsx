"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { COLOUR_CONVENTIONS, LOCALES, type Profile } from "@/server/contracts/account";
import { PREFERENCE_COOKIES } from "../app-shell/preferences";
import { writePreference } from "../app-shell/preference-cookie";
import { useTRPC } from "../app-shell/trpc-client";
import { usePreferences } from "../app-shell/use-preferences";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/input";
import { Panel } from "../ui/panel";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { useHydrated } from "../ui/use-hydrated";
import { DateOnly } from "../format/date-only";
import { FormNote } from "./auth-card";
import { TextField } from "./password-field";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

const LANGUAGE = { en: "English", ko: "한국어" } as const;

export function ProfileForm() {
  const { data } = useSuspenseQuery(useTRPC().account.getProfile.queryOptions());
  return (
    <div className="grid gap-4 p-4 md:max-w-3xl md:p-6">
      <ProfileFields key={data.id} profile={data} />
      <EmailPanel profile={data} />
    </div>
  );
}

function ProfileFields({ profile }: { profile: Profile }) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const { setUpDown } = usePreferences();
  const { ofError, fieldOf } = useAccountError();
  const { handle, locale, timeZone, colourConvention, baseCurrency } = profile;
  const [fields, setFields] = useState({ name: profile.name ?? "", handle, locale, timeZone, colourConvention, baseCurrency });
  const set = <Name extends keyof typeof fields>(name: Name) => (value: (typeof fields)[Name]) => setFields((all) => ({ ...all, [name]: value }));
  const save = useMutation(
    account.updateProfile.mutationOptions({
      onSuccess(saved) {
        client.setQueryData(account.getProfile.queryKey(), saved);
        void client.invalidateQueries({ queryKey: account.getMe.queryKey() });
        setUpDown(saved.colourConvention === "RED_UP" ? "kr" : "us");
        writePreference(PREFERENCE_COOKIES.locale, saved.locale);
        writePreference(PREFERENCE_COOKIES.timeZone, saved.timeZone);
        router.refresh();
        toast.success(t("saved"));
      },
    }),
  );
  const wrong = save.error ? { field: fieldOf(save.error), text: ofError(save.error) } : null;
  const at = (field: string) => (wrong?.field === field ? wrong.text : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...fields, name: fields.name.trim() || null });
  };
  return (
    <Panel title={t("profile.title")} actions={<><Badge tone="accent">{profile.tier}</Badge>{profile.role !== "USER" && <Badge>{profile.role}</Badge>}</>}>
      <form onSubmit={submit} className="grid gap-4 md:grid-cols-2">
        {wrong && !["handle", "name", "timeZone", "baseCurrency"].includes(wrong.field ?? "") && <div className="md:col-span-2"><FormNote tone="down">{wrong.text}</FormNote></div>}
        <TextField label={t("name")} value={fields.name} onChange={set("name")} autoComplete="name" required={false} maxLength={80} error={at("name")} />
        <TextField label={t("profile.handle")} value={fields.handle} onChange={set("handle")} maxLength={30} hint={t("profile.handleHint")} error={at("handle")} />
        <Field label={t("profile.locale")} htmlFor="profile-locale"><Select id="profile-locale" label={t("profile.locale")} value={fields.locale} onChange={set("locale")} options={LOCALES.map((value) => ({ value, label: LANGUAGE[value] }))} /></Field>
        <Choices id="profile-zone" label={t("profile.timeZone")} value={fields.timeZone} onChange={set("timeZone")} kind="timeZone" error={at("timeZone")} />
        <Choices id="profile-currency" label={t("profile.baseCurrency")} value={fields.baseCurrency} onChange={set("baseCurrency")} kind="currency" error={at("baseCurrency")} />
        <div className="flex flex-col gap-1">
          <span className="text-2xs font-medium text-muted">{t("profile.colours")}</span>
          <Segmented label={t("profile.colours")} value={fields.colourConvention} onChange={set("colourConvention")} options={COLOUR_CONVENTIONS.map((value) => ({ value, label: t(`profile.${value}`) }))} />
        </div>
        <div className="flex items-center gap-3 md:col-span-2">
          <Button type="submit" variant="primary" size="md" disabled={save.isPending}>{t("save")}</Button>
          <span className="text-2xs text-muted">{t("profile.since")} <DateOnly value={profile.createdAt.slice(0, 10)} /></span>
        </div>
      </form>
    </Panel>
  );
}

/** A field that knows what may stand in it: the browser's own lists of zones and currencies. */
function Choices({ id, label, value, onChange, kind, error }: { id: string; label: string; value: string; onChange: (value: string) => void; kind: "timeZone" | "currency"; error: string | null }) {
  // The server's own lists may be of another year.
  const all = useHydrated() ? Intl.supportedValuesOf(kind) : [];
  return (
    <Field label={label} htmlFor={id} error={error}>
      <Input id={id} list={`${id}-all`} value={value} onChange={(event) => onChange(kind === "currency" ? event.target.value.toUpperCase() : event.target.value)} maxLength={64} required autoComplete="off" spellCheck={false} aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} />
      <datalist id={`${id}-all`}>{all.map((one) => <option key={one} value={one} />)}</datalist>
    </Field>
  );
}

function EmailPanel({ profile }: { profile: Profile }) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const [email, setEmail] = useState("");
  const request = useMutation(account.requestEmailChange.mutationOptions());
  const ask = useMutation({ mutationFn: (wanted: string) => guarded(() => request.mutateAsync({ email: wanted })) });
  return (
    <Panel title={t("email")} detail={profile.email}>
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); ask.mutate(email); }}>
        {ask.error ? <FormNote tone="down">{ofError(ask.error)}</FormNote> : ask.isSuccess && <FormNote tone="neutral">{t("profile.emailSent")}</FormNote>}
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-56 flex-1"><TextField label={t("profile.emailNew")} type="email" value={email} onChange={setEmail} inputMode="email" /></div>
          <Button type="submit" size="md" disabled={ask.isPending}>{t("profile.emailChange")}</Button>
        </div>
      </form>
    </Panel>
  );
}
