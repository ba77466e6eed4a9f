"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMemo } from "react";
import type { AdminAuditEntryDto } from "@/server/contracts/admin";
import { Instant } from "../format/instant";
import type { DataColumn } from "../ui/data-table";

const person = (id: string | null, handle: string | null, nobody: string) => (id === null ? <span className="text-muted">{nobody}</span> : <Link href={`/admin/users/${id}`} prefetch={false} className="text-accent hover:underline">{handle ? `@${handle}` : id.slice(0, 8)}</Link>);

/** The columns of the audit log, wherever it is shown. */
export function useAuditColumns(): DataColumn<AdminAuditEntryDto>[] {
  const t = useTranslations("admin.audit");
  return useMemo(
    () => [
      { id: "at", header: t("at"), cell: ({ at }) => <Instant value={at} />, csv: ({ at }) => at, fixed: true },
      { id: "action", header: t("action"), cell: ({ action }) => <span className="font-mono">{action}</span>, csv: ({ action }) => action, fixed: true },
      { id: "actor", header: t("actor"), cell: ({ actorId, actor }) => person(actorId, actor, t("system")), csv: ({ actor, actorId }) => actor ?? actorId },
      { id: "subject", header: t("subject"), cell: ({ subjectId, subject }) => person(subjectId, subject, "–"), csv: ({ subject, subjectId }) => subject ?? subjectId },
      { id: "details", header: t("details"), cell: ({ details }) => <span title={JSON.stringify(details)} className="block max-w-[32rem] truncate font-mono text-2xs text-muted">{JSON.stringify(details)}</span>, csv: ({ details }) => JSON.stringify(details), wideOnly: true },
      { id: "address", header: t("address"), cell: ({ address }) => <span className="font-mono text-2xs text-muted">{address}</span>, csv: ({ address }) => address, wideOnly: true },
      { id: "requestId", header: t("request"), cell: ({ requestId }) => <span className="font-mono text-2xs text-muted">{requestId.slice(0, 8)}</span>, csv: ({ requestId }) => requestId, hidden: true },
    ],
    [t],
  );
}
