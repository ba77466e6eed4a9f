"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { NOTIFICATION_GROUPS } from "@/server/contracts/notification";
import { NOTIFICATION_WAYS, ruleOf } from "@/server/domain/notification/notification-kinds";
import { useTRPC } from "../app-shell/trpc-client";
import { Checkbox } from "../ui/checkbox";
import { Panel } from "../ui/panel";
import { messageKey } from "./notification-words";

/** For each kind of news whether it comes to the inbox, by mail and to webhooks. Each change is kept at once. */
export function NotificationChoices() {
  const t = useTranslations("notification.settings");
  const { notification } = useTRPC();
  const client = useQueryClient();
  const { data } = useSuspenseQuery(notification.listPreferences.queryOptions());
  const key = notification.listPreferences.queryKey();
  const save = useMutation(notification.updatePreference.mutationOptions({ onSuccess: (saved) => client.setQueryData(key, saved), onError: () => void client.invalidateQueries({ queryKey: key }) }));
  return (
    <Panel title={t("title")} bodyClassName="">
      {save.isError && <p role="alert" className="px-4 pt-3 text-xs text-down">{t("failed")}</p>}
      <table aria-label={t("title")} className="w-full text-xs">
        <thead className="text-left text-2xs text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2 font-medium">{t("kind")}</th>
            {NOTIFICATION_WAYS.map((way) => <th key={way} scope="col" className="w-16 px-1 py-2 text-center font-medium md:w-24">{t(way)}</th>)}
          </tr>
        </thead>
        {NOTIFICATION_GROUPS.map((group) => (
          <tbody key={group} className="border-b border-line last:border-0">
            <tr><th scope="rowgroup" colSpan={4} className="px-4 pt-3 pb-1 text-left text-2xs font-medium text-muted">{t(`groups.${group}`)}</th></tr>
            {data.items.filter(({ kind }) => ruleOf(kind).group === group).map(({ kind, mailFixed, ...chosen }) => (
              <tr key={kind}>
                <th scope="row" className="px-4 py-1 text-left font-normal">{t(`kinds.${messageKey(kind)}`)}</th>
                {NOTIFICATION_WAYS.map((way) => (
                  <td key={way} className="px-1 py-1">
                    <Checkbox checked={chosen[way]} disabled={way === "mail" && mailFixed} onChange={(on) => save.mutate({ kind, [way]: on })} label={<span className="sr-only">{`${t(`kinds.${messageKey(kind)}`)}: ${t(way)}`}</span>} className="mx-auto h-7 w-3.5 max-md:w-5" />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p className="border-t border-line px-4 py-3 text-xs text-muted">{t("fixed")}</p>
    </Panel>
  );
}
