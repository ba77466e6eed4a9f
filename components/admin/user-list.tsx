"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useDeferredValue } from "react";
import { ROLES, TIERS, type Role } from "@/server/domain/account/access";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { SearchInput } from "../ui/input";
import { Select } from "../ui/select";
import { AdminTable } from "./admin-table";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { search: "", role: "all", tier: "all", locked: "all" };

/** Everybody with an account. */
export function UserList() {
  const t = useTranslations("admin.users");
  const router = useRouter();
  const [filters, change] = useUrlFilters(FIRST);
  const search = useDeferredValue(filters.search);
  const role = ROLES.find((one) => one === filters.role);
  const tier = TIERS.find((one) => one === filters.tier);
  const input = { limit: 50, search, role, tier, locked: filters.locked === "locked" ? true : undefined };
  const query = useInfiniteQuery({ ...useTRPC().admin.listUsers.infiniteQueryOptions(input, nextPage), placeholderData: keepPreviousData });
  const all = { value: "all", label: t("all") };
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="users"
        rowKey={({ id }) => id}
        onRowOpen={({ id }) => router.push(`/admin/users/${id}`)}
        toolbar={
          <>
            <SearchInput aria-label={t("search")} placeholder={t("search")} value={filters.search} onChange={(event) => change({ search: event.target.value })} className="w-full md:w-80" />
            <Select prefixed label={t("role")} value={filters.role} onChange={(next) => change({ role: next })} options={[all, ...ROLES.map((value) => ({ value: value as string, label: t(`roles.${value}`) }))]} />
            <Select prefixed label={t("tier")} value={filters.tier} onChange={(next) => change({ tier: next })} options={[all, ...TIERS.map((value) => ({ value: value as string, label: t(`tiers.${value}`) }))]} />
            <Select prefixed label={t("state")} value={filters.locked} onChange={(next) => change({ locked: next })} options={[all, { value: "locked", label: t("locked") }]} />
          </>
        }
        columns={[
          { id: "email", header: t("person"), fixed: true, csv: ({ email }) => email, cell: ({ id, email, handle }) => <Link href={`/admin/users/${id}`} prefetch={false} className="font-medium text-accent hover:underline">{email ?? `@${handle}`}</Link> },
          { id: "name", header: t("name"), wideOnly: true, csv: ({ name }) => name, cell: ({ name }) => name ?? <Absent /> },
          { id: "handle", header: t("handle"), wideOnly: true, csv: ({ handle }) => handle, cell: ({ handle }) => <span className="text-muted">@{handle}</span> },
          { id: "role", header: t("role"), csv: ({ role: one }) => one, cell: ({ role: one }) => <RoleBadge role={one} /> },
          { id: "tier", header: t("tier"), csv: ({ tier: one }) => one, cell: ({ tier: one }) => t(`tiers.${one}`), wideOnly: true },
          { id: "state", header: t("state"), csv: ({ lockedAt, erasedAt }) => (erasedAt ? "erased" : lockedAt ? "locked" : ""), cell: (row) => <StateBadges {...row} /> },
          { id: "lastUsedAt", header: t("lastUsed"), wideOnly: true, csv: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => (lastUsedAt ? <Instant value={lastUsedAt} /> : <Absent reason={t("never")} />) },
          { id: "createdAt", header: t("since"), wideOnly: true, csv: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Instant value={createdAt} /> },
        ]}
      />
    </PanelPage>
  );
}

export function RoleBadge({ role }: { role: Role }) {
  const t = useTranslations("admin.users");
  return <Badge tone={role === "ADMIN" ? "accent" : role === "MODERATOR" ? "estimated" : "neutral"}>{t(`roles.${role}`)}</Badge>;
}

export function StateBadges({ lockedAt, erasedAt, emailVerified }: { lockedAt: string | null; erasedAt: string | null; emailVerified: boolean }) {
  const t = useTranslations("admin.users");
  if (erasedAt) return <Badge>{t("erased")}</Badge>;
  return <span className="inline-flex gap-1">{lockedAt && <Badge tone="down">{t("locked")}</Badge>}{!emailVerified && <Badge tone="warn">{t("unverified")}</Badge>}{!lockedAt && emailVerified && <Badge tone="up">{t("active")}</Badge>}</span>;
}

