"use client";

import { useQueryClient, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Archive, BellRing, Check, CheckCheck, CreditCard, KeyRound, Megaphone, ShieldAlert, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { InboxState, NotificationDto } from "@/server/contracts/notification";
import { ruleOf, type NotificationGroup } from "@/server/domain/notification/notification-kinds";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { EmptyState } from "../ui/empty-state";
import { LoadMore } from "../ui/load-more";
import { notificationPageOf } from "./notification-page";
import { useNotificationWords } from "./notification-words";
import { useInbox } from "./use-inbox";
import { useMarkRead } from "./use-mark-read";

const ICON: Record<NotificationGroup, LucideIcon> = { security: ShieldAlert, data: Archive, markets: Megaphone, developers: KeyRound, plan: CreditCard };

/** The inbox, newest first; what arrives while it is open appears by itself. */
export function NotificationList({ show }: { show: "all" | "unread" }) {
  const t = useTranslations("notification.page");
  const { notification } = useTRPC();
  const query = useSuspenseInfiniteQuery(notification.list.infiniteQueryOptions(notificationPageOf(show), nextPage));
  const { markRead, failed, isPending } = useMarkRead();
  const inbox = useInbox();
  useFreshList(inbox);
  const rows = query.data.pages.flatMap(({ items }) => items);
  // Those that the bell counts, on pages that were not opened yet too, and those that the list shows before the bell has heard of them.
  const unread = [...new Set([...rows.filter(({ readAt }) => readAt === null).map(({ id }) => id), ...(inbox?.unreadIds ?? [])])];
  return (
    <section aria-label={t("title")} className="panel min-w-0">
      <div className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <p role="status" className="text-xs text-down">{failed && t("failed")}</p>
        <Button className="ml-auto" disabled={unread.length === 0 || isPending} onClick={() => markRead(unread)}><CheckCheck aria-hidden="true" />{t("markAll")}</Button>
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={BellRing} title={t(show === "all" ? "emptyAll" : "emptyUnread")}>{t(show === "all" ? "emptyAllText" : "emptyUnreadText")}</EmptyState>
      ) : (
        <ul className="divide-y divide-line">{rows.map((row) => <Row key={row.id} row={row} onRead={() => markRead([row.id])} />)}</ul>
      )}
      {rows.length > 0 && <LoadMore shown={rows.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />}
    </section>
  );
}

function Row({ row: { content, link, createdAt, readAt }, onRead }: { row: NotificationDto; onRead: () => void }) {
  const t = useTranslations("notification.page");
  const { title, detail } = useNotificationWords()(content);
  const Icon = ICON[ruleOf(content.kind).group];
  const unread = readAt === null;
  return (
    <li className={classNames("flex items-start gap-3 px-4 py-3", unread && "bg-accent-soft/40")}>
      <Icon aria-hidden="true" strokeWidth={1.5} className={classNames("mt-0.5 size-5 flex-none", unread ? "text-accent" : "text-muted")} />
      <div className="min-w-0 flex-1">
        <p className={classNames("text-sm", unread ? "font-semibold" : "font-medium")}>
          {link ? <Link href={link} onClick={() => unread && onRead()} className="hover:underline">{title}</Link> : title}
          {unread && <span className="ml-2 text-2xs font-medium text-accent">{t("unread")}</span>}
        </p>
        <p className="text-xs break-words text-muted">{detail}</p>
        <Instant value={createdAt} className="text-2xs text-muted" />
      </div>
      {unread && <Button variant="ghost" onClick={onRead} aria-label={`${t("markRead")}: ${title}`} title={t("markRead")} className="max-md:-mr-2 max-md:w-10 max-md:px-0"><Check aria-hidden="true" className="md:hidden" /><span className="max-md:hidden">{t("markRead")}</span></Button>}
    </li>
  );
}

/** Has the list asked for anew whenever the bell moves. */
function useFreshList(inbox: InboxState | null): void {
  const client = useQueryClient();
  const { notification } = useTRPC();
  const mark = inbox && `${inbox.unread} ${inbox.latest[0]?.id}`;
  const seenRef = useRef<string | null>(null);
  useEffect(() => {
    if (mark === null) return;
    if (seenRef.current !== null && seenRef.current !== mark) void client.invalidateQueries({ queryKey: notification.list.pathKey() });
    seenRef.current = mark;
  }, [client, notification, mark]);
}
