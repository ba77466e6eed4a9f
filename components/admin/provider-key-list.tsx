"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Badge } from "../ui/badge";
import { Skeleton } from "../ui/skeleton";
import { PanelPage } from "./panel-page";

/** Which keys of others are set, what is missing without them, and where they come from. Their values are shown nowhere. */
export function ProviderKeyList() {
  const t = useTranslations("admin.keys");
  const query = useQuery(useTRPC().admin.listProviderKeys.queryOptions());
  if (query.isError && !query.data) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <PanelPage title={t("title")} note={t("note")}>
      {query.data ? (
        <ul className="panel divide-y divide-line">
          {query.data.items.map(({ id, variables, ready, from }) => (
            <li key={id} className="flex flex-col gap-1.5 px-4 py-3">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">{t(`providers.${id}.name`)}<Badge tone={ready ? "up" : "neutral"}>{t(ready ? "set" : "notSet")}</Badge></p>
              <p className="text-xs text-muted">{t(`providers.${id}.purpose`)}</p>
              <p className="flex flex-wrap gap-1.5">{variables.map(({ name, set }) => <Badge key={name} tone={set ? "up" : "neutral"} className="font-mono">{name}{set ? " ✓" : ""}</Badge>)}</p>
              <a href={from} target="_blank" rel="noreferrer noopener" className="inline-flex items-center gap-1 self-start text-xs text-accent hover:underline">{t("get")}<ExternalLink aria-hidden="true" className="size-3" /></a>
            </li>
          ))}
        </ul>
      ) : <Skeleton rows={6} />}
    </PanelPage>
  );
}
