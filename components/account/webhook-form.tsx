"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { arrivesWith, WEBHOOK_EVENTS, type WebhookEvent } from "@/server/contracts/webhook";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog } from "../ui/dialog";
import { FormNote } from "./auth-card";
import { TextField } from "./password-field";

type Fields = { url: string; events: WebhookEvent[] };
type Props = { given: Fields | null; busy: boolean; error: string | null; onSubmit: (fields: Fields) => void; onClose: () => void };

/** Where a webhook goes and what it tells of. */
export function WebhookForm({ given, busy, error, onSubmit, onClose }: Props) {
  const t = useTranslations("api-keys");
  const [url, setUrl] = useState(given?.url ?? "");
  const [events, setEvents] = useState<WebhookEvent[]>(given?.events ?? ["simulation.finished"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ url, events });
  };
  return (
    <Dialog open onOpenChange={onClose} title={t(given ? "hooks.edit" : "hooks.create")} description={t("hooks.formText")} width="md">
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        {error && <FormNote tone="down">{error}</FormNote>}
        <TextField label={t("hooks.url")} value={url} onChange={setUrl} maxLength={2_000} autoFocus mono hint={t("hooks.urlHint")} />
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-2xs font-medium text-muted">{t("hooks.events")}</legend>
          {WEBHOOK_EVENTS.map((name) => {
            const part = arrivesWith(name);
            return <Checkbox key={name} checked={events.includes(name)} onChange={(on) => setEvents(on ? [...events, name] : events.filter((one) => one !== name))} label={<><code className="font-mono font-semibold">{name}</code><span className="text-muted">{t(`hooks.event.${name.replace(".", "_")}`)}</span>{part && <Badge>{t("hooks.arrivesWith", { part: t(`hooks.parts.${part}`) })}</Badge>}</>} className="min-h-7" />;
          })}
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
          <Button size="lg" type="submit" variant="primary" disabled={busy || events.length === 0}>{t(given ? "hooks.save" : "hooks.create")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
