"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Panel } from "../ui/panel";
import { FormNote } from "./auth-card";
import { loadAnew, signOutHere } from "./auth-client";
import { TextField } from "./password-field";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

const TONE = { WAITING: "neutral", READY: "up", FAILED: "down", EXPIRED: "neutral" } as const;
const LOOK_AGAIN_MS = 3_000;

/** A copy of everything that is kept about the person, built in the background. */
export function ExportPanel() {
  const t = useTranslations("account.data");
  const { account } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const { data } = useSuspenseQuery(account.listExports.queryOptions(undefined, { refetchInterval: (query) => (query.state.data?.items.some(({ status }) => status === "WAITING") ? LOOK_AGAIN_MS : false) }));
  const requestExport = useMutation(account.requestExport.mutationOptions());
  const stepUpFirst = useMutation({
    mutationFn: (exportId: string) => guarded(async () => client.fetchQuery({ ...account.getExport.queryOptions({ exportId }), staleTime: 0 })),
    onSuccess: (_, exportId) => loadAnew(`/api/account/exports/${exportId}`),
  });
  const ask = useMutation({ mutationFn: () => guarded(() => requestExport.mutateAsync()), onSettled: () => client.invalidateQueries({ queryKey: account.listExports.queryKey() }) });
  const failed = ask.error ?? stepUpFirst.error;
  return (
    <Panel title={t("exportTitle")}>
      <div className="flex flex-col items-start gap-3">
        {failed && <FormNote tone="down">{ofError(failed)}</FormNote>}
        <p className="text-sm text-muted">{t("exportText")}</p>
        <Button size="md" variant="primary" disabled={ask.isPending} onClick={() => ask.mutate()}>{t("exportAsk")}</Button>
        {data.items.length === 0 ? (
          <p className="text-xs text-muted">{t("exportNone")}</p>
        ) : (
          <ul className="w-full divide-y divide-line border-t border-line">
            {data.items.map(({ id, status, requestedAt, expiresAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-3 py-2 text-xs">
                <Badge tone={TONE[status]}>{t(`status.${status}`)}</Badge>
                <span className="flex-1 text-muted"><Instant value={requestedAt} />{status === "READY" && expiresAt && <> – <Instant value={expiresAt} /></>}</span>
                {status === "READY" && <Button disabled={stepUpFirst.isPending} onClick={() => stepUpFirst.mutate(id)}>{t("exportDownload")}</Button>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

/** Erasure, with its grace period and a word that has to be typed. */
export function ErasurePanel() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const { data: profile } = useSuspenseQuery(account.getProfile.queryOptions());
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const requestErasure = useMutation(account.requestErasure.mutationOptions());
  const erase = useMutation({ mutationFn: () => guarded(() => requestErasure.mutateAsync()), onSuccess: () => signOutHere("/sign-in?news=erasing"), onError: () => setOpen(false) });
  return (
    <Panel title={t("data.eraseTitle")}>
      <div className="flex flex-col items-start gap-3">
        {erase.error && <FormNote tone="down">{ofError(erase.error)}</FormNote>}
        <p className="text-sm text-muted">{t("data.eraseText")}</p>
        <Button size="md" variant="danger" onClick={() => setOpen(true)}>{t("data.erase")}</Button>
      </div>
      <Dialog open={open} onOpenChange={setOpen} title={t("data.eraseSure")} description={t("data.eraseType", { handle: profile.handle })} width="md">
        <form className="flex flex-col gap-4 p-4" onSubmit={(event) => { event.preventDefault(); setOpen(false); erase.mutate(); }}>
          <TextField label={t("profile.handle")} value={typed} onChange={setTyped} maxLength={30} autoFocus mono />
          <div className="flex justify-end gap-2">
            <Button size="lg" onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <Button type="submit" size="lg" variant="danger" disabled={typed !== profile.handle || erase.isPending}>{t("data.erase")}</Button>
          </div>
        </form>
      </Dialog>
    </Panel>
  );
}
