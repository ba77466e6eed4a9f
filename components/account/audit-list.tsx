"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { nextPage } from "../app-shell/next-page";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/panel";
import { AUDIT_PAGE } from "./audit-page";
import { useAddressText } from "./use-address-text";

/** What happened in the account, newest first; nothing can be taken out of it. */
export function AuditList() {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const addressText = useAddressText();
  const query = useSuspenseInfiniteQuery(account.listAudit.infiniteQueryOptions(AUDIT_PAGE, nextPage));
  const rows = query.data.pages.flatMap(({ items }) => items);
  const said = (action: string) => (t.has(`audit.${action.replaceAll(".", "_")}`) ? t(`audit.${action.replaceAll(".", "_")}`) : action);
  return (
    <Panel title={t("security.auditTitle")} bodyClassName="">
      <div className="overflow-x-auto">
        <table aria-label={t("security.auditTitle")} className="w-full text-xs">
          <thead className="text-left text-2xs text-muted">
            <tr className="border-b border-line">
              <th scope="col" className="px-4 py-2 font-medium">{t("security.auditWhen")}</th>
              <th scope="col" className="px-2 py-2 font-medium">{t("security.auditWhat")}</th>
              <th scope="col" className="px-4 py-2 font-medium max-md:hidden">{t("security.auditFrom")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ id, at, action, byYou, device, address }) => (
              <tr key={id}>
                <td className="px-4 py-2 whitespace-nowrap text-muted"><Instant value={at} /></td>
                <td className="px-2 py-2 font-medium">{said(action)}</td>
                <td className="px-4 py-2 text-muted max-md:hidden">{[device, addressText(address)].filter(Boolean).join(" · ") || (byYou ? "" : t("security.auditOther"))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <LoadMore shown={rows.length} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />
    </Panel>
  );
}
