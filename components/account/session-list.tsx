"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Laptop, MonitorSmartphone, Smartphone, Tablet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Panel } from "../ui/panel";
import { toast } from "../ui/toast";
import { loadAnew } from "./auth-client";
import { useAddressText } from "./use-address-text";

const ICON = { desktop: Laptop, mobile: Smartphone, tablet: Tablet, unknown: MonitorSmartphone } as const;

/** Where the account is open: device, place, last use; each can be ended. */
export function SessionList() {
  const t = useTranslations("account.security");
  const { account } = useTRPC();
  const client = useQueryClient();
  const { data } = useSuspenseQuery(account.listSessions.queryOptions());
  const addressText = useAddressText();
  const refresh = () => void client.invalidateQueries({ queryKey: account.pathKey() });
  const end = useMutation(account.revokeSession.mutationOptions({ onSuccess: () => { toast.success(t("sessionEnded")); refresh(); }, onError: refresh }));
  const endOthers = useMutation(account.revokeOtherSessions.mutationOptions({ onSuccess: ({ revoked }) => { toast.success(t("sessionsEnded", { count: revoked })); refresh(); } }));
  return (
    <Panel title={t("sessionsTitle")} actions={data.items.length > 1 && <Button disabled={endOthers.isPending} onClick={() => endOthers.mutate()}>{t("sessionsEndOthers")}</Button>} bodyClassName="">
      <ul className="divide-y divide-line">
        {data.items.map(({ id, device, deviceKind, place, address, current, createdAt, lastUsedAt }) => {
          const Icon = ICON[deviceKind];
          return (
            <li key={id} className="flex items-center gap-3 px-4 py-2.5">
              <Icon aria-hidden="true" strokeWidth={1.5} className="size-5 flex-none text-muted" />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium">{device || t("sessionUnknown")}{current && <Badge tone="accent">{t("sessionCurrent")}</Badge>}</p>
                <p className="flex flex-wrap gap-x-2 text-2xs text-muted">
                  {[place, addressText(address)].filter(Boolean).join(" · ")}
                  <span>{t.rich("sessionUsed", { when: () => <Instant value={lastUsedAt} /> })}</span>
                  <span>{t.rich("sessionSince", { when: () => <Instant value={createdAt} /> })}</span>
                </p>
              </div>
              <Button disabled={end.isPending} onClick={() => end.mutate({ sessionId: id }, { onSuccess: () => current && loadAnew("/sign-in") })} aria-label={`${t("sessionEnd")}: ${device || t("sessionUnknown")}`}>{t("sessionEnd")}</Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
