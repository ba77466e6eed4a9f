"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { CALENDARS, type AdminInstrumentDto } from "@/server/contracts/admin";
import { INSTRUMENT_KINDS } from "@/server/contracts/market";
import { TextField } from "../account/password-field";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field, SearchInput } from "../ui/input";
import { Select } from "../ui/select";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { DeleteDialog } from "./delete-dialog";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { search: "", kind: "all" };
type Open = { kind: "new" } | { kind: "edit" | "delete"; instrument: AdminInstrumentDto };

/** The instruments as they are stored. */
export function InstrumentEditor() {
  const t = useTranslations("admin.instruments");
  const trpc = useTRPC();
  const { admin } = useTRPCClient();
  const [filters, change] = useUrlFilters(FIRST);
  const [open, setOpen] = useState<Open | null>(null);
  const search = useDeferredValue(filters.search);
  const kind = INSTRUMENT_KINDS.find((one) => one === filters.kind);
  const query = useInfiniteQuery({ ...trpc.admin.listInstruments.infiniteQueryOptions({ limit: 50, search, kind }, nextPage), placeholderData: keepPreviousData });
  return (
    <PanelPage title={t("title")} note={t("note")} actions={<Button variant="primary" onClick={() => setOpen({ kind: "new" })}><Plus aria-hidden="true" />{t("create")}</Button>}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="admin-instruments"
        rowKey={({ symbol }) => symbol}
        onRowOpen={(instrument) => setOpen({ kind: "edit", instrument })}
        toolbar={
          <>
            <SearchInput aria-label={t("search")} placeholder={t("search")} value={filters.search} onChange={(event) => change({ search: event.target.value })} className="w-full md:w-80" />
            <Select prefixed label={t("kind")} value={filters.kind} onChange={(next) => change({ kind: next })} options={[{ value: "all", label: t("all") }, ...INSTRUMENT_KINDS.map((value) => ({ value: value as string, label: t(`kinds.${value}`) }))]} />
          </>
        }
        columns={[
          { id: "symbol", header: t("symbol"), fixed: true, csv: ({ symbol }) => symbol, cell: ({ symbol }) => <span className="font-mono font-semibold">{symbol}</span> },
          { id: "name", header: t("name"), csv: ({ name }) => name, cell: ({ name }) => <span className="block max-w-40 truncate md:max-w-80">{name}</span> },
          { id: "kind", header: t("kind"), wideOnly: true, csv: (row) => row.kind, cell: (row) => t(`kinds.${row.kind}`) },
          { id: "currency", header: t("currency"), wideOnly: true, csv: ({ currency }) => currency, cell: ({ currency }) => currency },
          { id: "calendar", header: t("calendar"), wideOnly: true, csv: ({ calendar }) => calendar, cell: ({ calendar }) => calendar },
          { id: "company", header: t("company"), wideOnly: true, csv: ({ company }) => company, cell: ({ company }) => company ?? <Absent /> },
          { id: "origin", header: t("origin"), wideOnly: true, csv: ({ priceOrigin }) => priceOrigin, cell: ({ priceOrigin }) => <Badge tone={priceOrigin === "SIMULATED" ? "simulated" : "up"}>{t(`origins.${priceOrigin}`)}</Badge> },
          { id: "lastBar", header: t("lastBar"), wideOnly: true, csv: ({ lastBarAt }) => lastBarAt, cell: ({ lastBarAt }) => (lastBarAt ? <Instant value={lastBarAt} /> : <Absent reason={t("noBars")} />) },
          { id: "acts", header: t("acts"), align: "end", fixed: true, cell: (instrument) => <span className="inline-flex gap-1"><Button onClick={() => setOpen({ kind: "edit", instrument })} aria-label={`${t("edit")}: ${instrument.symbol}`}>{t("edit")}</Button><Button variant="ghost" onClick={() => setOpen({ kind: "delete", instrument })} aria-label={`${t("delete")}: ${instrument.symbol}`}>{t("delete")}</Button></span> },
        ]}
      />
      {open && open.kind !== "delete" && <InstrumentForm instrument={open.kind === "edit" ? open.instrument : null} onClose={() => setOpen(null)} />}
      {open?.kind === "delete" && <DeleteDialog of={{ symbol: open.instrument.symbol }} act={(confirm) => admin.deleteInstrument.mutate({ symbol: open.instrument.symbol, confirm })} onClose={() => setOpen(null)} />}
    </PanelPage>
  );
}

type Profile = { name: string; currency: string; calendar: (typeof CALENDARS)[number]; company: string | null };
const changesOf = (before: AdminInstrumentDto, after: Profile): Partial<Profile> => Object.fromEntries((Object.keys(after) as (keyof Profile)[]).filter((key) => after[key] !== before[key]).map((key) => [key, after[key]]));

function InstrumentForm({ instrument, onClose }: { instrument: AdminInstrumentDto | null; onClose: () => void }) {
  const t = useTranslations("admin.instruments");
  const { admin } = useTRPCClient();
  const id = useId();
  const [form, setForm] = useState({ symbol: instrument?.symbol ?? "", name: instrument?.name ?? "", currency: instrument?.currency ?? "USD", company: instrument?.company ?? "" });
  const [kind, setKind] = useState<(typeof INSTRUMENT_KINDS)[number]>(instrument?.kind ?? "EQUITY");
  const [calendar, setCalendar] = useState<(typeof CALENDARS)[number]>(CALENDARS.find((one) => one === instrument?.calendar) ?? "XNYS");
  const putBack = ({ symbol, name, currency, calendar: before, company }: AdminInstrumentDto) => admin.updateInstrument.mutate({ symbol, name, currency, calendar: CALENDARS.find((one) => one === before), company });
  const field = (name: keyof typeof form, required = false) => <TextField label={t(name)} value={form[name]} onChange={(value) => setForm({ ...form, [name]: value })} required={required} />;
  const save = () => {
    const profile = { name: form.name.trim(), currency: form.currency.trim().toUpperCase(), calendar, company: form.company.trim().toUpperCase() || null };
    // Only what differs goes: what another editor changed meanwhile stays.
    return instrument ? admin.updateInstrument.mutate({ symbol: instrument.symbol, ...changesOf(instrument, profile) }) : admin.createInstrument.mutate({ symbol: form.symbol, kind, ...profile });
  };
  return (
    <ActDialog title={instrument ? t("editTitle", { symbol: instrument.symbol }) : t("create")} text={t("formNote")} action={t("save")} act={save} undo={instrument ? () => putBack(instrument) : undefined} onClose={onClose}>
      {!instrument && field("symbol", true)}
      {field("name", true)}
      <div className="grid grid-cols-2 gap-3">
        {!instrument && <Field label={t("kind")} htmlFor={`${id}-kind`}><Select id={`${id}-kind`} label={t("kind")} value={kind} onChange={setKind} options={INSTRUMENT_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} /></Field>}
        {field("currency", true)}
        <Field label={t("calendar")} htmlFor={`${id}-calendar`}><Select id={`${id}-calendar`} label={t("calendar")} value={calendar} onChange={setCalendar} options={CALENDARS.map((value) => ({ value, label: value }))} /></Field>
        {field("company")}
      </div>
    </ActDialog>
  );
}
