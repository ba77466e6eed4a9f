"use client";

import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { WebhookDeliveryDto } from "@/server/contracts/webhook";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { LoadMore } from "../ui/load-more";
import { toast } from "../ui/toast";
import { useAccountError } from "./use-account-error";

const TONE = { WAITING: "neutral", DELIVERED: "up", FAILED: "down" } as const;

/** What was sent to a webhook and what it answered, newest first. */
export function WebhookDeliveries({ id, enabled }: { id: string; enabled: boolean }) {
  const t = useTranslations("api-keys.hooks");
  const { webhook } = useTRPC();
  const client = useQueryClient();
  const { ofError } = useAccountError();
  const query = useSuspenseInfiniteQuery(webhook.listDeliveries.infiniteQueryOptions({ id, limit: 20 }, nextPage));
  const resend = useMutation(
    webhook.resend.mutationOptions({
      onSuccess: () => {
        toast.success(t("resent"));
        void client.invalidateQueries({ queryKey: webhook.listDeliveries.pathKey() });
      },
      onError: (error) => toast.error(ofError(error)),
    }),
  );
  const deliveries = query.data.pages.flatMap(({ items }) => items);
  if (deliveries.length === 0) return <p className="px-4 py-6 text-center text-xs text-muted">{t("noDeliveries")}</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} action={<Button disabled={!enabled || resend.isPending} onClick={() => resend.mutate({ id, deliveryId: delivery.id })} aria-label={`${t("resend")}: ${delivery.event}`}><RotateCw aria-hidden="true" />{t("resend")}</Button>} />
        ))}
      </ul>
      <LoadMore shown={deliveries.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />
    </>
  );
}

function Delivery({ delivery: { event, eventId, status, attempts, responseStatus, responseBody, error, createdAt, lastAttemptAt, payload }, action }: { delivery: Omit<WebhookDeliveryDto, "payload"> & { payload?: unknown }; action: ReactNode }) {
  const t = useTranslations("api-keys.hooks");
  return (
    <li className="px-4 py-2.5">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 text-xs">
          <Badge tone={TONE[status]}>{t(`status.${status}`)}</Badge>
          <code className="font-mono font-medium">{event}</code>
          <span className="text-muted"><Instant value={lastAttemptAt ?? createdAt} /></span>
          <span className="text-muted">{t("attempts", { count: attempts })}</span>
          {responseStatus !== null && <span className="font-mono text-muted">HTTP {responseStatus}</span>}
          {error && <span className="text-down">{error}</span>}
        </summary>
        <div className="flex flex-col gap-2 pt-3">
          <p className="font-mono text-2xs text-muted">{eventId}</p>
          <Body title={t("sent")} text={JSON.stringify(payload, null, 2)} />
          {responseBody && <Body title={t("answered")} text={responseBody} />}
          <div>{action}</div>
        </div>
      </details>
    </li>
  );
}

const Body = ({ title, text }: { title: string; text: string }) => (
  <div>
    <p className="mb-1 text-2xs font-medium text-muted">{title}</p>
    <pre tabIndex={0} aria-label={title} className="max-h-64 overflow-auto rounded-md border border-line bg-surface-0 p-3 font-mono text-2xs break-all whitespace-pre-wrap">{text}</pre>
  </div>
);
