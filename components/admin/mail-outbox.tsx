"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MAIL_STATES, type OutboxMailDto } from "@/server/contracts/admin";
import { nextPage } from "../app-shell/next-page";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { ActDialog } from "./act-dialog";
import { AdminTable } from "./admin-table";
import { MailPreview, type OpenedMail } from "./mail-preview";
import { PanelPage } from "./panel-page";
import { useUrlFilters } from "./use-url-filters";

const FIRST = { state: "all" };
type Asked = { act: "open" | "resend"; mail: OutboxMailDto };

/** Mails that left, wait or failed. */
export function MailOutbox() {
  const t = useTranslations("admin.mail");
  const { admin } = useTRPCClient();
  const [filters, change] = useUrlFilters(FIRST);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [opened, setOpened] = useState<OpenedMail | null>(null);
  const state = MAIL_STATES.find((one) => one === filters.state);
  const query = useInfiniteQuery({ ...useTRPC().admin.listMail.infiniteQueryOptions({ limit: 50, state }, { ...nextPage, staleTime: 0 }), placeholderData: keepPreviousData });
  return (
    <PanelPage title={t("title")} note={t("note")}>
      <AdminTable
        query={query}
        label={t("title")}
        csvName="mail-outbox"
        rowKey={({ id }) => id}
        toolbar={<Select prefixed label={t("state")} value={filters.state} onChange={(next) => change({ state: next })} options={[{ value: "all", label: t("all") }, ...MAIL_STATES.map((value) => ({ value: value as string, label: t(`states.${value}`) }))]} />}
        columns={[
          { id: "createdAt", header: t("createdAt"), fixed: true, csv: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Instant value={createdAt} /> },
          { id: "recipient", header: t("recipient"), csv: ({ recipient }) => recipient, cell: ({ recipient }) => <span className="block max-w-40 truncate md:max-w-72">{recipient}</span> },
          { id: "kind", header: t("kind"), wideOnly: true, csv: ({ kind }) => kind, cell: ({ kind }) => <span className="font-mono text-muted">{kind}</span> },
          { id: "subject", header: t("subject"), wideOnly: true, csv: ({ subject }) => subject, cell: ({ subject }) => <span className="block max-w-80 truncate">{subject}</span> },
          { id: "state", header: t("state"), csv: ({ sentAt, lastError }) => (sentAt ? "sent" : lastError ? "failed" : "waiting"), cell: ({ sentAt, lastError }) => (sentAt ? <Badge tone="up">{t("states.sent")}</Badge> : lastError ? <span title={lastError}><Badge tone="down">{t("states.failed")}</Badge></span> : <Badge tone="accent">{t("states.waiting")}</Badge>) },
          { id: "attempts", header: t("attempts"), align: "end", wideOnly: true, csv: ({ attempts }) => attempts, cell: ({ attempts }) => attempts },
          { id: "acts", header: t("acts"), align: "end", fixed: true, cell: (mail) => (mail.sentAt ? null : <span className="inline-flex gap-1"><Button aria-label={`${t("open")}: ${mail.subject}, ${mail.recipient}`} onClick={() => setAsked({ act: "open", mail })}>{t("open")}</Button><Button variant="ghost" aria-label={`${t("resend")}: ${mail.subject}, ${mail.recipient}`} onClick={() => setAsked({ act: "resend", mail })}>{t("resend")}</Button></span>) },
        ]}
      />
      {asked?.act === "open" && <ActDialog title={t("openTitle")} text={asked.mail.recipient} action={t("open")} said={t("openSaid")} act={async () => setOpened(await admin.openMail.mutate({ mailId: asked.mail.id }))} onClose={() => setAsked(null)}><p className="text-xs text-muted">{t("openNote")}</p></ActDialog>}
      {asked?.act === "resend" && <ActDialog title={t("resendTitle")} text={asked.mail.recipient} action={t("resend")} said={t("resendSaid")} act={() => admin.resendMail.mutate({ mailId: asked.mail.id })} onClose={() => setAsked(null)}><p className="text-xs text-muted">{t("resendNote")}</p></ActDialog>}
      {opened && <MailPreview mail={opened} onClose={() => setOpened(null)} />}
    </PanelPage>
  );
}
