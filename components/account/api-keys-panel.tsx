"use client";

import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import type { ApiKeyDto, CreateApiKeyInput } from "@/server/contracts/api-key";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Field } from "../ui/input";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/panel";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { ApiKeyForm } from "./api-key-form";
import { API_KEYS_PAGE } from "./api-keys-page";
import { ConfirmDialog } from "./confirm-dialog";
import { SecretOnce } from "./secret-once";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

const GRACE_HOURS = ["0", "24", "168"] as const;
type Asked = { what: "create" } | { what: "rotate" | "revoke"; key: ApiKeyDto } | null;

/** The person's keys: made and shown once, exchanged, ended. */
export function ApiKeysPanel({ now }: { now: string }) {
  const t = useTranslations("api-keys");
  const { apiKey } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const [asked, setAsked] = useState<Asked>(null);
  const [grace, setGrace] = useState<(typeof GRACE_HOURS)[number]>("24");
  const [secret, setSecret] = useState<string | null>(null);
  const query = useSuspenseInfiniteQuery(apiKey.list.infiniteQueryOptions(API_KEYS_PAGE, nextPage));
  const keys = query.data.pages.flatMap(({ items }) => items);

  const done = () => {
    setAsked(null);
    void client.invalidateQueries({ queryKey: apiKey.pathKey() });
  };
  const made = ({ key }: { key: string }) => {
    setSecret(key);
    done();
  };
  const createKey = useMutation(apiKey.create.mutationOptions());
  const rotateKey = useMutation(apiKey.rotate.mutationOptions());
  const create = useMutation({ mutationFn: (input: CreateApiKeyInput) => guarded(() => createKey.mutateAsync(input)), onSuccess: made });
  const rotate = useMutation({ mutationFn: (id: string) => guarded(() => rotateKey.mutateAsync({ id, graceHours: Number(grace) })), onSuccess: made });
  const revoke = useMutation(apiKey.revoke.mutationOptions({ onSuccess: () => { toast.success(t("revoked")); done(); } }));
  const ask = (next: Asked) => {
    for (const mutation of [create, rotate, revoke]) mutation.reset();
    setAsked(next);
  };

  return (
    <Panel title={t("title")} detail={t("detail")} actions={<><Button asChild><Link href="/developers" prefetch={false}>{t("reference")}</Link></Button><Button variant="primary" onClick={() => ask({ what: "create" })}><Plus aria-hidden="true" />{t("new")}</Button></>} bodyClassName="">
      {keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t("none")}>{t("noneText")}</EmptyState>
      ) : (
        <ul className="divide-y divide-line">{keys.map((key) => <KeyRow key={key.id} apiKey={key} ended={key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)} onRotate={() => ask({ what: "rotate", key })} onRevoke={() => ask({ what: "revoke", key })} />)}</ul>
      )}
      {keys.length > 0 && <LoadMore shown={keys.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />}
      {asked?.what === "create" && <ApiKeyForm busy={create.isPending} error={create.error && ofError(create.error)} onSubmit={(input) => create.mutate(input)} onClose={() => setAsked(null)} />}
      {asked?.what === "rotate" && (
        <ConfirmDialog title={t("rotate.title", { name: asked.key.name })} text={t("rotate.text")} action={t("rotate.submit")} busy={rotate.isPending} error={rotate.error && ofError(rotate.error)} onConfirm={() => rotate.mutate(asked.key.id)} onClose={() => setAsked(null)}>
          <Field label={t("rotate.grace")} htmlFor="api-key-grace">
            <Select id="api-key-grace" label={t("rotate.grace")} value={grace} onChange={setGrace} options={GRACE_HOURS.map((value) => ({ value, label: t(`rotate.hours${value}`) }))} />
          </Field>
        </ConfirmDialog>
      )}
      {asked?.what === "revoke" && <ConfirmDialog danger title={t("revoke.title", { name: asked.key.name })} text={t("revoke.text")} action={t("revoke.submit")} busy={revoke.isPending} error={revoke.error && ofError(revoke.error)} onConfirm={() => revoke.mutate({ id: asked.key.id })} onClose={() => setAsked(null)} />}
      {secret !== null && <SecretOnce title={t("once.title")} text={t("once.text")} secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
}

function KeyRow({ apiKey: { name, prefix, scopes, allowedOrigins, createdAt, lastUsedAt, expiresAt, revokedAt }, ended, onRotate, onRevoke }: { apiKey: ApiKeyDto; ended: boolean; onRotate: () => void; onRevoke: () => void }) {
  const t = useTranslations("api-keys");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {name}
          {scopes.map((scope) => <Badge key={scope} tone={scope === "admin" ? "warn" : "neutral"} className="font-mono">{scope}</Badge>)}
          {ended && <Badge tone="down">{t(revokedAt ? "state.revoked" : "state.ended")}</Badge>}
        </p>
        <p className="font-mono text-xs text-muted">{prefix}_…</p>
        <p className="flex flex-wrap gap-x-3 text-2xs text-muted">
          <span>{t.rich("made", { when: () => <Instant value={createdAt} /> })}</span>
          <span>{lastUsedAt ? t.rich("used", { when: () => <Instant value={lastUsedAt} /> }) : t("unused")}</span>
          <span>{expiresAt ? t.rich("ends", { when: () => <Instant value={expiresAt} /> }) : t("endless")}</span>
          {allowedOrigins.length > 0 && <span className="break-all">{allowedOrigins.join(", ")}</span>}
        </p>
      </div>
      {!ended && (
        <div className="flex gap-2">
          <Button onClick={onRotate} aria-label={`${t("rotate.action")}: ${name}`}>{t("rotate.action")}</Button>
          <Button variant="danger" onClick={onRevoke} aria-label={`${t("revoke.action")}: ${name}`}>{t("revoke.action")}</Button>
        </div>
      )}
    </li>
  );
}
