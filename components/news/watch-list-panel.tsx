"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { SOCIAL_NETWORKS, socialHandle, WATCHED_AT_MOST, type SocialNetworkName } from "@/server/contracts/social";
import { useErrorText } from "../app-shell/error-text";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { shownError } from "../app-shell/wire-error";
import { Instant } from "../format/instant";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import { Panel } from "../ui/panel";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";

/** Whose posts a person is told of when they name a company or stand out. */
export function WatchList() {
  const t = useTranslations("news.watch");
  const names = useTranslations("news.social.networks");
  const { social } = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [network, setNetwork] = useState<SocialNetworkName>("x");
  const [handle, setHandle] = useState("");
  const query = useQuery(social.listWatched.queryOptions(undefined, { retry: false }));
  const keep = { onSuccess: (list: NonNullable<typeof query.data>) => client.setQueryData(social.listWatched.queryKey(), list) };
  const watch = useMutation(social.watch.mutationOptions({ ...keep, onSuccess: (list) => { keep.onSuccess(list); setHandle(""); } }));
  const unwatch = useMutation(social.unwatch.mutationOptions(keep));
  const failed = watch.error ?? unwatch.error;
  const isGuest = query.isError && shownError(query.error).code === "UNAUTHENTICATED";
  const parsed = socialHandle.safeParse(handle);
  return (
    <Panel title={t("title")} detail={query.data && t("count", { count: query.data.items.length, most: WATCHED_AT_MOST })}>
      <p className="text-xs text-muted">{t("note")}</p>
      {isGuest ? <p className="mt-3 text-xs">{t.rich("signIn", { link: (words) => <Link href="/sign-in?next=%2Fnews%3Fview%3Dsocial" className="text-accent underline underline-offset-2">{words}</Link> })}</p> : query.isError ? <QueryError compact error={query.error} onRetry={() => void query.refetch()} /> : query.data === undefined ? <Skeleton rows={3} /> : (
        <>
          <form
            className="mt-3 flex flex-wrap items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (parsed.success) watch.mutate({ network, handle: parsed.data });
            }}
          >
            <Select label={t("network")} value={network} onChange={setNetwork} options={SOCIAL_NETWORKS.map((value) => ({ value, label: names(value) }))} />
            <Input aria-label={t("handle")} placeholder={t("handleHint")} value={handle} maxLength={41} autoCapitalize="none" spellCheck={false} onChange={(event) => setHandle(event.target.value)} className="w-36 flex-1" />
            <Button type="submit" disabled={!parsed.success || watch.isPending}>{t("add")}</Button>
          </form>
          <p role="status" className="mt-1 text-2xs text-down">{failed && errorText(shownError(failed))}</p>
          {query.data.items.length === 0 ? <p className="mt-2 text-xs text-muted">{t("empty")}</p> : (
            <ul className="mt-1 divide-y divide-line">
              {query.data.items.map((account) => (
                <li key={`${account.network} ${account.handle}`} className="flex items-center gap-2 py-1.5 text-xs">
                  <span className="min-w-0 flex-1 truncate"><b className="font-medium">{account.name ?? `@${account.handle}`}</b> <span className="text-2xs text-muted">@{account.handle} · {names(account.network)}</span></span>
                  <span className="text-2xs text-muted">{account.lastPostAt ? <Instant value={account.lastPostAt} /> : t("noPosts")}</span>
                  <Button variant="ghost" aria-label={t("remove", { handle: account.handle })} disabled={unwatch.isPending} onClick={() => unwatch.mutate({ network: account.network, handle: account.handle })}><X aria-hidden="true" /></Button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}
