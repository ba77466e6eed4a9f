"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { UserDetailDto } from "@/server/contracts/admin";
import { ROLES, TIERS, type Role, type Tier } from "@/server/domain/account/access";
import { loadAnew } from "../account/auth-client";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { DataTable } from "../ui/data-table";
import { Field, Input } from "../ui/input";
import { Panel } from "../ui/panel";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { useAuditColumns } from "./audit-columns";
import { Facts } from "./facts";
import { askToImpersonate } from "./impersonation-client";
import { PanelPage } from "./panel-page";
import { RoleBadge, StateBadges } from "./user-list";

type Act = "role" | "tier" | "lock" | "unlock" | "sessions" | "impersonate";

/** One person, and what an admin may do about them. */
export function UserView({ userId }: { userId: string }) {
  const query = useQuery(useTRPC().admin.getUser.queryOptions({ userId }, { staleTime: 0 }));
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Loaded user={query.data} /> : <div className="p-4 md:p-6"><Skeleton rows={12} /></div>;
}

function Loaded({ user }: { user: UserDetailDto }) {
  const t = useTranslations("admin.users");
  const columns = useAuditColumns();
  const [act, setAct] = useState<Act | null>(null);
  const when = (at: string | null) => (at ? <Instant value={at} /> : <Absent reason={t("never")} />);
  const gone = user.erasedAt !== null;
  return (
    <PanelPage
      title={user.email ?? `@${user.handle}`}
      note={<span className="inline-flex flex-wrap gap-1"><RoleBadge role={user.role} /><Badge>{t(`tiers.${user.tier}`)}</Badge><StateBadges {...user} />{user.self && <Badge tone="accent">{t("you")}</Badge>}</span>}
      actions={!gone && (
        <>
          {!user.self && <Button onClick={() => setAct("role")}>{t("setRole")}</Button>}
          <Button onClick={() => setAct("tier")}>{t("setTier")}</Button>
          {user.sessions.length > 0 && <Button onClick={() => setAct("sessions")}>{t("endSessions")}</Button>}
          {!user.self && user.role !== "ADMIN" && !user.lockedAt && <Button onClick={() => setAct("impersonate")}>{t("impersonate")}</Button>}
          {!user.self && (user.lockedAt ? <Button onClick={() => setAct("unlock")}>{t("unlock")}</Button> : <Button variant="danger" onClick={() => setAct("lock")}>{t("lock")}</Button>)}
        </>
      )}
    >
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Panel title={t("profile")}>
          <Facts
            items={[
              [t("name"), user.name ?? <Absent key="n" />], [t("handle"), `@${user.handle}`], ["ID", <code key="id" className="text-2xs">{user.id}</code>], [t("since"), when(user.createdAt)], [t("lastUsed"), when(user.lastUsedAt)],
              [t("mfa"), when(user.mfaEnabledAt)], [t("providers"), user.providers.join(", ") || <Absent key="p" />], [t("requestsPerHour"), user.requestsPerHour === null ? t("ofTier") : <Quantity key="q" value={user.requestsPerHour} digits={0} />], ...(user.seatsGranted === null ? [] : [[t("seats"), <Quantity key="s" value={user.seatsGranted} digits={0} />] as const]), [t("locale"), `${user.locale} · ${user.timeZone}`],
              ...(user.lockedAt ? [[t("lockedSince"), <span key="l">{when(user.lockedAt)} · {user.lockedReason}</span>] as const] : []),
              ...(user.erasureRequestedAt ? [[t("erasureAsked"), when(user.erasureRequestedAt)] as const] : []),
            ]}
          />
        </Panel>
        <Panel title={t("sessions")} detail={user.sessions.length} bodyClassName="">
          <DataTable
            label={t("sessions")} rows={user.sessions} rowKey={({ id }) => id} csvName="user-sessions" scrollClassName="max-h-72"
            columns={[
              { id: "device", header: t("device"), fixed: true, csv: ({ device }) => device, cell: ({ device, impersonated }) => <>{device || t("unknownDevice")} {impersonated && <Badge tone="warn">{t("impersonated")}</Badge>}</> },
              { id: "place", header: t("place"), wideOnly: true, csv: ({ place, address }) => `${place} ${address}`, cell: ({ place, address }) => [place, address].filter(Boolean).join(" · ") },
              { id: "lastUsedAt", header: t("lastUsed"), csv: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => when(lastUsedAt) },
            ]}
          />
        </Panel>
      </div>
      <Panel title={t("keys")} detail={t("keysNote")} bodyClassName="">
        <DataTable
          label={t("keys")} rows={user.apiKeys} rowKey={({ id }) => id} csvName="user-api-keys" scrollClassName="max-h-72"
          columns={[
            { id: "name", header: t("name"), fixed: true, csv: ({ name }) => name, cell: ({ name }) => name },
            { id: "prefix", header: t("prefix"), csv: ({ prefix }) => prefix, cell: ({ prefix }) => <code className="text-2xs">{prefix}…</code> },
            { id: "scopes", header: t("scopes"), wideOnly: true, csv: ({ scopes }) => scopes.join(" "), cell: ({ scopes }) => scopes.join(", ") },
            { id: "lastUsedAt", header: t("lastUsed"), csv: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => when(lastUsedAt) },
            { id: "expiresAt", header: t("expires"), wideOnly: true, csv: ({ expiresAt }) => expiresAt, cell: ({ expiresAt, revokedAt }) => (revokedAt ? <Badge tone="down">{t("revoked")}</Badge> : when(expiresAt)) },
          ]}
        />
      </Panel>
      <Panel title={t("audit")} bodyClassName="">
        <DataTable label={t("audit")} rows={user.audit} rowKey={({ id }) => id} csvName="user-audit" columns={columns} scrollClassName="max-h-[28rem]" />
      </Panel>
      {act && <Acts act={act} user={user} onClose={() => setAct(null)} />}
    </PanelPage>
  );
}

function Acts({ act, user, onClose }: { act: Act; user: UserDetailDto; onClose: () => void }) {
  const t = useTranslations("admin.users");
  const { admin } = useTRPCClient();
  const userId = user.id;
  const who = user.email ?? `@${user.handle}`;
  const shared = { onClose, asksReason: true, title: t(`acts.${act}.title`), text: t(`acts.${act}.text`, { who }), action: t(`acts.${act}.action`) };
  switch (act) {
    case "role":
      return <RoleDialog user={user} {...shared} />;
    case "tier":
      return <TierDialog user={user} {...shared} />;
    case "lock":
      return <ActDialog {...shared} danger act={({ reason }) => admin.lockUser.mutate({ userId, reason })} undo={() => admin.unlockUser.mutate({ userId, reason: t("undoReason") })} />;
    case "unlock":
      return <ActDialog {...shared} act={({ reason }) => admin.unlockUser.mutate({ userId, reason })} undo={() => admin.lockUser.mutate({ userId, reason: user.lockedReason ?? t("undoReason") })} />;
    case "sessions":
      return <ActDialog {...shared} danger act={({ reason }) => admin.endUserSessions.mutate({ userId, reason })} />;
    case "impersonate":
      return <ActDialog {...shared} act={async ({ reason }) => { await askToImpersonate({ userId, reason }); loadAnew("/dashboard"); }} />;
  }
}

type Shared = { user: UserDetailDto; title: string; text: string; action: string; onClose: () => void };

function RoleDialog({ user, ...shared }: Shared) {
  const t = useTranslations("admin.users");
  const { admin } = useTRPCClient();
  const id = useId();
  const [role, setRole] = useState<Role>(user.role);
  return (
    <ActDialog {...shared} asksReason danger={role === "ADMIN"} disabled={role === user.role} act={({ reason }) => admin.setRole.mutate({ userId: user.id, role, reason })} undo={() => admin.setRole.mutate({ userId: user.id, role: user.role, reason: t("undoReason") })}>
      <Field label={t("role")} htmlFor={id}><Select id={id} label={t("role")} value={role} onChange={setRole} options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))} /></Field>
    </ActDialog>
  );
}

/** Null for an empty field; undefined for what is no whole number. */
const wholeNumber = (text: string): number | null | undefined => (text.trim() === "" ? null : /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined);

function TierDialog({ user, ...shared }: Shared) {
  const t = useTranslations("admin.users");
  const { admin } = useTRPCClient();
  const id = useId();
  const [tier, setTier] = useState<Tier>(user.tier);
  const [quota, setQuota] = useState(user.requestsPerHour === null ? "" : String(user.requestsPerHour));
  const [seats, setSeats] = useState(user.seatsGranted === null ? "" : String(user.seatsGranted));
  const institutional = tier === "INSTITUTIONAL";
  const agreed = { requestsPerHour: institutional ? wholeNumber(quota) : null, seats: institutional ? wholeNumber(seats) : null };
  const [quotaError, seatsError] = [agreed.requestsPerHour, agreed.seats].map((value) => (value === undefined ? t("wholeNumber") : null));
  const before = { tier: user.tier, requestsPerHour: user.requestsPerHour, seats: user.seatsGranted };
  const set = ({ requestsPerHour, seats: given, ...rest }: { tier: Tier; requestsPerHour?: number | null; seats?: number | null; reason: string }) => admin.setTier.mutate({ userId: user.id, requestsPerHour: requestsPerHour ?? null, seats: given ?? null, ...rest });
  const same = tier === before.tier && agreed.requestsPerHour === before.requestsPerHour && agreed.seats === before.seats;
  return (
    <ActDialog {...shared} asksReason disabled={same || agreed.requestsPerHour === undefined || agreed.seats === undefined} act={({ reason }) => set({ tier, ...agreed, reason })} undo={() => set({ ...before, reason: t("undoReason") })}>
      <Field label={t("tier")} htmlFor={id}><Select id={id} label={t("tier")} value={tier} onChange={setTier} options={TIERS.map((value) => ({ value, label: t(`tiers.${value}`) }))} /></Field>
      {institutional && (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("requestsPerHour")} htmlFor={`${id}-quota`} hint={t("quotaHint")} error={quotaError}><Input id={`${id}-quota`} inputMode="numeric" aria-invalid={quotaError ? true : undefined} aria-describedby={quotaError ? `${id}-quota-error` : undefined} value={quota} onChange={(event) => setQuota(event.target.value)} /></Field>
          <Field label={t("seats")} htmlFor={`${id}-seats`} hint={t("quotaHint")} error={seatsError}><Input id={`${id}-seats`} inputMode="numeric" aria-invalid={seatsError ? true : undefined} aria-describedby={seatsError ? `${id}-seats-error` : undefined} value={seats} onChange={(event) => setSeats(event.target.value)} /></Field>
        </div>
      )}
    </ActDialog>
  );
}
