"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, PlugZap } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProviderKeyCheckDto } from "@/server/contracts/admin";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { PanelPage } from "./panel-page";
import { VendorTable } from "./vendor-table";

/** Which keys of others are set, what is missing without them, and where they come from. Their values are shown nowhere. */
export function ProviderKeyList() {
  const t = useTranslations("admin.keys");
  const query = useQuery(useTRPC().admin.listProviderKeys.queryOptions());
  const { admin } = useTRPCClient();
  const [asking, setAsking] = useState(false);
  const [checks, setChecks] = useState<ReadonlyMap<string, ProviderKeyCheckDto>>(new Map());
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <PanelPage title={t("title")} note={t("note")} actions={<Button onClick={() => setAsking(true)}><PlugZap aria-hidden="true" />{t("check")}</Button>}>
      {query.data ? (
        <ul className="panel divide-y divide-line">
          {query.data.items.map(({ id, variables, ready, from }) => (
            <li key={id} className="flex flex-col gap-1.5 px-4 py-3">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">{t(`providers.${id}.name`)}<Badge tone={ready ? "up" : "neutral"}>{t(ready ? "set" : "notSet")}</Badge><Outcome check={checks.get(id)} /></p>
              <p className="text-xs text-muted">{t(`providers.${id}.purpose`)}</p>
              <p className="flex flex-wrap gap-1.5">{variables.map(({ name, set }) => <Badge key={name} tone={set ? "up" : "neutral"} className="font-mono">{name}{set ? " ✓" : ""}</Badge>)}</p>
              <a href={from} target="_blank" rel="noreferrer noopener" className="inline-flex items-center gap-1 self-start text-xs text-accent hover:underline">{t("get")}<ExternalLink aria-hidden="true" className="size-3" /></a>
            </li>
          ))}
        </ul>
      ) : <Skeleton rows={6} />}
      {query.data && <VendorTable rows={query.data.vendors} />}
      {asking && <ActDialog title={t("check")} text={t("checkText")} action={t("check")} said={t("checked")} act={async () => setChecks(new Map((await admin.checkProviderKeys.mutate()).items.map((check) => [check.id, check])))} onClose={() => setAsking(false)} />}
    </PanelPage>
  );
}

const TONE = { works: "up", refused: "down", unreachable: "warn", notSet: "neutral" } as const;

function Outcome({ check }: { check: ProviderKeyCheckDto | undefined }) {
  const t = useTranslations("admin.keys");
  // That none is set is said already.
  if (!check || check.outcome === "notSet") return null;
  return <><Badge tone={TONE[check.outcome]}>{t(`outcomes.${check.outcome}`)}</Badge><span className="text-2xs font-normal text-muted"><Instant value={check.checkedAt} /></span></>;
}
