"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { SECTOR_CODES, type SectorCode } from "@/server/contracts/market";
import type { AdminCompanyDto } from "@/server/contracts/admin";
import { TextField } from "../account/password-field";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Absent } from "../format/figure";
import { Instant } from "../format/instant";
import { Quantity } from "../format/quantity";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field, SearchInput } from "../ui/input";
import { Select } from "../ui/select";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { DeleteDialog } from "./delete-dialog";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { search: "" };
/** As the contract has them. */
const LONGEST = { ticker: 15, name: 200, industry: 200, cik: 10, headquarters: 200, founded: 40 } as const;
type Open = { kind: "new" } | { kind: "edit" | "delete"; company: AdminCompanyDto };

/** The companies as they are stored: made, changed and deleted by hand. */
export function CompanyEditor() {
  const t = useTranslations("admin.companies");
  const sectors = useTranslations("market.sectors");
  const trpc = useTRPC();
  const { admin } = useTRPCClient();
  const [filters, change] = useUrlFilters(FIRST);
  const [open, setOpen] = useState<Open | null>(null);
  const search = useDeferredValue(filters.search);
  const query = useInfiniteQuery({ ...trpc.admin.listCompanies.infiniteQueryOptions({ limit: 50, search }, nextPage), placeholderData: keepPreviousData });
  return (
    <PanelPage title={t("title")} note={t("note")} actions={<Button variant="primary" onClick={() => setOpen({ kind: "new" })}><Plus aria-hidden="true" />{t("create")}</Button>}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="admin-companies"
        rowKey={({ ticker }) => ticker}
        onRowOpen={(company) => setOpen({ kind: "edit", company })}
        toolbar={<SearchInput aria-label={t("search")} placeholder={t("search")} value={filters.search} onChange={(event) => change({ search: event.target.value })} className="w-full md:w-80" />}
        columns={[
          { id: "ticker", header: t("ticker"), fixed: true, csv: ({ ticker }) => ticker, cell: ({ ticker }) => <span className="font-mono font-semibold">{ticker}</span> },
          { id: "name", header: t("name"), csv: ({ name }) => name, cell: ({ name }) => <span className="block max-w-52 truncate md:max-w-80">{name}</span> },
          { id: "sector", header: t("sector"), wideOnly: true, csv: ({ sector }) => sector, cell: ({ sector }) => (sectors.has(sector) ? sectors(sector) : sector) },
          { id: "industry", header: t("industry"), wideOnly: true, csv: ({ industry }) => industry, cell: ({ industry }) => (industry ? <span className="block max-w-60 truncate">{industry}</span> : <Absent />) },
          { id: "statements", header: t("statements"), align: "end", wideOnly: true, csv: ({ statements }) => statements, cell: ({ statements }) => <Quantity value={statements} digits={0} /> },
          { id: "instruments", header: t("instruments"), wideOnly: true, csv: ({ instruments }) => instruments.join(" "), cell: ({ instruments }) => instruments.join(", ") || <Absent /> },
          { id: "provider", header: t("provider"), wideOnly: true, csv: ({ provider }) => provider, cell: ({ provider }) => <span className="text-muted">{provider}</span> },
          { id: "updatedAt", header: t("updated"), wideOnly: true, csv: ({ updatedAt }) => updatedAt, cell: ({ updatedAt }) => <Instant value={updatedAt} /> },
          { id: "acts", header: t("acts"), align: "end", fixed: true, cell: (company) => <span className="inline-flex gap-1"><Button onClick={() => setOpen({ kind: "edit", company })} aria-label={`${t("edit")}: ${company.ticker}`}>{t("edit")}</Button><Button variant="ghost" onClick={() => setOpen({ kind: "delete", company })} aria-label={`${t("delete")}: ${company.ticker}`}>{t("delete")}</Button></span> },
        ]}
      />
      {open && open.kind !== "delete" && <CompanyForm company={open.kind === "edit" ? open.company : null} onClose={() => setOpen(null)} />}
      {open?.kind === "delete" && <DeleteDialog of={{ ticker: open.company.ticker }} act={(confirm) => admin.deleteCompany.mutate({ ticker: open.company.ticker, confirm })} onClose={() => setOpen(null)} />}
    </PanelPage>
  );
}

function CompanyForm({ company, onClose }: { company: AdminCompanyDto | null; onClose: () => void }) {
  const t = useTranslations("admin.companies");
  const sectors = useTranslations("market.sectors");
  const { admin } = useTRPCClient();
  const id = useId();
  const [form, setForm] = useState({ ticker: company?.ticker ?? "", name: company?.name ?? "", industry: company?.industry ?? "", cik: company?.cik ?? "", headquarters: company?.headquarters ?? "", founded: company?.founded ?? "" });
  const [sector, setSector] = useState<SectorCode>(SECTOR_CODES.find((code) => code === company?.sector) ?? "OTHER");
  const [isFinancial, setFinancial] = useState(company?.isFinancial ?? false);
  const field = (name: keyof typeof form, required = false, mono = false) => <TextField label={t(name)} maxLength={LONGEST[name]} value={form[name]} onChange={(value) => setForm({ ...form, [name]: value })} required={required} mono={mono} />;
  const orNull = (text: string) => text.trim() || null;
  const save = () => {
    const profile = { name: form.name.trim(), sector, industry: orNull(form.industry), cik: orNull(form.cik), headquarters: orNull(form.headquarters), founded: orNull(form.founded), isFinancial };
    return company ? admin.updateCompany.mutate({ ticker: company.ticker, ...profile, seenAt: company.updatedAt }) : admin.createCompany.mutate({ ticker: form.ticker, ...profile });
  };
  const putBack = async (before: AdminCompanyDto) => {
    const { ticker, name, industry, cik, headquarters, founded, isFinancial: financial } = before;
    await admin.updateCompany.mutate({ ticker, name, industry, cik, headquarters, founded, isFinancial: financial, sector: SECTOR_CODES.find((code) => code === before.sector) });
  };
  return (
    <ActDialog title={company ? t("editTitle", { ticker: company.ticker }) : t("create")} text={t("formNote")} action={t("save")} act={save} undo={company ? () => putBack(company) : undefined} onClose={onClose}>
      {!company && field("ticker", true, true)}
      {field("name", true)}
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("sector")} htmlFor={`${id}-sector`}><Select id={`${id}-sector`} label={t("sector")} value={sector} onChange={setSector} options={SECTOR_CODES.map((value) => ({ value, label: sectors.has(value) ? sectors(value) : value }))} /></Field>
        {field("industry")}
        {field("cik", false, true)}
        {field("headquarters")}
        {field("founded")}
      </div>
      <Checkbox checked={isFinancial} onChange={setFinancial} label={t("isFinancial")} />
    </ActDialog>
  );
}
