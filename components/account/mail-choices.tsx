"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { DIGEST_RHYTHMS, type UpdateProfileInput } from "@/server/contracts/account";
import { useTRPC } from "../app-shell/trpc-client";
import { Checkbox } from "../ui/checkbox";
import { Field, Input } from "../ui/input";
import { Panel } from "../ui/panel";
import { Segmented } from "../ui/segmented";
import { toast } from "../ui/toast";
import { FormNote } from "./auth-card";
import { useAccountError } from "./use-account-error";

const NIGHT = { quietFromMinute: 22 * 60, quietToMinute: 7 * 60 };
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const minuteOf = (text: string) => {
  const [hours, minutes] = text.split(":").map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? null : hours * 60 + minutes;
};

/** When mail may come: quiet hours and the digest. Each change is kept at once. */
export function MailChoices() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const client = useQueryClient();
  const { ofError } = useAccountError();
  const id = useId();
  const { data } = useSuspenseQuery(account.getProfile.queryOptions());
  const save = useMutation(account.updateProfile.mutationOptions({ onSuccess: (saved) => { client.setQueryData(account.getProfile.queryKey(), saved); toast.success(t("saved")); } }));
  const { quietFromMinute: from, quietToMinute: to } = data;
  const quiet = from !== null && to !== null;
  const set = (change: UpdateProfileInput) => save.mutate(change);
  const setTime = (key: "quietFromMinute" | "quietToMinute") => (text: string) => {
    const minute = minuteOf(text);
    if (quiet && minute !== null) set({ quietFromMinute: from, quietToMinute: to, [key]: minute });
  };
  return (
    <div className="grid gap-4">
      {save.error && <FormNote tone="down">{ofError(save.error)}</FormNote>}
      <Panel title={t("notify.quietTitle")}>
        <div className="flex flex-col gap-3">
          <Checkbox checked={quiet} onChange={(on) => set(on ? NIGHT : { quietFromMinute: null, quietToMinute: null })} label={t("notify.quiet")} />
          {quiet && (
            <div className="flex gap-3">
              {([["quietFromMinute", from, "from"], ["quietToMinute", to, "to"]] as const).map(([key, minute, word]) => (
                <Field key={key} label={t(`notify.${word}`)} htmlFor={`${id}-${word}`}><Input id={`${id}-${word}`} type="time" defaultValue={clock(minute)} onBlur={(event) => setTime(key)(event.target.value)} className="w-32" /></Field>
              ))}
            </div>
          )}
          <p className="text-xs text-muted">{t("notify.quietHint", { zone: data.timeZone })}</p>
        </div>
      </Panel>
      <Panel title={t("notify.digestTitle")}>
        <Segmented label={t("notify.digest")} value={data.digest} onChange={(digest) => set({ digest })} options={DIGEST_RHYTHMS.map((value) => ({ value, label: t(`notify.${value}`) }))} />
      </Panel>
    </div>
  );
}
