"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { csvText } from "../ui/csv-text";
import { downloadText } from "../ui/download-text";
import { Input } from "../ui/input";
import { AdminTable } from "./admin-table";
import { useAuditColumns } from "./audit-columns";
import { PanelPage } from "./panel-page";
import { useAdminAction } from "./use-admin-action";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { action: "", actor: "", subject: "", from: "", to: "" };
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Who did what to whom. Nothing can be taken out of it. */
export function AuditLog() {
  const t = useTranslations("admin.audit");
  const id = useId();
  const { admin } = useTRPCClient();
  const columns = useAuditColumns();
  const [filters, change] = useUrlFilters(FIRST);
  const { run, busy, error } = useAdminAction();
  const [cut, setCut] = useState<number | null>(null);
  const asked = useDeferredValue(filters);
  const filter = { action: asked.action, actor: asked.actor, subject: asked.subject, from: DATE.test(asked.from) ? asked.from : undefined, to: DATE.test(asked.to) ? asked.to : undefined };
  const query = useInfiniteQuery({ ...useTRPC().admin.listAuditLog.infiniteQueryOptions({ limit: 50, ...filter }, { ...nextPage, staleTime: 0 }), placeholderData: keepPreviousData });
  const download = async () => {
    const found = await run(() => admin.exportAuditLog.mutate(filter));
    if (!found) return;
    const head = ["id", "at", "action", "actor", "actorId", "subject", "subjectId", "address", "requestId", "details"];
    const rows = found.items.map((row) => [row.id, row.at, row.action, row.actor, row.actorId, row.subject, row.subjectId, row.address, row.requestId, JSON.stringify(row.details)]);
    setCut(found.cut ? found.items.length : null);
    downloadText({ name: "audit-log.csv", text: csvText(head, rows), type: "text/csv" });
  };
  const field = (name: keyof typeof FIRST, type: "text" | "date" = "text") => (
    <label htmlFor={`${id}-${name}`} className="flex min-w-0 flex-col gap-1 text-2xs font-medium text-muted max-md:w-full">
      {t(`filters.${name}`)}
      <Input id={`${id}-${name}`} type={type} value={filters[name]} onChange={(event) => change({ [name]: event.target.value })} className="md:w-40" />
    </label>
  );
  return (
    <PanelPage title={t("title")} note={t("note")} actions={<Button disabled={busy} onClick={() => void download()}><Download aria-hidden="true" />{t("export")}</Button>}>
      {error && <p role="alert" className="text-xs text-down">{error}</p>}
      {cut !== null && <p role="status" className="text-xs text-warn">{t("cut", { count: cut })}</p>}
      <div className="flex flex-wrap items-end gap-3">{field("action")}{field("actor")}{field("subject")}{field("from", "date")}{field("to", "date")}</div>
      <AdminTable query={query} label={t("title")} csvName="audit-log-page" rowKey={(row) => row.id} columns={columns} />
    </PanelPage>
  );
}
