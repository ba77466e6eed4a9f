"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell, CheckCheck, Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { classNames } from "../ui/class-names";
import { DropdownMenu } from "../ui/dropdown-menu";
import { useHydrated } from "../ui/use-hydrated";
import { useNotificationWords } from "./notification-words";
import { useInbox } from "./use-inbox";
import { useMarkRead } from "./use-mark-read";

/** How many notifications are unread, and the newest of them; for people who are signed in. */
export function NotificationBell({ className }: { className?: string }) {
  const hydrated = useHydrated();
  const { data: me } = useQuery(useTRPC().account.getMe.queryOptions(undefined, { enabled: hydrated }));
  return me ? <OwnBell className={className} /> : null;
}

function OwnBell({ className }: { className?: string }) {
  const t = useTranslations("notification.bell");
  const words = useNotificationWords();
  const inbox = useInbox();
  const { markRead } = useMarkRead();
  const { unread, unreadIds, latest } = inbox ?? { unread: 0, unreadIds: [], latest: [] };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={classNames("relative", className)} aria-label={unread > 0 ? `${t("open")}: ${t("unread", { count: unread })}` : t("open")} title={t("open")}>
        <Bell aria-hidden="true" strokeWidth={1.6} className="size-[18px]" />
        {unread > 0 && <span aria-hidden="true" data-unread={unread} className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-accent-ink max-md:top-1 max-md:right-0.5">{unread > 99 ? t("many") : unread}</span>}
      </DropdownMenu.Trigger>
      <span aria-live="polite" className="sr-only">{inbox && t("unread", { count: unread })}</span>
      <DropdownMenu.Content align="end" className="w-[340px] max-w-[calc(100vw-16px)]">
        <DropdownMenu.Label>{t("unread", { count: unread })}</DropdownMenu.Label>
        {latest.map(({ id, content, link, createdAt, readAt }) => {
          const { title, detail } = words(content);
          return (
            <DropdownMenu.Item key={id} asChild className="h-auto items-start py-2">
              <Link href={link ?? "/notifications"} onClick={() => readAt === null && markRead([id])}>
                <span aria-hidden="true" className={classNames("mt-1.5 size-1.5 flex-none rounded-full", readAt === null ? "bg-accent" : "bg-transparent")} />
                <span className="min-w-0 flex-1">
                  <span className={classNames("block", readAt === null ? "font-semibold" : "text-muted")}>{title}{readAt === null && <span className="sr-only"> ({t("new")})</span>}</span>
                  <span className="block truncate text-2xs text-muted">{detail}</span>
                  <Instant value={createdAt} className="block text-2xs text-muted" />
                </span>
              </Link>
            </DropdownMenu.Item>
          );
        })}
        {latest.length === 0 && <p className="px-2 py-6 text-center text-xs text-muted">{t("empty")}</p>}
        <DropdownMenu.Separator />
        {unread > 0 && <DropdownMenu.Item onSelect={() => markRead(unreadIds)}><CheckCheck aria-hidden="true" className="size-4" />{t("markAll")}</DropdownMenu.Item>}
        <DropdownMenu.Item asChild><Link href="/notifications"><Inbox aria-hidden="true" className="size-4" />{t("all")}</Link></DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
