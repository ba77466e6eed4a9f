"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import type { AdminConnectionDto } from "@/server/contracts/admin";
import { TextField } from "../account/password-field";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Quantity } from "../format/quantity";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { SearchInput } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { search: "", state: "open" };
const STATES = ["open", "verified", "all"] as const;
type Open = { kind: "verify" | "unverify" | "strength"; connection: AdminConnectionDto };

/** Supply, competition and ownership: what still lacks a document that somebody has read. */
export function ConnectionDesk() {
  const t = useTranslations("admin.connections");
  const [filters, change] = useUrlFilters(FIRST);
  const [open, setOpen] = useState<Open | null>(null);
  const search = useDeferredValue(filters.search);
  const state = STATES.find((one) => one === filters.state) ?? "open";
  const query = useInfiniteQuery({ ...useTRPC().admin.listConnections.infiniteQueryOptions({ limit: 50, search, state }, nextPage), placeholderData: keepPreviousData });
  const close = () => setOpen(null);
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="admin-connections"
        rowKey={({ id }) => id}
        toolbar={
          <>
            <SearchInput aria-label={t("search")} placeholder={t("search")} value={filters.search} onChange={(event) => change({ search: event.target.value })} className="w-full md:w-72" />
            <Segmented label={t("state")} value={state} onChange={(next) => change({ state: next })} options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />
          </>
        }
        columns={[
          { id: "kind", header: t("kind"), csv: ({ kind }) => kind, cell: ({ kind }) => t(`kinds.${kind}`) },
          { id: "from", header: t("from"), fixed: true, csv: ({ from }) => from, cell: ({ from, fromLabel }) => <span title={from} className="block max-w-28 truncate md:max-w-48">{fromLabel}</span> },
          { id: "to", header: t("to"), fixed: true, csv: ({ to }) => to, cell: ({ to, toLabel }) => <span title={to} className="block max-w-28 truncate md:max-w-48">{toLabel}</span> },
          { id: "strength", header: t("strength"), align: "end", csv: ({ strength }) => strength, cell: ({ strength }) => <Quantity value={strength} digits={2} /> },
          { id: "basis", header: t("basis"), csv: ({ basis }) => basis, cell: ({ basis, verified }) => <Badge tone={verified ? "up" : basis === "assumed" ? "assumed" : "estimated"}>{t(`bases.${basis}`)}</Badge> },
          { id: "evidence", header: t("evidence"), wideOnly: true, csv: ({ evidence }) => (evidence ? [evidence.company, evidence.form, evidence.year, evidence.text].filter(Boolean).join(" · ") : null), cell: ({ evidence }) => (evidence?.form ? <span title={evidence.text ?? undefined} className="block max-w-72 truncate">{[evidence.company, evidence.form, evidence.year].filter(Boolean).join(" · ")}</span> : <Absent />) },
          { id: "author", header: t("author"), wideOnly: true, csv: ({ author }) => author, cell: ({ author }) => <span className="text-muted">{author}</span> },
          {
            id: "acts", header: t("acts"), align: "end", fixed: true,
            cell: (connection) => (
              <span className="inline-flex gap-1">
                {connection.verified ? <Button aria-label={`${t("unverify")}: ${pair(connection)}`} onClick={() => setOpen({ kind: "unverify", connection })}>{t("unverify")}</Button> : <Button aria-label={`${t("verify")}: ${pair(connection)}`} onClick={() => setOpen({ kind: "verify", connection })}>{t("verify")}</Button>}
                <Button variant="ghost" aria-label={`${t("editStrength")}: ${pair(connection)}`} onClick={() => setOpen({ kind: "strength", connection })}>{t("editStrength")}</Button>
              </span>
            ),
          },
        ]}
      />
      {open?.kind === "verify" && <VerifyDialog connection={open.connection} onClose={close} />}
      {open?.kind === "unverify" && <UnverifyDialog connection={open.connection} onClose={close} />}
      {open?.kind === "strength" && <StrengthDialog connection={open.connection} onClose={close} />}
    </PanelPage>
  );
}

type DialogProps = { connection: AdminConnectionDto; onClose: () => void };
const pair = ({ fromLabel, toLabel }: AdminConnectionDto) => `${fromLabel} → ${toLabel}`;

function VerifyDialog({ connection, onClose }: DialogProps) {
  const t = useTranslations("admin.connections");
  const { admin } = useTRPCClient();
  const [form, setForm] = useState({ company: "", form: "10-K", year: "", text: "" });
  const [stated, setStated] = useState(false);
  const whole = form.company.trim() !== "" && form.form.trim() !== "" && /^\d{4}$/.test(form.year) && form.text.trim() !== "";
  const field = (name: keyof typeof form, inputMode?: "numeric") => <TextField label={t(`document.${name}`)} value={form[name]} onChange={(value) => setForm({ ...form, [name]: value })} maxLength={name === "text" ? 2_000 : 120} inputMode={inputMode} />;
  return (
    <ActDialog title={t("verifyTitle")} text={pair(connection)} action={t("verify")} disabled={!whole} act={() => admin.verifyConnection.mutate({ connectionId: connection.id, seenAt: connection.updatedAt, company: form.company, form: form.form, year: Number(form.year), text: form.text, stated })} onClose={onClose}>
      <p className="text-xs text-muted">{t("verifyNote")}</p>
      {field("company")}
      <div className="grid grid-cols-2 gap-3">{field("form")}{field("year", "numeric")}</div>
      {field("text")}
      <Checkbox checked={stated} onChange={setStated} label={t("stated")} />
    </ActDialog>
  );
}

function UnverifyDialog({ connection, onClose }: DialogProps) {
  const t = useTranslations("admin.connections");
  const { admin } = useTRPCClient();
  return (
    <ActDialog title={t("unverifyTitle")} text={pair(connection)} action={t("unverify")} danger asksReason act={({ reason }) => admin.unverifyConnection.mutate({ connectionId: connection.id, reason })} onClose={onClose}>
      <p className="text-xs text-muted">{t("unverifyNote")}</p>
    </ActDialog>
  );
}

function StrengthDialog({ connection, onClose }: DialogProps) {
  const t = useTranslations("admin.connections");
  const { admin } = useTRPCClient();
  const [typed, setTyped] = useState(String(connection.strength));
  const strength = Number(typed);
  const valid = typed.trim() !== "" && strength >= 0 && strength <= 1;
  return (
    <ActDialog title={t("strengthTitle")} text={pair(connection)} action={t("save")} asksReason disabled={!valid || strength === connection.strength} act={({ reason }) => admin.setConnectionStrength.mutate({ connectionId: connection.id, strength, reason, seenAt: connection.updatedAt })} undo={() => admin.setConnectionStrength.mutate({ connectionId: connection.id, strength: connection.strength, reason: t("undoReason") })} onClose={onClose}>
      <TextField label={t("strength")} value={typed} onChange={setTyped} hint={t("strengthHint")} error={valid ? null : t("strengthHint")} />
    </ActDialog>
  );
}
