"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FlagDto } from "@/server/contracts/admin";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { DateOnly } from "../format/date-only";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { PanelPage } from "./panel-page";

type Asked = { flag: FlagDto; enabled: boolean | null };

/** Switches of the running product. */
export function FlagBoard() {
  const t = useTranslations("admin.flags");
  const { admin } = useTRPCClient();
  const query = useQuery(useTRPC().admin.listFlags.queryOptions(undefined, { staleTime: 0 }));
  const [asked, setAsked] = useState<Asked | null>(null);
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <PanelPage title={t("title")} note={t("note")}>
      {query.data ? (
        <ul className="panel divide-y divide-line">
          {query.data.items.map((flag) => (
            <li key={flag.name} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 font-mono text-sm font-medium">{flag.name}<Badge tone={flag.enabled ? "up" : "down"}>{t(flag.enabled ? "on" : "off")}</Badge>{flag.enabled !== flag.byDefault && <Badge tone="warn">{t("differs")}</Badge>}</p>
                <p className="text-xs text-muted">{t.has(`meanings.${flag.name}`) ? t(`meanings.${flag.name}`) : flag.meaning}</p>
                <p className="text-2xs text-muted">{t("owner", { owner: flag.owner })} · <span className={flag.removeBy < today ? "text-down" : undefined}>{t("removeBy")} <DateOnly value={flag.removeBy} /></span></p>
              </div>
              {flag.changedAt && <Button variant="ghost" aria-label={`${t("reset")}: ${flag.name}`} onClick={() => setAsked({ flag, enabled: null })}>{t("reset")}</Button>}
              <Button variant={flag.enabled ? "danger" : "default"} onClick={() => setAsked({ flag, enabled: !flag.enabled })} aria-label={`${t(flag.enabled ? "switchOff" : "switchOn")}: ${flag.name}`}>{t(flag.enabled ? "switchOff" : "switchOn")}</Button>
            </li>
          ))}
        </ul>
      ) : <Skeleton rows={4} />}
      {asked && <ActDialog title={t("askTitle", { name: asked.flag.name })} text={t(asked.enabled === null ? "askReset" : asked.enabled ? "askOn" : "askOff")} action={t(asked.enabled === null ? "reset" : asked.enabled ? "switchOn" : "switchOff")} danger={asked.enabled === false} act={() => admin.setFlag.mutate({ name: asked.flag.name, enabled: asked.enabled })} undo={() => admin.setFlag.mutate({ name: asked.flag.name, enabled: asked.flag.changedAt ? asked.flag.enabled : null })} onClose={() => setAsked(null)} />}
    </PanelPage>
  );
}
