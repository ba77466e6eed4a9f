"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CreateWebhookInput, WebhookEndpointDto } from "@/server/contracts/webhook";
import { QueryBoundary } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { toast } from "../ui/toast";
import { ConfirmDialog } from "./confirm-dialog";
import { SecretOnce } from "./secret-once";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";
import { WebhookDeliveries } from "./webhook-deliveries";
import { WebhookForm } from "./webhook-form";

type Asked = { what: "create" } | { what: "edit" | "rotate" | "delete"; hook: WebhookEndpointDto } | null;

/** The person's webhooks, each with the log of its deliveries. */
export function WebhooksPanel() {
  const t = useTranslations("api-keys");
  const { webhook } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const [asked, setAsked] = useState<Asked>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const { data } = useSuspenseQuery(webhook.list.queryOptions());

  const done = () => {
    setAsked(null);
    void client.invalidateQueries({ queryKey: webhook.pathKey() });
  };
  const made = (hook: { secret: string }) => {
    setSecret(hook.secret);
    done();
  };
  const createHook = useMutation(webhook.create.mutationOptions());
  const rotateSecret = useMutation(webhook.rotateSecret.mutationOptions());
  const create = useMutation({ mutationFn: (input: CreateWebhookInput) => guarded(() => createHook.mutateAsync(input)), onSuccess: made });
  const rotate = useMutation({ mutationFn: (id: string) => guarded(() => rotateSecret.mutateAsync({ id })), onSuccess: made });
  const update = useMutation(webhook.update.mutationOptions({ onSuccess: done }));
  const remove = useMutation(webhook.delete.mutationOptions({ onSuccess: () => { toast.success(t("hooks.deleted")); done(); } }));
  const ask = (next: Asked) => {
    for (const mutation of [create, rotate, update, remove]) mutation.reset();
    setAsked(next);
  };
  const errorOf = (mutation: { error: unknown }) => (mutation.error ? ofError(mutation.error) : null);

  return (
    <Panel title={t("hooks.title")} detail={t("hooks.detail")} actions={<Button variant="primary" onClick={() => ask({ what: "create" })}><Plus aria-hidden="true" />{t("hooks.new")}</Button>} bodyClassName="">
      {data.items.length === 0 && <EmptyState icon={Webhook} title={t("hooks.none")}>{t("hooks.noneText")}</EmptyState>}
      <ul className="divide-y divide-line">
        {data.items.map((hook) => {
          const { id, url, events, disabledAt, disabledReason, previousSecretUntil, createdAt } = hook;
          const open = opened === id;
          return (
            <li key={id}>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="flex flex-wrap items-center gap-2"><code className="font-mono text-sm font-medium break-all">{url}</code><Badge tone={disabledAt ? "down" : "up"}>{t(disabledReason ? `hooks.off.${disabledReason}` : "hooks.on")}</Badge></p>
                  <p className="font-mono text-xs text-muted">{events.join(" · ")}</p>
                  <p className="flex flex-wrap gap-x-3 text-2xs text-muted">
                    <span>{t.rich("made", { when: () => <Instant value={createdAt} /> })}</span>
                    {previousSecretUntil && <span>{t.rich("hooks.bothSecrets", { when: () => <Instant value={previousSecretUntil} /> })}</span>}
                  </p>
                </div>
                <div className="flex flex-wrap gap-2">
                  <Button aria-expanded={open} onClick={() => setOpened(open ? null : id)}>{t("hooks.log")}</Button>
                  <Button onClick={() => ask({ what: "edit", hook })}>{t("hooks.editShort")}</Button>
                  <Button disabled={update.isPending} onClick={() => update.mutate({ id, enabled: disabledAt !== null })}>{t(disabledAt ? "hooks.switchOn" : "hooks.switchOff")}</Button>
                  <Button onClick={() => ask({ what: "rotate", hook })}>{t("hooks.rotate")}</Button>
                  <Button variant="danger" onClick={() => ask({ what: "delete", hook })}>{t("hooks.delete")}</Button>
                </div>
              </div>
              {open && <div className="overflow-hidden rounded-b-lg border-t border-line bg-surface-0"><QueryBoundary fallback={<Skeleton rows={4} />}><WebhookDeliveries id={id} enabled={disabledAt === null} /></QueryBoundary></div>}
            </li>
          );
        })}
      </ul>
      {asked?.what === "create" && <WebhookForm given={null} busy={create.isPending} error={errorOf(create)} onSubmit={(fields) => create.mutate(fields)} onClose={() => setAsked(null)} />}
      {asked?.what === "edit" && <WebhookForm given={asked.hook} busy={update.isPending} error={errorOf(update)} onSubmit={(fields) => update.mutate({ id: asked.hook.id, ...fields })} onClose={() => setAsked(null)} />}
      {asked?.what === "rotate" && <ConfirmDialog title={t("hooks.rotateTitle")} text={t("hooks.rotateText")} action={t("hooks.rotate")} busy={rotate.isPending} error={errorOf(rotate)} onConfirm={() => rotate.mutate(asked.hook.id)} onClose={() => setAsked(null)} />}
      {asked?.what === "delete" && <ConfirmDialog danger title={t("hooks.deleteTitle")} text={t("hooks.deleteText")} action={t("hooks.delete")} busy={remove.isPending} error={errorOf(remove)} onConfirm={() => remove.mutate({ id: asked.hook.id })} onClose={() => setAsked(null)} />}
      {secret !== null && <SecretOnce title={t("hooks.onceTitle")} text={t("hooks.onceText")} secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
}
