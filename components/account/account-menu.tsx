"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleUser, LogIn, LogOut, Settings2, ShieldCheck, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useTRPC } from "../app-shell/trpc-client";
import { DropdownMenu } from "../ui/dropdown-menu";
import { useHydrated } from "../ui/use-hydrated";
import { signOutHere } from "./auth-client";

/** Who is signed in, and the ways in and out. Asked for by the browser, so that a page made once for everybody can have it too. */
export function AccountMenu({ className }: { className?: string }) {
  const t = useTranslations("shell.account");
  const hydrated = useHydrated();
  const { data: me } = useQuery(useTRPC().account.getMe.queryOptions(undefined, { enabled: hydrated }));
  const name = me ? (me.name ?? me.email ?? me.handle) : null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={className} aria-label={name ? `${t("menu")}: ${name}` : t("menu")} title={name ?? t("menu")} data-signed-in={me ? "" : undefined}>
        {name ? <span aria-hidden="true" className="grid size-6 place-items-center rounded-full bg-accent-soft text-2xs font-semibold text-accent uppercase">{[...name][0]}</span> : <CircleUser aria-hidden="true" strokeWidth={1.6} className="size-[18px]" />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end">
        {me ? (
          <>
            <DropdownMenu.Label>
              <span className="block max-w-56 truncate text-xs font-semibold text-text">{name}</span>
              <span className="block max-w-56 truncate">{me.impersonated ? t("looking") : (me.email ?? `@${me.handle}`)}</span>
            </DropdownMenu.Label>
            <DropdownMenu.Separator />
            <DropdownMenu.Item asChild><Link href="/settings/profile"><Settings2 aria-hidden="true" className="size-4" />{t("settings")}</Link></DropdownMenu.Item>
            {me.role !== "USER" && <DropdownMenu.Item asChild><Link href="/admin"><ShieldCheck aria-hidden="true" className="size-4" />{t("admin")}</Link></DropdownMenu.Item>}
            <DropdownMenu.Separator />
            <DropdownMenu.Item onSelect={() => void signOutHere()}><LogOut aria-hidden="true" className="size-4" />{t("signOut")}</DropdownMenu.Item>
          </>
        ) : (
          <>
            <DropdownMenu.Label>{t("guest")}</DropdownMenu.Label>
            <DropdownMenu.Item asChild><Link href="/sign-in"><LogIn aria-hidden="true" className="size-4" />{t("signIn")}</Link></DropdownMenu.Item>
            <DropdownMenu.Item asChild><Link href="/register"><UserPlus aria-hidden="true" className="size-4" />{t("register")}</Link></DropdownMenu.Item>
          </>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
